/** `npm start`: set up, build the page where its sources changed, serve it on the loopback. Options go to the server. */
import { buildPageIfStale, main, runUnderProjectNode, setUp } from './set-up.mjs';

await main(async () => {
  await setUp();
  const page = await buildPageIfStale();
  if (page !== 0) return page;
  return runUnderProjectNode('main/hosts/server/start.ts', process.argv.slice(2));
});

/** `npm run -s dragoman -- ...`: the command line, under the project's own Node. Prints nothing of its own on stdout. */
import { buildPageIfStale, main, runForHours, runUnderProjectNode, setUp } from './set-up.mjs';

await main(async () => {
  await setUp();
  const args = process.argv.slice(2);
  if (args[0] === 'serve') {
    const page = await buildPageIfStale();
    if (page !== 0) return page;
    return runForHours('main/hosts/cli/index.ts', args);
  }
  return runUnderProjectNode('main/hosts/cli/index.ts', args);
});

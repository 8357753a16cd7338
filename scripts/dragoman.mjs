/** `npm run -s dragoman -- ...`: the command line, under the project's own Node. Prints nothing of its own on stdout. */
import { buildPageIfStale, main, runForHours, runUnderProjectNode, setUp } from './set-up.mjs';

const longCommands = ['serve', 'mine', 'score-bitext', 'embed', 'translate', 'replay'];

await main(async () => {
  await setUp();
  const args = process.argv.slice(2);
  if (args[0] === 'serve') {
    const page = await buildPageIfStale();
    if (page !== 0) return page;
  }
  const run = longCommands.includes(args[0]) ? runForHours : runUnderProjectNode;
  return run('main/hosts/cli/index.ts', args);
});

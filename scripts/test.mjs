/** `npm test`: every check of the project, from a fresh checkout on. Which ones: scripts/run-checks.ts. */
import { main, runUnderProjectNode, setUp } from './set-up.mjs';

await main(async () => {
  await setUp();
  return runUnderProjectNode('scripts/run-checks.ts', process.argv.slice(2));
});

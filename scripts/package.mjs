/** `npm run package` and `npm run package:check`: set up, then `scripts/packaging/package.ts`. */
import { main, runUnderProjectNode, setUp } from './set-up.mjs';

await main(async () => {
  await setUp();
  return runUnderProjectNode('scripts/packaging/package.ts', process.argv.slice(2));
});

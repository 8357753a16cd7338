/** `npm run build`: the three parts of the desktop program in `out/`; with `--page` only the page. Needs no Electron binary. */
import { main, runUnderProjectNode, setUp } from './set-up.mjs';

await main(async () => {
  await setUp();
  if (process.argv.includes('--page')) return runUnderProjectNode('scripts/build-page.ts', []);
  return runUnderProjectNode('scripts/build-program.ts', []);
});

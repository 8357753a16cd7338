/**
 * Builds the desktop program into out/: main processes, preload and page, as electron.vite.config.ts says; `--if-stale` only where their sources changed. Needs no Electron.
 */
import { fileURLToPath } from 'node:url';
import { programHash, programIsFresh, stampProgram } from './page-stamp.ts';
import { withLock } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const onlyIfStale = process.argv.includes('--if-stale');

if (!onlyIfStale || !programIsFresh()) {
  // The lock of build-page.ts: both write the page.
  await withLock(fileURLToPath(new URL('../.stamps/page.lock', import.meta.url)), async () => {
    if (onlyIfStale && programIsFresh()) return;
    process.stderr.write('Dragoman: building the program ...\n');
    process.env['NODE_ENV'] = 'production';
    const hash = programHash();
    stampProgram(null);
    const { build } = await import('electron-vite');
    await build({ root, logLevel: 'warn' });
    stampProgram(hash);
  });
}

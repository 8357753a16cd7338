/**
 * Builds only the page into out/renderer, with the page's part of electron.vite.config.ts; `--if-stale` only where its sources changed.
 *
 * Every start asks whether the page is fresh, so the build's own libraries are loaded only when it is not.
 */
import { fileURLToPath } from 'node:url';
import { pageIsFresh } from './page-stamp.ts';
import { withLock } from './set-up.mjs';

const lock = fileURLToPath(new URL('../.stamps/page.lock', import.meta.url));
const onlyIfStale = process.argv.includes('--if-stale');

if (!onlyIfStale || !pageIsFresh()) {
  await withLock(lock, async () => {
    if (onlyIfStale && pageIsFresh()) return;
    process.stderr.write('Dragoman: building the page ...\n');
    // A test runner that asks for the page sets NODE_ENV to "test": the page would get React's development build, which draws everything twice.
    process.env['NODE_ENV'] = 'production';
    const [{ build }, { page }] = await Promise.all([import('vite'), import('../electron.vite.config.ts')]);
    await build({ ...page, configFile: false, logLevel: 'warn' });
  });
}

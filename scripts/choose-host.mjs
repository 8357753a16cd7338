/**
 * Window or served page: what `npm start` does, from what was asked for and what is there. Nothing is looked up here; plain JavaScript, see set-up.mjs.
 */

/** Options that only the served page knows: whoever gives one wants that page. */
const servedOnly = ['--port', '--root', '--no-open', '--help'];

/**
 * What the arguments ask for, and what is left of them for the host: `{ wish: 'serve' | 'window' | null, rest }`.
 *
 * @returns a sentence instead where they contradict each other.
 */
export function readWish(args) {
  const rest = args.filter(arg => arg !== '--serve' && arg !== '--window');
  const window = args.includes('--window');
  const served = rest.find(arg => servedOnly.some(option => arg === option || arg.startsWith(`${option}=`)));
  if (window && args.includes('--serve')) return 'Give --window or --serve, not both.';
  if (window && served !== undefined && served !== '--help') return `${served.split('=')[0]} belongs to the served page; leave it or --window out.`;
  return { wish: args.includes('--serve') || served !== undefined ? 'serve' : window ? 'window' : null, rest };
}

/**
 * The next step: `serve` (with `because` where nobody asked for it), `window`, `fetch` Electron's program and ask again, or `none` with the reason.
 *
 * facts: `wish`; `platform` and `environment` as in `process`; `root`, whether this is the superuser; `binary`, whether Electron's program is there; `noFetch`, why it
 * cannot or must not be fetched, or null.
 */
export function chooseHost({ wish, platform, environment, root, binary, noFetch }) {
  if (wish === 'serve') return { host: 'serve' };
  const instead = because => ({ host: wish === 'window' ? 'none' : 'serve', because });
  const unix = platform !== 'darwin' && platform !== 'win32';
  if (unix && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return instead('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).');
  if (unix && root) return instead('Electron opens no window for the superuser: start as an ordinary user.');
  if (binary) return { host: 'window' };
  return noFetch === null ? { host: 'fetch' } : instead(noFetch);
}

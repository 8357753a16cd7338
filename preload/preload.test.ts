import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The preload and its Electron, both new for each test, and the page's window as far as the preload touches it. */
const loadPreload = async () => {
  const posted: unknown[][] = [];
  const events = new EventEmitter();
  const page = { addEventListener: (name: string, listener: (event: unknown) => void) => events.on(name, listener), postMessage: (...sent: unknown[]) => posted.push(sent) };
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', { origin: 'app://dragoman' });
  const { ipcRenderer } = await import('../tests/fakes/electron.ts');
  await import('./index.ts');
  return { ipcRenderer, posted, say: (data: unknown, source: unknown = page) => events.emit('message', { data, source }) };
};

it('asks for a port when the page is ready, every time', async () => {
  const { ipcRenderer, say } = await loadPreload();
  say('dragoman:ready');
  say('dragoman:ready');
  expect(ipcRenderer.sent).toEqual([{ channel: 'dragoman:connect' }, { channel: 'dragoman:connect' }]);
});

it('passes on nothing else that the page says, and nothing that another window says', async () => {
  const { ipcRenderer, say } = await loadPreload();
  say('dragoman:connect');
  say({ channel: 'dragoman:ready' });
  say('dragoman:ready', {});
  expect(ipcRenderer.sent).toEqual([]);
});

it('hands the port over to the page of its own origin only', async () => {
  const { ipcRenderer, posted } = await loadPreload();
  const port = {};
  ipcRenderer.emit('dragoman:port', { ports: [port] });
  expect(posted).toEqual([['dragoman:port', 'app://dragoman', [port]]]);
});

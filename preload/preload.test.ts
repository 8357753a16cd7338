import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { PageBridge } from '../main/contract/host.ts';

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
  const { answers, ipcRenderer, observed } = await import('../tests/fakes/electron.ts');
  await import('./index.ts');
  return { answers, ipcRenderer, bridge: observed.exposed.get('dragoman') as PageBridge, posted, say: (data: unknown, source: unknown = page) => events.emit('message', { data, source }) };
};

it('asks for the ports when the page wants them, every time', async () => {
  const { ipcRenderer, say } = await loadPreload();
  say('dragoman:ready');
  say('dragoman:shell');
  say('dragoman:ready');
  expect(ipcRenderer.sent).toEqual([{ channel: 'dragoman:connect' }, { channel: 'dragoman:shell' }, { channel: 'dragoman:connect' }]);
});

it('passes on nothing else that the page says, and nothing that another window says', async () => {
  const { ipcRenderer, say } = await loadPreload();
  for (const data of ['dragoman:connect', 'constructor', { channel: 'dragoman:ready' }, ['dragoman:ready'], null]) say(data);
  say('dragoman:ready', {});
  expect(ipcRenderer.sent).toEqual([]);
});

it.each(['dragoman:port', 'dragoman:shell-port'])('hands a %s over to the page of its own origin only', async (name) => {
  const { ipcRenderer, posted } = await loadPreload();
  const port = {};
  ipcRenderer.emit(name, { ports: [port] });
  expect(posted).toEqual([[name, 'app://dragoman', [port]]]);
});

it('says where a dropped file lies, and nothing of anything else', async () => {
  const { answers, bridge } = await loadPreload();
  const file = new File([''], 'a.tmx');
  answers.pathsOfFiles.set(file, '/home/mk/a.tmx');
  expect([bridge.pathOf(file), bridge.pathOf('/etc/passwd'), bridge.pathOf({ name: 'a.tmx' })]).toEqual(['/home/mk/a.tmx', '', '']);
});

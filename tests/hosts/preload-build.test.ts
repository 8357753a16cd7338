import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { resolveConfig } from 'electron-vite';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The preload as `npm run build` makes it, in memory. */
const builtPreload = async (): Promise<Rolldown.RolldownOutput['output']> => {
  const { config } = await resolveConfig({ root, logLevel: 'error' }, 'build', 'production');
  const made = await build({ ...config?.preload, configFile: false, logLevel: 'error', build: { ...config?.preload?.build, write: false } });
  if (Array.isArray(made) || !('output' in made)) throw new Error('The preload was built as more than one program.');
  return made.output;
};

it('is one CommonJS file that needs nothing but Electron, as a sandboxed preload must', async () => {
  const output = await builtPreload();
  expect(output.map((each) => each.fileName)).toEqual(['index.cjs']);
  const { code } = output[0];
  expect([...code.matchAll(/\brequire\(\s*(["'`][^)]*)\)/gu)].map((found) => found[1])).toEqual(['"electron"']);
  expect(code).not.toMatch(/^\s*import[\s{*]|\bimport\(|^\s*export\b|import\.meta/mu);
});

it('runs where there is no module and no Node', async () => {
  const [{ code }] = await builtPreload();
  const asked: string[] = [];
  const exposed: string[] = [];
  const listeners: ((event: object) => void)[] = [];
  const page = { addEventListener: (_name: string, listener: (event: object) => void) => listeners.push(listener) };
  const electron = { ipcRenderer: { send: (channel: string) => asked.push(channel), on: () => undefined }, contextBridge: { exposeInMainWorld: (name: string) => exposed.push(name) }, webUtils: {} };
  runInNewContext(code, { window: page, require: (name: string) => { expect(name).toBe('electron'); return electron; } });
  for (const listener of listeners) listener({ source: page, data: 'dragoman:ready' });
  expect([asked, exposed]).toEqual([['dragoman:connect'], ['dragoman']]);
});

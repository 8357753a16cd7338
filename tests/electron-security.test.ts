import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseV1Options } from '@electron/fuses';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BrowserWindow as FakeWindow } from './fakes/electron.ts';
import { shippedFuses } from '../scripts/packaging/fuses.ts';
import { pageFrame, startShell, type StartedShell } from './start-shell.ts';

/**
 * Electron's security checklist, one row an item, each asked of the shell as `index.ts` puts it together.
 *
 * @see https://www.electronjs.org/docs/latest/tutorial/security
 */
afterEach(() => { vi.unstubAllEnvs(); });

type Row = readonly [item: number, name: string, check: (shell: StartedShell, window: FakeWindow) => void | Promise<void>];

const prevented = (window: FakeWindow, event: string, url: string): boolean => {
  let stopped = false;
  window.webContents.emit(event, { url, preventDefault: () => { stopped = true; } });
  return stopped;
};
const preferences = (window: FakeWindow): Readonly<Record<string, unknown>> => ({ ...window.options.webPreferences });
const policyOf = async (shell: StartedShell): Promise<string> => {
  const { contentSecurityPolicy } = await import('../main/hosts/page-files.ts');
  expect(shell.electron.observed.handlers.has('app')).toBe(true);
  return contentSecurityPolicy;
};
const project = fileURLToPath(new URL('../', import.meta.url));
const source = (folder: string): string => readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name) && !name.includes('.test.')).map((name) => readFileSync(join(project, folder, name), 'utf8')).join('\n');

const rows: readonly Row[] = [
  [1, 'only secure content is loaded: the program\'s own files', async (shell, window) => {
    expect(window.loaded).toEqual(['app://dragoman/index.html']);
    expect(shell.electron.observed.schemes).toMatchObject([{ scheme: 'app', privileges: { secure: true } }]);
    expect(await policyOf(shell)).not.toMatch(/https?:|\*/u);
  }],
  [2, 'no Node in any page', (_shell, window) => expect(preferences(window)).toMatchObject({ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false })],
  [3, 'context isolation', (_shell, window) => expect(preferences(window)).toMatchObject({ contextIsolation: true })],
  [4, 'process sandboxing', (_shell, window) => {
    expect(preferences(window)).toMatchObject({ sandbox: true });
    expect(source('main/hosts/electron')).not.toMatch(/no-sandbox|disableSandbox/u);
  }],
  [5, 'permissions: none but writing to the clipboard', (_shell, { webContents }) => {
    const granted = (permission: string): readonly unknown[] => {
      const answers: unknown[] = [];
      webContents.request?.({}, permission, (answer) => answers.push(answer));
      return [...answers, webContents.check?.({}, permission)];
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'serial', 'usb', 'display-capture']) expect(granted(permission), permission).toEqual([false, false]);
    expect(granted('clipboard-sanitized-write')).toEqual([true, true]);
    expect(webContents.device?.()).toBe(false);
  }],
  [6, 'web security stays on', (_shell, window) => expect(preferences(window)).toMatchObject({ webSecurity: true })],
  [7, 'a content security policy without inline or foreign script', async (shell) => {
    const directives = (await policyOf(shell)).split('; ');
    expect(directives).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]));
    expect(directives.filter((each) => /unsafe-eval|script-src.*unsafe/u.test(each))).toEqual([]);
  }],
  [8, 'no insecure content', (_shell, window) => expect(preferences(window)).toMatchObject({ allowRunningInsecureContent: false })],
  [9, 'no experimental features', (_shell, window) => expect(preferences(window)).toMatchObject({ experimentalFeatures: false })],
  [10, 'no extra Blink features', (_shell, window) => expect(preferences(window)).not.toHaveProperty('enableBlinkFeatures')],
  [11, 'no webview, so none that may open windows', (_shell, window) => {
    expect(preferences(window)).toMatchObject({ webviewTag: false });
    expect(source('renderer')).not.toMatch(/<webview|allowpopups/iu);
  }],
  [12, 'a webview that came nevertheless is not attached', (_shell, window) => expect(prevented(window, 'will-attach-webview', 'https://example.org/')).toBe(true)],
  [13, 'no navigation: the page stays itself', (_shell, window) => {
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const url of ['https://example.org/', 'file:///etc/passwd', 'app://dragoman.example.org/index.html', 'app://dragoman/index.html.evil', 'app://dragoman/assets/page.js', 'about:blank', 'data:text/html,x']) expect(prevented(window, event, url), `${event} ${url}`).toBe(true);
      expect(prevented(window, event, 'app://dragoman/index.html#/review/1')).toBe(false);
    }
  }],
  [14, 'no new windows', (_shell, { webContents }) => {
    for (const url of ['https://github.com/', 'https://example.org/', 'app://dragoman/index.html', 'about:blank']) expect(webContents.openHandler?.({ url })).toEqual({ action: 'deny' });
  }],
  [15, 'the user\'s browser gets https addresses of known hosts only', async (shell, { webContents }) => {
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'https://example.org/', 'http://github.com/', 'https://github.com.example.org/', 'smb://github.com/']) webContents.openHandler?.({ url });
    expect(await shell.page().call('shell.openAddress', { address: 'ms-msdt:/id' })).toEqual({ opened: false });
    expect(shell.electron.observed.opened).toEqual([]);
    expect(await shell.page().call('shell.openAddress', { address: 'https://huggingface.co/intfloat' })).toEqual({ opened: true });
    expect(shell.electron.observed.opened).toEqual(['https://huggingface.co/intfloat']);
  }],
  [16, 'a current version of Electron', () => {
    const { version } = JSON.parse(readFileSync(join(project, 'node_modules/electron/package.json'), 'utf8')) as { readonly version: string };
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(45);
  }],
  [17, 'the sender of every message is checked, and what it says', async (shell) => {
    expect(shell.electron.ipcMain.eventNames().toSorted()).toEqual(['dragoman:connect', 'dragoman:shell']);
    shell.workbench().emit('spawn');
    for (const channel of ['dragoman:connect', 'dragoman:shell']) {
      for (const frame of [{ ...pageFrame, origin: 'https://example.org' }, { ...pageFrame, origin: 'app://dragoman.example.org' }, { ...pageFrame, origin: 'null' }, { ...pageFrame, parent: {} }, null]) expect(shell.ask(channel, frame)).toEqual([]);
      expect(shell.ask(channel)).toHaveLength(1);
    }
    const page = shell.page() as unknown as { call(name: string, input: unknown): Promise<unknown> };
    const refused = [
      ['shell.choose', { want: 'file', title: '', button: '', endings: ['../x'], suggestedName: null }], ['shell.choose', { want: 'save', title: '', button: '', endings: [], suggestedName: '../../etc/passwd' }],
      ['shell.reveal', { path: '/a\0b' }], ['shell.notify', { title: 'x'.repeat(301), body: '' }], ['shell.describe', { menus: [{ label: 'x', entries: [{ role: 'toggleDevTools', label: 'x' }] }], words: {} }],
      ['shell.keepDumps', { keep: 'yes' }], ['shell.start', { more: 1 }],
    ] as const;
    for (const [name, input] of refused) await expect(page.call(name, input), name).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(page.call('shell.execute', {})).rejects.toMatchObject({ data: { code: 'unknown-method' } });
    await expect(page.call('constructor', {})).rejects.toMatchObject({ data: { code: 'unknown-method' } });
  }],
  [18, 'no file:// pages', (_shell, window) => {
    expect(window.loaded.every((address) => address.startsWith('app://'))).toBe(true);
    expect(source('main/hosts/electron')).not.toMatch(/loadFile\(|loadURL\(['"`]file:/u);
  }],
  [19, 'fuses are set, every one', () => {
    expect(shippedFuses).toMatchObject({
      [FuseV1Options.RunAsNode]: false, [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false, [FuseV1Options.EnableNodeCliInspectArguments]: false, [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true, [FuseV1Options.OnlyLoadAppFromAsar]: true, [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
    // What a closed fuse takes away must not be needed.
    expect(source('main/hosts/electron') + source('main/engine') + source('main/services')).not.toMatch(/ELECTRON_RUN_AS_NODE['"]?\s*[:=]\s*['"]1|from 'node:child_process'/u);
  }],
  [20, 'no Electron API in the page: one function besides the ports', async (shell) => {
    vi.stubGlobal('window', { addEventListener: () => undefined, postMessage: () => undefined });
    await vi.importActual('../preload/index.ts');
    vi.unstubAllGlobals();
    expect([...shell.electron.observed.exposed]).toEqual([['dragoman', { pathOf: expect.any(Function) as unknown }]]);
  }],
];

describe('Electron\'s security checklist', () => {
  it('is answered item by item', () => expect(rows.map(([item]) => item)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1)));
  it.each(rows)('%i: %s', async (_item, _name, check) => {
    const shell = await startShell();
    const [window] = shell.electron.observed.windows;
    expect(shell.electron.observed.windows).toHaveLength(1);
    if (window === undefined) return;
    await check(shell, window);
  });
});

it('a page fetches no dictionaries for its spelling', async () => {
  const shell = await startShell();
  expect(shell.electron.observed.windows[0]?.options.webPreferences).toMatchObject({ spellcheck: false });
  expect(shell.electron.observed.windows[0]?.webContents.spellchecks).toBe(false);
});

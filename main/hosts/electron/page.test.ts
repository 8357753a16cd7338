import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakePort, app, ipcMain, observed, reset } from '../../../tests/fakes/electron.ts';
import { handOutPorts } from './page-ports.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { pagePreferences, restrictPages } from './security.ts';

let folder: string;
let built: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  built = join(folder, 'renderer');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>Dragoman</title>');
  writeFileSync(join(built, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not for pages');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(reset);

const get = async (address: string): Promise<Response> => {
  servePage(built);
  const handler = observed.handlers.get('app');
  if (handler === undefined) throw new Error('Nothing serves app://');
  return handler({ url: address } as Request);
};

describe('app://', () => {
  it('serves the built page with a policy that allows no inline script', async () => {
    const response = await get('app://dragoman/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Dragoman</title>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect((await get('app://dragoman/assets/page.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    'app://dragoman/../secret.txt',
    'app://dragoman/%2e%2e/secret.txt',
    'app://dragoman/..%2fsecret.txt',
    'app://dragoman/assets/..%2f..%2fsecret.txt',
    'app://dragoman/%00',
    'app://dragoman/%',
    'app://dragoman/',
    'app://dragoman/assets',
    'app://elsewhere/index.html',
    'app://dragoman.example/index.html',
  ])('answers %s with 404', async (address) => {
    const response = await get(address);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('not for pages');
  });

  it('is a scheme with an origin of its own', () => {
    registerPageScheme();
    expect(observed.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });
});

/** One page's contents, as far as the restrictions reach. */
const openPage = () => {
  const asked: { permission?: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void; check?: (contents: unknown, permission: string) => boolean; open?: () => unknown } = {};
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: () => unknown) => { asked.open = handler; },
    session: {
      setPermissionRequestHandler: (handler: typeof asked.permission) => { if (handler !== undefined) asked.permission = handler; },
      setPermissionCheckHandler: (handler: typeof asked.check) => { if (handler !== undefined) asked.check = handler; },
    },
  });
  restrictPages();
  app.emit('web-contents-created', {}, contents);
  return { asked, contents };
};

describe('a page may not', () => {
  it.each(['will-navigate', 'will-redirect', 'will-attach-webview'])('do what %s announces', (event) => {
    const { contents } = openPage();
    let prevented = false;
    contents.emit(event, { preventDefault: () => { prevented = true; } });
    expect(prevented).toBe(true);
  });

  it('open a window', () => {
    expect(openPage().asked.open?.()).toEqual({ action: 'deny' });
  });

  it.each([['media', false], ['geolocation', false], ['clipboard-read', false], ['openExternal', false], ['clipboard-sanitized-write', true]])('have the permission %s: granted is %s', (permission, granted) => {
    const { asked } = openPage();
    const answers: boolean[] = [];
    asked.permission?.({}, permission, (answer) => answers.push(answer));
    expect(answers).toEqual([granted]);
    expect(asked.check?.({}, permission)).toBe(granted);
  });

  it('use Node', () => {
    expect(pagePreferences('/preload.cjs')).toEqual({ preload: '/preload.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
  });
});

describe('a port to the workbench', () => {
  const ask = (frame: { readonly origin: string; readonly parent: unknown } | null) => {
    const toPage: { readonly channel: string; readonly ports: readonly FakePort[] }[] = [];
    const toWorkbench: unknown[] = [];
    handOutPorts(() => ({ connectPage: (port) => { toWorkbench.push(port); }, onExit: () => undefined, kill: () => undefined }));
    const senderFrame = frame === null ? null : { ...frame, postMessage: (channel: string, _message: unknown, ports: readonly FakePort[]) => { toPage.push({ channel, ports }); } };
    ipcMain.emit('dragoman:connect', { senderFrame });
    return { toPage, toWorkbench };
  };

  it('goes to the page that asks, its other end to the workbench', () => {
    const { toPage, toWorkbench } = ask({ origin: 'app://dragoman', parent: null });
    expect(toPage).toHaveLength(1);
    expect(toPage[0]?.channel).toBe('dragoman:port');
    expect(toPage[0]?.ports[0]?.other).toBe(toWorkbench[0]);
  });

  it.each([
    ['another origin', { origin: 'https://example.org', parent: null }],
    ['a name that only begins like ours', { origin: 'app://dragoman.example.org', parent: null }],
    ['a frame inside the page', { origin: 'app://dragoman', parent: {} }],
    ['a frame that is gone', null],
  ])('is not given to %s', (_who, frame) => {
    expect(ask(frame)).toEqual({ toPage: [], toWorkbench: [] });
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseHost, readWish } from './choose-host.mjs';
import { cannotStart, fetchElectron, findElectron, reasonNotToFetch, runElectron } from './electron-binary.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'start-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string): string => {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
};

describe('what the arguments ask for', () => {
  it.each([
    [[], null], [['--serve'], 'serve'], [['--window'], 'window'], [['book.dragoman'], null],
    [['--port', '4711'], 'serve'], [['--root=/data'], 'serve'], [['--no-open'], 'serve'], [['--help'], 'serve'],
  ])('%j: %s', (args, wish) => expect(readWish(args)).toMatchObject({ wish }));

  it('leaves to the host what is the host\'s', () => expect(readWish(['--serve', '--project', 'a.dragoman', '--port', '1'])).toEqual({ wish: 'serve', rest: ['--project', 'a.dragoman', '--port', '1'] }));

  it.each([[['--serve', '--window']], [['--window', '--port', '1']], [['--window', '--root=/']]])('%j contradict each other', (args) => expect(readWish(args)).toMatch(/not both|served page/));
});

describe('window or served page', () => {
  const screen = { DISPLAY: ':0' };
  const here = { wish: null, platform: 'linux', environment: screen, root: false, binary: true, noFetch: null };
  it.each([
    ['a display and Electron', here, 'window', undefined],
    ['Wayland', { ...here, environment: { WAYLAND_DISPLAY: 'wayland-0' } }, 'window', undefined],
    ['macOS needs no DISPLAY', { ...here, platform: 'darwin', environment: {} }, 'window', undefined],
    ['Windows needs no DISPLAY', { ...here, platform: 'win32', environment: {} }, 'window', undefined],
    ['the page was asked for', { ...here, wish: 'serve' }, 'serve', undefined],
    ['no display', { ...here, environment: {} }, 'serve', 'no display'],
    ['no display, window asked for', { ...here, environment: {}, wish: 'window' }, 'none', 'no display'],
    ['the superuser', { ...here, root: true }, 'serve', 'superuser'],
    ['Electron is absent', { ...here, binary: false }, 'fetch', undefined],
    ['Electron is absent, window asked for', { ...here, binary: false, wish: 'window' }, 'fetch', undefined],
    ['Electron cannot be had', { ...here, binary: false, noFetch: 'github.com does not answer.' }, 'serve', 'github.com'],
    ['Electron cannot be had, window asked for', { ...here, binary: false, noFetch: 'github.com does not answer.', wish: 'window' }, 'none', 'github.com'],
    ['no display comes before a fetch', { ...here, binary: false, environment: {} }, 'serve', 'no display'],
  ])('%s', (_name, facts, host, because) => {
    expect(chooseHost(facts)).toEqual(because === undefined ? { host } : { host, because: expect.stringContaining(because) });
  });
});

/** An `electron` package without its program, whose installer does what `installer` says. */
const electronPackage = (installer = ''): void => {
  write('node_modules/electron/package.json', '{"version":"45.4.1"}');
  write('node_modules/electron/install.js', installer);
};
const puts = `const fs = require('fs'); fs.mkdirSync('dist'); fs.writeFileSync('dist/version', '45.4.1'); fs.writeFileSync('dist/electron', ''); fs.writeFileSync('path.txt', 'electron');`;

describe('Electron\'s program', () => {
  it('is there when its files are, of the version that is wanted', () => {
    electronPackage();
    expect(findElectron(folder, {}, 'linux')).toBeNull();
    const program = write('node_modules/electron/dist/electron', '');
    write('node_modules/electron/dist/version', 'v45.4.1');
    expect(findElectron(folder, {}, 'linux')).toBeNull();
    write('node_modules/electron/path.txt', 'electron');
    expect(findElectron(folder, {}, 'linux')).toBe(program);
    write('node_modules/electron/dist/version', '44.0.0');
    expect(findElectron(folder, {}, 'linux')).toBeNull();
  });

  it('may lie in a folder that the environment names, under the name of its system', () => {
    electronPackage();
    const program = write('mine/Electron.app/Contents/MacOS/Electron', '');
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'mine') }, 'darwin')).toBe(program);
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'mine') }, 'win32')).toBeNull();
  });

  const say: string[] = [];
  const trying = { node: process.execPath, asked: false, environment: {}, say: (line: string) => say.push(line), answers: () => Promise.resolve(true) };

  it('is fetched by its own installer', async () => {
    electronPackage(puts);
    expect(await fetchElectron(folder, trying)).toBeNull();
    expect(findElectron(folder, {}, 'linux')).not.toBeNull();
    expect(say.at(-1)).toMatch(/fetching Electron 45\.4\.1 .*--serve/);
  });

  it('is not waited for where its place does not answer, and not asked for again at the next start', async () => {
    electronPackage(puts);
    expect(await fetchElectron(folder, { ...trying, answers: () => Promise.resolve(false) })).toContain('does not answer');
    expect(existsSync(join(folder, 'node_modules/electron/dist'))).toBe(false);
    expect(reasonNotToFetch(folder, {})).toMatch(/earlier start .*--window/);
    write('node_modules/electron/package.json', '{"version":"45.5.0"}');
    expect(reasonNotToFetch(folder, {})).toBeNull();
  });

  it('is tried again when somebody asks for the window, which clears the memory', async () => {
    electronPackage(`console.error('RequestError: getaddrinfo ENOTFOUND github.com'); process.exit(1);`);
    expect(await fetchElectron(folder, trying)).toBe('Electron 45.4.1 could not be fetched: getaddrinfo ENOTFOUND github.com.');
    electronPackage(puts);
    expect(await fetchElectron(folder, { ...trying, asked: true, answers: () => Promise.resolve(false) })).toBeNull();
    expect(reasonNotToFetch(folder, {})).toBeNull();
  });

  it.each([[{ CI: '1' }], [{ ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }], [{ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }]])('is not fetched with %j', (environment) => {
    electronPackage();
    expect(reasonNotToFetch(folder, environment)).toContain(Object.keys(environment)[0]);
  });

  it.skipIf(process.platform === 'win32')('runs on the built program with the files that were named', async () => {
    const program = write('electron', `#!/bin/sh\nprintf '%s\\n' "$@" "[$ELECTRON_RUN_AS_NODE]" > ${join(folder, 'said')}\nexit 7\n`);
    chmodSync(program, 0o755);
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    try {
      expect(await runElectron(program, '/the/checkout', ['--project', 'a.dragoman', 'b.tsv'])).toBe(7);
    } finally {
      delete process.env['ELECTRON_RUN_AS_NODE'];
    }
    expect(readFileSync(join(folder, 'said'), 'utf8').trim().split('\n')).toEqual(['/the/checkout', 'a.dragoman', 'b.tsv', '[]']);
    expect(await runElectron(join(folder, 'absent'), '/the/checkout', [])).toBe(cannotStart);
  });
});

describe('npm start', () => {
  const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
    return spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], { cwd: root, env: { ...inherited, DRAGOMAN_HOME: join(folder, 'home'), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const said = (child: ChildProcess) => {
    const texts = { out: '', error: '' };
    child.stdout?.on('data', (chunk: Buffer) => { texts.out += String(chunk); });
    child.stderr?.on('data', (chunk: Buffer) => { texts.error += String(chunk); });
    return { texts, ended: new Promise<number | null>((go) => { child.once('close', go); }) };
  };
  /** The answer to the address that was printed, once it is. */
  const answers = async (child: ChildProcess, texts: { readonly out: string }): Promise<number> => {
    while (!/token=\S+/.test(texts.out) && child.exitCode === null) await new Promise((go) => { setTimeout(go, 20); });
    return (await fetch(/http:\S+/.exec(texts.out)?.[0] ?? 'http://127.0.0.1:1/', { redirect: 'manual' })).status;
  };

  it('--serve serves the page and ends when asked to', async () => {
    const child = start(['--serve', '--no-open']);
    const { texts, ended } = said(child);
    expect(await answers(child, texts)).toBe(303);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(texts.error).not.toContain('no window');
  }, 120_000);

  it.runIf(process.platform === 'linux')('without a display says so in one line and serves the page', async () => {
    const child = start([], { PATH: '' });
    const { texts, ended } = said(child);
    expect(await answers(child, texts)).toBe(303);
    child.kill('SIGTERM');
    await ended;
    expect(texts.error.split('\n').filter((line) => line.includes('no window'))).toEqual([expect.stringContaining('There is no display here')]);
  }, 120_000);

  it('--window without Electron fails with a sentence', async () => {
    const { texts, ended } = said(start(['--window'], { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder }));
    expect(await ended).toBe(1);
    expect(texts.error).toMatch(/^Dragoman: The window cannot be opened\. .*--serve/);
    expect(texts.out).toBe('');
  }, 60_000);

  it('--window and --serve together are refused', async () => {
    const { texts, ended } = said(start(['--window', '--serve']));
    expect([await ended, texts.error]).toEqual([1, 'Dragoman: Give --window or --serve, not both.\n']);
  });
});

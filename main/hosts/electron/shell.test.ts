import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MenuItemConstructorOptions } from 'electron';
import type { Menus, ShellWords } from '../../contract/shell.ts';
import { pageFrame, startShell } from '../../../tests/start-shell.ts';

afterEach(() => { vi.unstubAllEnvs(); vi.useRealTimers(); });

const words: ShellWords = { quitTitle: 'Aufträge laufen.', quitDetail: 'Sie gehen weiter.', quit: 'Beenden', stay: 'Bleiben', pageStopped: 'x', pageStoppedDetail: 'y' };
const describe_ = (menus: Menus = []) => ({ menus, words });
const settle = (): Promise<void> => new Promise((go) => { setTimeout(go, 5); });

describe('a workbench that ends', () => {
  it('is started again with its project and jobs, and the page is told why', async () => {
    const shell = await startShell();
    shell.workbench().emit('spawn');
    const page = shell.page();
    const told: unknown[] = [];
    page.on('shell.workbench', (state) => told.push(state));
    await page.call('shell.start', {});
    shell.tell({ type: 'facts', project: '/work.dragoman', running: 2, progress: 0.3 });
    const first = shell.workbench();
    shell.electron.app.emit('child-process-gone', {}, { type: 'Utility', name: 'dragoman workbench', reason: 'oom', exitCode: 9 });
    first.emit('exit', 9);
    await expect.poll(() => shell.workbench() !== first, { timeout: 5000 }).toBe(true);
    expect(shell.workbench().options.env).toMatchObject({ DRAGOMAN_PROJECT: '/work.dragoman', DRAGOMAN_RESUME: '1' });
    expect(JSON.parse(shell.workbench().env['DRAGOMAN_ENDS'] ?? '')).toMatchObject([{ part: 'workbench', reason: 'oom', exitCode: 9 }]);
    shell.workbench().emit('spawn');
    await settle();
    expect(told).toMatchObject([{ state: 'restarting', kept: 'project-and-jobs', loss: { reason: 'oom' } }, { state: 'running', kept: 'project-and-jobs' }]);
  });

  it('is given up after four ends in a row, until the user starts it once more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const shell = await startShell();
    const seen: string[] = [];
    for (let end = 0; end < 4; end += 1) {
      const { env } = shell.workbench();
      seen.push(`${env['DRAGOMAN_PROJECT'] ?? ''} ${env['DRAGOMAN_RESUME'] ?? ''}`);
      shell.workbench().emit('spawn');
      if (end < 2) shell.tell({ type: 'facts', project: '/a.dragoman', running: 0, progress: 0 });
      shell.workbench().emit('exit', 1);
      await vi.advanceTimersByTimeAsync(6000);
    }
    expect(seen).toEqual([' ', '/a.dragoman 1', '/a.dragoman ', ' ']);
    expect(shell.electron.observed.processes).toHaveLength(4);
    const page = shell.page();
    expect((await page.call('shell.start', {})).workbench).toMatchObject({ state: 'stopped', loss: { reason: 'abnormal-exit' } });
    await page.call('shell.restartWorkbench', {});
    expect(shell.electron.observed.processes).toHaveLength(5);
  });

  it('keeps pages waiting until the next one runs', async () => {
    const shell = await startShell();
    expect(shell.ask('dragoman:connect')).toHaveLength(0);
    const given: unknown[] = [];
    shell.electron.ipcMain.emit('dragoman:connect', { senderFrame: { ...pageFrame, postMessage: (name: string, _message: unknown, ports: unknown[]) => given.push(name, ports.length) } });
    shell.workbench().emit('spawn');
    expect(given).toEqual(['dragoman:port', 1]);
    expect(shell.workbench().sent.filter(({ message }) => (message as { type: string }).type === 'page')).toHaveLength(2);
  });
});

describe('quitting', () => {
  const quitting = async (running: number, box: number) => {
    const shell = await startShell((electron) => { electron.answers.box = box; });
    shell.workbench().emit('spawn');
    await shell.page().call('shell.describe', describe_());
    shell.tell({ type: 'facts', project: '/a.dragoman', running, progress: 0 });
    let prevented = false;
    shell.electron.observed.windows[0]?.emit('close', { preventDefault: () => { prevented = true; } });
    await settle();
    return { shell, prevented, closes: shell.workbench().sent.some(({ message }) => (message as { type: string }).type === 'close') };
  };
  it('lets the workbench close the project first, then ends', async () => {
    const { shell, prevented, closes } = await quitting(0, 0);
    expect([prevented, closes, shell.electron.observed.quits]).toEqual([true, true, 0]);
    expect(shell.electron.observed.dialogs).toEqual([]);
    shell.workbench().emit('exit', 0);
    await expect.poll(() => shell.electron.observed.quits).toBe(1);
    expect(shell.electron.observed.processes).toHaveLength(1);
  });
  it('asks while jobs run, in the words of the page; staying is staying', async () => {
    const { shell, closes } = await quitting(1, 1);
    expect(shell.electron.observed.dialogs).toMatchObject([{ kind: 'message', options: { message: 'Aufträge laufen.', detail: 'Sie gehen weiter.', buttons: ['Beenden', 'Bleiben'], cancelId: 1 } }]);
    expect([closes, shell.electron.observed.quits]).toEqual([false, 0]);
  });
  it('goes on where quitting was chosen, and kills a workbench that does not end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const shell = await startShell();
    shell.workbench().emit('spawn');
    shell.tell({ type: 'facts', project: null, running: 1, progress: 0 });
    shell.electron.app.quit();
    await vi.advanceTimersByTimeAsync(14_000);
    expect([shell.workbench().killed, shell.electron.observed.quits]).toEqual([false, 0]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([shell.workbench().killed, shell.electron.observed.quits]).toEqual([true, 1]);
  });
});

describe('files the system asks to open', () => {
  it('wait until the page is ready: arguments, a second start, open-file of macOS', async () => {
    const argv = process.argv;
    try {
      const shell = await startShell((_electron, folder) => {
        for (const name of ['a.tmx', 'b.dragoman', 'c.txt']) writeFileSync(join(folder, name), '');
        process.argv = ['dragoman', '--no-such', join(folder, 'a.tmx'), join(folder, 'absent.txt')];
      });
      shell.electron.app.emit('open-file', { preventDefault: () => undefined }, join(shell.folder, 'c.txt'));
      shell.electron.app.emit('second-instance', {}, ['dragoman', '--enable-crashpad', 'b.dragoman'], shell.folder);
      expect(shell.electron.observed.windows[0]?.calls).toContain('focus');
      const page = shell.page();
      const opened: (readonly string[])[] = [];
      page.on('shell.open', ({ paths }) => opened.push(paths));
      const { open } = await page.call('shell.start', {});
      expect(open.toSorted()).toEqual(['a.tmx', 'b.dragoman', 'c.txt'].map((name) => join(shell.folder, name)));
      shell.electron.app.emit('second-instance', {}, ['dragoman', 'a.tmx'], shell.folder);
      await settle();
      expect(opened).toEqual([[join(shell.folder, 'a.tmx')]]);
      expect((await page.call('shell.start', {})).open).toEqual([]);
    } finally {
      process.argv = argv;
    }
  });
  it('go to the Dragoman that runs already; this one ends', async () => {
    const shell = await startShell((electron) => { electron.answers.lock = false; });
    expect([shell.electron.observed.quits, shell.electron.observed.processes.length, shell.electron.observed.windows.length]).toEqual([1, 0, 0]);
  });
  it('that are projects are remembered by the system once opened', async () => {
    const shell = await startShell();
    for (const progress of [0, 0.5]) shell.tell({ type: 'facts', project: '/a.dragoman', running: 1, progress });
    expect(shell.electron.observed.recent).toEqual(['/a.dragoman']);
  });
});

describe('the window', () => {
  it('opens where it was, and remembers when it closes', async () => {
    const kept = { window: { x: 100, y: 50, width: 1100, height: 800, maximised: true }, dumps: false };
    const shell = await startShell((_electron, folder) => writeFileSync(join(folder, 'window.json'), JSON.stringify(kept)));
    const [window] = shell.electron.observed.windows;
    expect(window?.options).toMatchObject({ x: 100, y: 50, width: 1100, height: 800, show: false });
    expect(window?.maximised).toBe(true);
    window?.emit('close', { preventDefault: () => undefined });
    expect(JSON.parse(readFileSync(join(shell.folder, 'window.json'), 'utf8'))).toEqual({ window: { x: 10, y: 20, width: 1000, height: 700, maximised: true }, dumps: false });
  });
  it('loads its page again when that crashes, tells it why, and gives up after three times', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const shell = await startShell();
    const [window] = shell.electron.observed.windows;
    const crash = async (): Promise<void> => { window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 }); await vi.advanceTimersByTimeAsync(2000); };
    await crash();
    expect(window?.loaded).toEqual(['app://dragoman/index.html', 'app://dragoman/index.html']);
    expect((await shell.page().call('shell.start', {})).pageLoss).toMatchObject({ part: 'page', reason: 'crashed', exitCode: 11 });
    expect((await shell.page().call('shell.start', {})).pageLoss).toBeNull();
    for (let again = 0; again < 3; again += 1) await crash();
    expect(window?.loaded).toHaveLength(4);
    expect(shell.electron.observed.dialogs).toMatchObject([{ kind: 'error' }]);
  });
  it('shows jobs in the taskbar, and keeps the machine awake for them', async () => {
    const shell = await startShell();
    shell.tell({ type: 'facts', project: null, running: 1, progress: 0.25 });
    shell.tell({ type: 'facts', project: null, running: 2, progress: 0.5 });
    expect([shell.electron.observed.windows[0]?.progress, shell.electron.observed.blockers.size]).toEqual([[0.25, 0.5], 1]);
    shell.tell({ type: 'facts', project: null, running: 0, progress: 0 });
    expect([shell.electron.observed.windows[0]?.progress.at(-1), shell.electron.observed.blockers.size]).toEqual([-1, 0]);
  });
});

describe('the page may ask', () => {
  it('for menus, which give back the ids of its actions', async () => {
    const shell = await startShell();
    const page = shell.page();
    const run: string[] = [];
    page.on('shell.run', ({ id }) => run.push(id));
    await page.call('shell.describe', describe_([{ label: 'Project', entries: [{ id: 'project.open', label: 'Open…', keys: 'Control+O', enabled: true }, 'line', { id: 'project.undo', label: 'Undo', keys: null, enabled: false }, { role: 'quit', label: 'Quit' }] }]));
    const [menu] = shell.electron.observed.menus.at(-1) ?? [];
    const entries = menu?.submenu as MenuItemConstructorOptions[];
    expect(entries).toMatchObject([{ id: 'project.open', label: 'Open…', accelerator: 'CommandOrControl+O', registerAccelerator: false, enabled: true }, { type: 'separator' }, { enabled: false }, { role: 'quit', label: 'Quit' }]);
    entries[0]?.click?.({} as never, undefined, {} as never);
    await settle();
    expect(run).toEqual(['project.open']);
  });
  it('for the dialogs of the system', async () => {
    const shell = await startShell((electron) => { electron.answers.paths = ['/a/b.tmx', '/a/c.tar.gz']; });
    const page = shell.page();
    const request = { title: 'Import', button: 'Read', endings: ['.tmx', '.txt.gz'], suggestedName: null } as const;
    expect(await page.call('shell.choose', { ...request, endings: [...request.endings], want: 'files' })).toEqual({ paths: ['/a/b.tmx', '/a/c.tar.gz'] });
    expect(await page.call('shell.choose', { ...request, endings: ['.dragoman'], want: 'save', suggestedName: 'corpus.dragoman' })).toEqual({ paths: ['/a/b.tmx'] });
    expect(shell.electron.observed.dialogs).toMatchObject([
      { kind: 'open', options: { title: 'Import', buttonLabel: 'Read', filters: [{ extensions: ['tmx', 'gz'] }], properties: ['openFile', 'multiSelections'] } },
      { kind: 'save', options: { defaultPath: '/fake/documents/corpus.dragoman' } },
    ]);
  });
  it('for a message of the system, which is shown behind other windows only', async () => {
    const shell = await startShell();
    const page = shell.page();
    await page.call('shell.notify', { title: 'Mined', body: 'de to en' });
    const [message] = shell.electron.observed.notifications;
    expect(message?.options).toEqual({ title: 'Mined', body: 'de to en' });
    message?.emit('click');
    await page.call('shell.notify', { title: 'Again', body: '' });
    expect(shell.electron.observed.notifications).toHaveLength(1);
  });
  it('for a report of the last ends, without texts and paths, where the user says', async () => {
    const shell = await startShell((electron, folder) => { electron.answers.paths = [join(folder, 'report.txt')]; });
    shell.workbench().emit('spawn');
    shell.workbench().stderr.write('Error: "Der Hafen" in /home/mk/kunden/a.txt\n');
    await settle();
    shell.workbench().emit('exit', 134);
    await new Promise((go) => { setTimeout(go, 80); });
    expect(await shell.page().call('shell.saveReport', {})).toEqual({ path: join(shell.folder, 'report.txt') });
    const report = readFileSync(join(shell.folder, 'report.txt'), 'utf8');
    expect(report).toContain('workbench: it ended with an error, exit code 134');
    expect(report).toContain('Error: [text] in [path]');
    expect(report).not.toMatch(/Hafen|kunden/u);
  });
  it('for memory dumps, which are made from the next start on, and stay here', async () => {
    const shell = await startShell();
    expect(shell.electron.observed.dumps).toEqual([]);
    await shell.page().call('shell.keepDumps', { keep: true });
    expect(existsSync(join(shell.folder, 'window.json'))).toBe(true);
    const kept = readFileSync(join(shell.folder, 'window.json'), 'utf8');
    const next = await startShell((_electron, folder) => writeFileSync(join(folder, 'window.json'), kept));
    expect(next.electron.observed.dumps).toEqual([{ uploadToServer: false }]);
    expect((await next.page().call('shell.start', {})).keepsDumps).toBe(true);
  });
});

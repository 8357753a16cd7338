import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultMineSettings } from '../../main/contract/mine.ts';
import { workbenchContract, type WorkbenchContract } from '../../main/contract/workbench.ts';
import { connect, type Client } from '../../main/rpc/client.ts';
import { messagePortChannel } from '../../main/rpc/message-port.ts';
import type { FakePort } from '../fakes/electron.ts';
import { RealUtilityProcess } from '../real-utility-process.ts';
import { pageFrame, startShell, type StartedShell } from '../start-shell.ts';

/** The whole shell with real processes: workbench and engine run as they do in the window, from their sources under Node, and are killed. Only Electron is played. */
let shell: StartedShell;
const processes: RealUtilityProcess[] = [];
const last = (entry: string): RealUtilityProcess => {
  const found = processes.findLast((each) => each.entry === entry);
  if (found === undefined) throw new Error(`No ${entry} was forked.`);
  return found;
};
const killHard = (entry: string): void => { process.kill(last(entry).pid ?? 0, 'SIGKILL'); };

/** A page that is loaded now: it gets its port as soon as a workbench runs. */
const openPage = (): Promise<Client<WorkbenchContract>> => new Promise((go) => {
  const postMessage = (_name: string, _message: unknown, [port]: readonly FakePort[]): void => { if (port !== undefined) go(connect(messagePortChannel(port), workbenchContract)); };
  shell.electron.ipcMain.emit('dragoman:connect', { senderFrame: { ...pageFrame, postMessage } });
});

const stateOf = async (page: Client<WorkbenchContract>, job: number): Promise<string> => (await page.call('jobs.get', { job })).state;

beforeAll(async () => {
  shell = await startShell((electron) => {
    electron.answers.packaged = false;
    electron.answers.fork = (modulePath, options) => {
      const forked = new RealUtilityProcess(modulePath, { ...options.env, DRAGOMAN_RESOURCES: fileURLToPath(new URL('../../resources', import.meta.url)) });
      processes.push(forked);
      return forked;
    };
  });
});
afterAll(() => {
  for (const each of processes) if (each.pid !== undefined) process.kill(each.pid, 'SIGKILL');
  vi.unstubAllEnvs();
});

describe.runIf(process.platform !== 'win32')('the processes of the window', () => {
  let project: string;
  let job: number;

  it('answer the page, and tell the shell what is open', async () => {
    project = join(shell.folder, 'work.dragoman');
    const page = await openPage();
    expect(await page.call('project.create', { path: project })).toMatchObject({ path: project });
    await expect.poll(() => shell.electron.observed.recent).toEqual([project]);
    expect(await page.call('project.hostFacts', {})).toMatchObject({ host: 'window', nativeDialogs: true, fileDrop: 'path' });
  });

  it('survive kill -9 of the workbench in the middle of a job: the project is open again and the job goes on', async () => {
    const page = await openPage();
    const collections: number[] = [];
    for (const language of ['de', 'en']) {
      const text = readFileSync(new URL(`../../resources/sample/${language}.tsv`, import.meta.url), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[1] ?? '');
      const path = join(shell.folder, `${language}.txt`);
      writeFileSync(path, `${Array.from({ length: 600 }, (_, index) => `${text[index % text.length] ?? ''} ${index}`).join('\n')}\n`);
      const [preview] = await page.call('corpora.inspect', { paths: [path] });
      if (preview === undefined) throw new Error('There is no preview.');
      const imported = await page.call('corpora.import', { name: language, files: [{ ...preview.file, options: { ...preview.file.options, language } }] });
      await expect.poll(() => stateOf(page, imported.job), { timeout: 30_000 }).toBe('done');
      collections.push(imported.collection);
    }
    const [source = 0, target = 0] = collections;
    ({ job } = await page.call('mine.start', { source, target, settings: { ...defaultMineSettings, encoder: 'use-multilingual-v3', threshold: 1.05 }, plan: null, name: null }));
    await expect.poll(async () => (await page.call('jobs.get', { job })).stages.some((stage) => stage.unit === 'sentences' && stage.done > 0), { timeout: 60_000, interval: 10 }).toBe(true);
    expect(shell.electron.observed.blockers.size).toBe(1);
    const [workbench, engine] = [last('workbench.js'), last('engine.js')];
    killHard('workbench.js');
    await expect.poll(() => last('workbench.js') !== workbench, { timeout: 20_000 }).toBe(true);
    const again = await openPage();
    expect(await again.call('project.status', {})).toMatchObject({ path: project });
    await expect.poll(() => stateOf(again, job), { timeout: 120_000 }).toBe('done');
    await expect.poll(() => engine.pid).toBeUndefined();
    await expect.poll(() => shell.electron.observed.blockers.size).toBe(0);
  }, 240_000);

  it('survive kill -9 of the engine, and say why it went', async () => {
    const page = await openPage();
    const engine = last('engine.js');
    killHard('engine.js');
    await expect.poll(async () => (await page.call('project.hostFacts', {})).engine.note, { timeout: 10_000 }).toMatch(/killed it.*exit code 9/u);
    await page.call('models.verify', { id: 'use-multilingual-v3' });
    expect(last('engine.js')).not.toBe(engine);
    expect((await page.call('project.hostFacts', {})).engine.state).toBe('ready');
  }, 60_000);

  it('close the project in order when the window is closed', async () => {
    expect(existsSync(`${project}.lock`)).toBe(true);
    shell.electron.observed.windows[0]?.emit('close', { preventDefault: () => undefined });
    await expect.poll(() => shell.electron.observed.quits, { timeout: 20_000 }).toBe(1);
    expect(existsSync(`${project}.lock`)).toBe(false);
    await expect.poll(() => processes.filter((each) => each.pid !== undefined)).toEqual([]);
  }, 60_000);
});

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultMineSettings } from '../../main/contract/mine.ts';
import { projectRoot } from '../../scripts/bench/cli-support.ts';
import { startServed, type Page, type ServedProcess } from '../../scripts/bench/served-support.ts';
import { settled } from '../support.ts';

/** A mining whose engine, or whose workbench, is killed with SIGKILL in the middle ends with the bytes of one that nobody disturbed. Long form: scripts/bench/kill-resume.ts. */
let folder: string;
let expected: Readonly<Record<string, string>>;

const lines = 400;
const write = (language: string): string => {
  const sample = readFileSync(join(projectRoot, 'resources', 'sample', `${language}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[1] ?? '');
  const path = join(folder, `${language}.txt`);
  writeFileSync(path, `${Array.from({ length: lines }, (_, i) => `${sample[i % sample.length] ?? ''}${i < sample.length ? '' : ` ${Math.floor(i / sample.length) + 1}.`}`).join('\n')}\n`);
  return path;
};

const serve = (name: string): Promise<ServedProcess> => startServed({ home: join(folder, 'home'), root: folder, args: ['--project', join(folder, `${name}.dragoman`)] });

const startMining = async (page: Page): Promise<{ readonly job: number; readonly run: number }> => {
  const imported = async (language: string): Promise<number> => {
    const [preview] = await page.call('corpora.inspect', { paths: [join(folder, `${language}.txt`)] });
    if (preview === undefined) throw new Error('no preview');
    const { job, collection } = await page.call('corpora.import', { name: language, files: [{ ...preview.file, options: { ...preview.file.options, language } }] });
    expect(await settled(page, job)).toMatchObject({ state: 'done' });
    return collection;
  };
  return page.call('mine.start', { source: await imported('de'), target: await imported('en'), settings: { ...defaultMineSettings, encoder: 'use-multilingual-v3', threshold: 1.05 }, plan: null, name: null });
};

/** Resolves when some sentences are encoded and most are not. */
const inTheMiddle = async (page: Page, job: number): Promise<void> => {
  for (;;) {
    const { state, stages } = await page.call('jobs.get', { job });
    expect(['queued', 'running']).toContain(state);
    if (stages.some((stage) => stage.unit === 'sentences' && stage.done > 0)) return;
    await new Promise((go) => { setTimeout(go, 5); });
  }
};

/** The written pairs, and every file of vectors and neighbours. */
const bytesOf = async (page: Page, name: string, run: number): Promise<Readonly<Record<string, string>>> => {
  const path = join(folder, `${name}.tsv`);
  const { job } = await page.call('export.start', { origin: { run }, predicate: null, format: 'mined-tsv', path, columns: [], overwrite: true });
  expect(await settled(page, job)).toMatchObject({ state: 'done' });
  const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
  const side = join(folder, `${name}.dragoman.d`);
  const kept = readdirSync(side, { recursive: true, encoding: 'utf8' }).filter((file) => /(vectors|hashes|forward|backward|pairs)\.bin$|\.u32$/.test(file)).sort();
  expect(kept.length).toBeGreaterThan(4);
  return Object.fromEntries([['pairs', hash(path)], ...kept.map((file) => [file, hash(join(side, file))])]);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-killed-'));
  for (const language of ['de', 'en']) write(language);
  const host = await serve('undisturbed');
  const page = await host.page();
  const { job, run } = await startMining(page);
  await settled(page, job);
  expected = await bytesOf(page, 'undisturbed', run);
  await host.end();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux')('killed in the middle of mining', () => {
  test('the engine: the job goes on by itself to the same bytes, and says what happened', async () => {
    const host = await serve('engine');
    try {
      const page = await host.page();
      const { job, run } = await startMining(page);
      await inTheMiddle(page, job);
      const engines = host.children();
      expect(engines).toHaveLength(1);
      for (const engine of engines) process.kill(engine, 'SIGKILL');
      expect(await settled(page, job)).toMatchObject({ state: 'done' });
      expect((await page.call('jobs.log', { job, after: 0, count: 500 })).lines.map(({ text }) => text).join('\n')).toMatch(/engine stopped .*SIGKILL/i);
      expect(host.children()).not.toEqual(engines);
      expect(await bytesOf(page, 'engine', run)).toEqual(expected);
    } finally {
      await host.end();
    }
  }, 120_000);

  test('the workbench: its engine ends with it, and the job goes on from the next start to the same bytes', async () => {
    const first = await serve('workbench');
    const page = await first.page();
    const { job, run } = await startMining(page);
    await inTheMiddle(page, job);
    const engines = first.children();
    await first.end('SIGKILL');
    await expect.poll(() => engines.filter(isAlive), { timeout: 20_000 }).toEqual([]);
    const second = await serve('workbench');
    try {
      const again = await second.page();
      expect(await again.call('jobs.get', { job })).toMatchObject({ state: 'interrupted' });
      await again.call('jobs.resume', { job });
      expect(await settled(again, job)).toMatchObject({ state: 'done' });
      expect(await bytesOf(again, 'workbench', run)).toEqual(expected);
    } finally {
      await second.end();
    }
  }, 120_000);
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

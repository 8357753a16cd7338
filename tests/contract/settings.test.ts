import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultMineSettings, type MineSettings, type Run } from '../../main/contract/mine.ts';
import type { StorageKind } from '../../main/contract/settings.ts';
import type { WorkbenchContract } from '../../main/contract/workbench.ts';
import type { Client } from '../../main/rpc/client.ts';
import { openProject } from '../../main/store/project.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** Settings and clean-up over a real project with real vectors. */
const sample = fileURLToPath(new URL('../../resources/sample', import.meta.url));
const recipe: MineSettings = { ...defaultMineSettings, encoder: 'use-multilingual-v3', index: 'exact', threshold: 1 };
const sentences = 120;

describe('settings and what lies on the disk', () => {
  let bench: Bench;
  let client: Client<WorkbenchContract>;
  const collections = { de: 0, en: 0 };

  const start = async (more: Partial<MineSettings> = {}) => client.call('mine.start', { source: collections.de, target: collections.en, settings: { ...recipe, ...more }, plan: null, name: null });
  const mined = async (more: Partial<MineSettings> = {}): Promise<Run> => {
    const { job, run } = await start(more);
    expect(await settled(client, job)).toMatchObject({ state: 'done' });
    return client.call('mine.run', { run });
  };
  const part = async (kind: StorageKind) => (await client.call('settings.storage', {})).parts.find((one) => one.kind === kind);
  const marginsOf = async (run: Run) => {
    const { view } = await client.call('pairs.view', { origin: { run: run.id }, predicate: null, sort: null });
    return (await client.call('pairs.page', { view, from: 0, count: 100 })).rows.map((row) => [row.source.id, row.target.id, row.values['margin']]);
  };

  beforeAll(async () => {
    bench = await openBench();
    client = bench.client;
    await client.call('project.create', { path: join(bench.folder, 'town') });
    for (const language of ['de', 'en'] as const) {
      const path = join(bench.folder, `${language}.tsv`);
      writeFileSync(path, `${readFileSync(join(sample, `${language}.tsv`), 'utf8').split('\n').slice(0, sentences).join('\n')}\n`);
      const [preview] = await client.call('corpora.inspect', { paths: [path] });
      if (preview === undefined) throw new Error('no preview');
      const { job, collection } = await client.call('corpora.import', { name: language, files: [{ ...preview.file, options: { ...preview.file.options, language } }] });
      await settled(client, job);
      collections[language] = collection;
    }
  });
  afterAll(() => bench.close());

  test('provider and threads hold for the next run; what a run asks for itself goes before', async () => {
    await client.call('settings.change', { provider: 'cpu', threads: 1 });
    const plan = await client.call('mine.plan', { source: collections.de, target: collections.en, settings: recipe });
    expect(plan).toMatchObject({ provider: 'cpu', threads: 1 });
    expect((await client.call('mine.plan', { source: collections.de, target: collections.en, settings: { ...recipe, threads: 2 } })).threads).toBe(2);
    const measured: unknown[] = [];
    const { measures } = await client.stream('models.probe', { id: 'use-multilingual-v3', providers: ['cpu'] }, { onItem: (measure) => { measured.push(measure); } });
    expect(measures).toMatchObject([{ provider: 'cpu', state: 'works', difference: 0, threads: 1 }]);
    expect(measured).toEqual(measures);
  });

  test('vectors of a run can go and are made again with the same result; lists that explain margins stay', async () => {
    const run = await mined();
    const before = await marginsOf(run);
    const vectors = await part('vectors');
    expect(vectors).toMatchObject({ free: { bytes: vectors?.bytes ?? -1 }, kept: [] });
    expect(vectors?.bytes).toBeGreaterThan(2 * sentences * 512 * 4);
    expect(await part('results')).toMatchObject({ free: { bytes: 0 }, kept: [{ why: 'explain' }] });

    const cleaned = await client.call('settings.cleanUp', { kinds: ['vectors', 'spare-vectors', 'results', 'ended-runs'] });
    expect(cleaned).toMatchObject({ failed: 0, freed: [{ kind: 'vectors', bytes: vectors?.bytes, files: vectors?.files }] });
    expect(await part('vectors')).toBeUndefined();
    const [pair] = (await client.call('pairs.page', { view: (await client.call('pairs.view', { origin: { run: run.id }, predicate: null, sort: null })).view, from: 0, count: 1 })).rows;
    expect((await client.call('mine.explain', { run: run.id, pair: pair?.id ?? 0 })).sourceNeighbours).toHaveLength(4);

    const again = await mined();
    expect(again.counts).toMatchObject({ reused: 0 });
    expect(await marginsOf(again)).toEqual(before);
  });

  test('vectors of another plan that no run of the list uses are spare; those of a removed run only while undo cannot want them', async () => {
    const run = await mined({ precision: 'f16' });
    expect(await part('spare-vectors')).toBeUndefined();
    await client.call('mine.remove', { run: run.id });
    const spare = await part('spare-vectors');
    expect(spare?.free.bytes).toBeGreaterThan(0);
    expect((await part('results'))?.kept).toContainEqual({ why: 'undo', bytes: expect.any(Number) });
    await client.call('settings.cleanUp', { kinds: ['spare-vectors'] });
    await client.call('project.undo', {});
    expect(await marginsOf(run)).not.toEqual([]);
    expect((await client.call('mine.hubs', { run: run.id, side: 'source', count: 1 })).length).toBe(1);
  });

  test('nothing of the project goes while a job runs or may go on, and files of a cancelled one do', async () => {
    const { job, run } = await start({ k: 5 });
    expect(await client.call('settings.cleanUp', { kinds: ['vectors', 'spare-vectors', 'ended-runs'] })).toEqual({ freed: [], failed: 0 });
    expect((await part('vectors'))?.kept).toMatchObject([{ why: 'job' }]);
    expect(await settled(client, job)).toMatchObject({ state: 'done' });

    const other = await start({ k: 6 });
    await client.call('jobs.pause', { job: other.job }).catch(() => undefined);
    const stopped = await settled(client, other.job);
    if (stopped.state === 'paused') {
      await client.call('settings.cleanUp', { kinds: ['vectors'] });
      expect((await part('vectors'))?.kept).toContainEqual({ why: 'job', bytes: expect.any(Number) });
      await client.call('jobs.cancel', { job: other.job });
    }
    const ended = join(bench.folder, 'town.dragoman.d', 'runs', '999');
    mkdirSync(ended);
    writeFileSync(join(ended, 'forward.raw'), 'half a list');
    const freed = await client.call('settings.cleanUp', { kinds: ['ended-runs'] });
    expect(freed.freed[0]?.bytes).toBeGreaterThanOrEqual(11);
    expect(existsSync(ended)).toBe(false);
    expect((await client.call('mine.hubs', { run, side: 'target', count: 1 })).length).toBe(1);
  });

  test('dropped files stay for a day and as long as a gold list needs them', async () => {
    const uploads = join(bench.folder, 'data', 'uploads');
    const old = new Date(Date.now() - 3 * 86_400_000);
    for (const [name, text] of [['aaaaaaaaaaaa', 'a de-1\ten-1\n'], ['bbbbbbbbbbbb', 'old'], ['cccccccccccc', 'fresh']] as const) {
      mkdirSync(join(uploads, name), { recursive: true });
      writeFileSync(join(uploads, name, 'file.tsv'), text);
      if (name !== 'cccccccccccc') utimesSync(join(uploads, name), old, old);
    }
    const run = (await client.call('mine.runs', {})).find((one) => one.state === 'ready');
    await client.call('mine.gold', { run: run?.id ?? 0, gold: join(uploads, 'aaaaaaaaaaaa', 'file.tsv'), ignore: null });
    expect(await part('uploads')).toMatchObject({ files: 3, free: { files: 1, bytes: 3 } });
    expect(await client.call('settings.cleanUp', { kinds: ['uploads'] })).toEqual({ freed: [{ kind: 'uploads', bytes: 3, files: 1 }], failed: 0 });
    expect([existsSync(join(uploads, 'aaaaaaaaaaaa')), existsSync(join(uploads, 'bbbbbbbbbbbb')), existsSync(join(uploads, 'cccccccccccc'))]).toEqual([true, false, true]);
  });

  test('dropped files that another project names stay, and all of them where that project cannot be asked', async () => {
    const uploads = join(bench.folder, 'data', 'uploads');
    const old = new Date(Date.now() - 3 * 86_400_000);
    for (const name of ['dddddddddddd', 'eeeeeeeeeeee']) {
      mkdirSync(join(uploads, name), { recursive: true });
      writeFileSync(join(uploads, name, 'lines.txt'), 'A line.\nAnother line.\n');
      utimesSync(join(uploads, name), old, old);
    }
    const [preview] = await client.call('corpora.inspect', { paths: [join(uploads, 'dddddddddddd', 'lines.txt')] });
    if (preview === undefined) throw new Error('no preview');
    const { job } = await client.call('corpora.import', { name: 'dropped', files: [{ ...preview.file, options: { ...preview.file.options, language: 'en' } }] });
    await settled(client, job);
    expect((await part('uploads'))?.free).toEqual({ bytes: 22, files: 1 });

    const town = join(bench.folder, 'town.dragoman');
    await client.call('project.create', { path: join(bench.folder, 'beside') });
    const before = readdirSync(bench.folder).filter((name) => name.startsWith('town'));
    expect(await part('uploads')).toMatchObject({ free: { bytes: 22, files: 1 }, kept: expect.arrayContaining([{ why: 'other-project', bytes: expect.any(Number) }]) });
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('town'))).toEqual(before);

    const elsewhere = openProject(town);
    elsewhere.setMeta('test', 'something new');
    expect((await part('uploads'))?.free).toEqual({ bytes: 0, files: 0 });
    await elsewhere.close();
    expect(await client.call('settings.cleanUp', { kinds: ['uploads'] })).toEqual({ freed: [{ kind: 'uploads', bytes: 22, files: 1 }], failed: 0 });
    expect([existsSync(join(uploads, 'dddddddddddd')), existsSync(join(uploads, 'eeeeeeeeeeee'))]).toEqual([true, false]);
    await client.call('project.open', { path: town });
  });

  test('a project that is new gets its working folder where the settings say, and earlier ones stay where they are', async () => {
    const chosen = join(bench.folder, 'fast-disk');
    const now = await client.call('settings.change', { cacheFolder: chosen });
    expect(now.cacheFolder).toBe(join(chosen, 'dragoman-cache', 'models'));
    await client.call('project.create', { path: join(bench.folder, 'second') });
    expect(existsSync(join(bench.folder, 'second.dragoman.d'))).toBe(false);
    expect(bench.workbench.current.get().folder).toContain(join(chosen, 'dragoman-cache', 'projects'));
    expect(await part('other-projects')).toMatchObject({ free: { bytes: 0 }, kept: [{ why: 'other-project' }] });
    await client.call('project.open', { path: join(bench.folder, 'town.dragoman') });
    expect(bench.workbench.current.get().folder).toBe(join(bench.folder, 'town.dragoman.d'));
    await expect(client.call('settings.change', { cacheFolder: '/etc' })).rejects.toMatchObject({ data: { code: 'file-outside-roots' } });
  });
});

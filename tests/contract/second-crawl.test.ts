import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultMineSettings, type MineSettings, type Run } from '../../main/contract/mine.ts';
import type { WorkbenchContract } from '../../main/contract/workbench.ts';
import type { Client } from '../../main/rpc/client.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** A second crawl of the sample: what was mined before is neither encoded nor compared again. */
const sample = fileURLToPath(new URL('../../resources/sample', import.meta.url));
const settings: MineSettings = { ...defaultMineSettings, encoder: 'use-multilingual-v3', provider: 'cpu', index: 'exact', threshold: 1 };
const firstCrawl = 220;

describe('a second crawl', () => {
  let bench: Bench;
  let client: Client<WorkbenchContract>;
  const old = { de: 0, en: 0 };
  const now = { de: 0, en: 0 };

  const write = (language: 'de' | 'en', name: string, from: number, to?: number): string => {
    const path = join(bench.folder, `${language}-${name}.tsv`);
    writeFileSync(path, `${readFileSync(join(sample, `${language}.tsv`), 'utf8').trimEnd().split('\n').slice(from, to).join('\n')}\n`);
    return path;
  };

  const fileOf = async (path: string, language: 'de' | 'en') => {
    const [preview] = await client.call('corpora.inspect', { paths: [path] });
    if (preview === undefined) throw new Error('no preview');
    return { ...preview.file, options: { ...preview.file.options, language } };
  };

  const mined = async (source: number, target: number, more: Partial<MineSettings>, earlier: number | null): Promise<Run> => {
    const asked = { ...settings, ...more };
    const plan = await client.call('mine.plan', { source, target, settings: asked, earlier });
    const started = await client.call('mine.start', { source, target, settings: asked, plan, name: null, earlier });
    expect(await settled(client, started.job)).toMatchObject({ state: 'done' });
    return client.call('mine.run', { run: started.run });
  };

  const pairsOf = async (run: Run): Promise<string> => {
    const path = join(bench.folder, `pairs-${run.id}.tsv`);
    const { job } = await client.call('export.start', { origin: { run: run.id }, predicate: { kind: 'all', of: [] }, format: 'mined-tsv', path, columns: [], overwrite: true });
    expect(await settled(client, job)).toMatchObject({ state: 'done' });
    return readFileSync(path, 'utf8');
  };

  beforeAll(async () => {
    bench = await openBench();
    client = bench.client;
    await client.call('project.create', { path: join(bench.folder, 'crawls') });
    for (const language of ['de', 'en'] as const) {
      const first = await client.call('corpora.import', { name: language, files: [await fileOf(write(language, 'first', 0, firstCrawl), language)] });
      await settled(client, first.job);
      old[language] = first.collection;
      const second = await client.call('corpora.extend', { collection: first.collection, name: `${language} again`, files: [await fileOf(write(language, 'rest', firstCrawl), language)] });
      await settled(client, second.job);
      now[language] = second.collection;
    }
  });
  afterAll(() => bench.close());

  test('encodes and compares only what is new, and gives the pairs of a full run', async () => {
    const first = await mined(old.de, old.en, { refine: 'off' }, null);
    expect(first.counts).toMatchObject({ encoded: 2 * firstCrawl, reused: 0 });
    const plan = await client.call('mine.plan', { source: now.de, target: now.en, settings: { ...settings, refine: 'off' }, earlier: first.id });
    const full = await client.call('mine.plan', { source: now.de, target: now.en, settings: { ...settings, refine: 'off' } });
    const added = { de: 319 - firstCrawl, en: 323 - firstCrawl };
    expect(plan.earlier).toEqual({ run: first.id, carried: true, newSources: added.de, newTargets: added.en });
    const searching = (of: typeof plan): number => of.stages.find((stage) => stage.name === 'neighbours')?.seconds ?? 0;
    expect(searching(plan)).toBeLessThan(searching(full));

    const second = await mined(now.de, now.en, { refine: 'off' }, first.id);
    expect(second.counts).toMatchObject({ encoded: added.de + added.en, reused: 2 * firstCrawl, sourceSentences: 319, targetSentences: 323 });
    expect(second.warnings.map((warning) => warning.text).join(' ')).toContain(`${added.de} new sources, ${added.en} new targets; only these were compared`);
    const anew = await mined(now.de, now.en, { refine: 'off' }, null);
    expect(await pairsOf(second)).toBe(await pairsOf(anew));

    const compared = await client.call('mine.compare', { left: first.id, right: second.id, kind: 'gained', from: 0, count: 500 });
    expect(compared.gained).toBeGreaterThan(20);
    expect(compared.rows).toHaveLength(compared.gained);
    expect(compared.rows.every((row) => row.left === null && row.right !== null)).toBe(true);
  }, 60_000);

  test('keeps the means of the first run where it was centred, and says so', async () => {
    const first = await mined(old.de, old.en, { refine: 'on' }, null);
    const second = await mined(now.de, now.en, { refine: 'on' }, first.id);
    if (first.refinement?.['mapUsed'] === true) throw new Error('the sample is not meant to need a linear map');
    expect(second.plan).toMatchObject({ centre: true, linearMap: 'off', earlier: { carried: true } });
    expect(second.refinement).toMatchObject({ kind: 'centre', meansFrozen: true, meansSourceSentences: firstCrawl, sourceMeans: first.refinement?.['sourceMeans'] });
  }, 60_000);

  test('says why a run cannot be carried on, and mines everything', async () => {
    const [last] = await client.call('mine.runs', {});
    if (last === undefined) throw new Error('no run');
    const other = await mined(now.de, now.en, { refine: 'off', k: 6 }, last.id);
    expect(other.plan.warnings.join(' ')).toContain('Everything will be compared anew');
    expect(other.warnings.map((warning) => warning.text).join(' ')).toMatch(/Everything was compared anew: the earlier run listed 4/);
    await expect(client.call('mine.plan', { source: now.de, target: now.en, settings, earlier: 4711 })).rejects.toMatchObject({ data: { code: 'not-found' } });
  }, 60_000);
});

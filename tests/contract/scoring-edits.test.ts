import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultMineSettings } from '../../main/contract/mine.ts';
import { openBench, settled, type Bench } from '../support.ts';

let bench: Bench;
beforeAll(async () => { bench = await openBench(); });
afterAll(() => bench.close());

const rows = [
  'Der Zug fährt um acht Uhr ab. Ich mag Äpfel.\tThe train leaves at eight. I like apples.', 'Die Kirche ist sehr alt.\tParliament passed the law.', 'Sie isst gern Obst.\tShe likes eating fruit.',
  'Das Parlament hat das Gesetz beschlossen.\tParliament passed the law yesterday.', 'Morgen wird es regnen.\tIt will rain tomorrow.',
];

/** With the real encoder: what is scored is what the pairs read like now. */
test('scoring a bitext and exporting it read edited, split and merged pairs', async () => {
  const client = bench.client;
  await client.call('project.create', { path: join(bench.folder, 'edits') });
  const path = join(bench.folder, 'few.de-en.tsv');
  writeFileSync(path, `${rows.join('\n')}\n`);
  const [preview] = await client.call('corpora.inspect', { paths: [path] });
  if (preview === undefined) throw new Error('no preview');
  const { collection, job } = await client.call('corpora.import', { name: 'few', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de', targetLanguage: 'en' } }] });
  await settled(client, job);
  const origin = { collection };
  const page = async () => {
    const { view } = await client.call('pairs.view', { origin, predicate: null, sort: null });
    return (await client.call('pairs.page', { view, from: 0, count: 10 })).rows;
  };
  const score = async () => {
    expect(await settled(client, (await client.call('mine.scoreBitext', { collection, settings: defaultMineSettings })).job)).toMatchObject({ state: 'done' });
    return page();
  };
  const before = await score();
  const ids = before.map(({ id }) => id);
  const annotator = (await client.call('review.addAnnotator', { name: 'anna' })).id;
  await client.call('review.edit', { origin, pair: ids[1] ?? 0, annotator, side: 'target', text: 'The church is very old.' });
  await client.call('review.split', { origin, pair: ids[0] ?? 0, annotator, sourceAt: 29, targetAt: 26 });
  await client.call('review.merge', { origin, pairs: [ids[3] ?? 0, ids[4] ?? 0], annotator });

  const after = await score();
  expect(after.map(({ source }) => source.text)).toEqual([
    'Der Zug fährt um acht Uhr ab.', 'Die Kirche ist sehr alt.', 'Sie isst gern Obst.', 'Das Parlament hat das Gesetz beschlossen. Morgen wird es regnen.', 'Ich mag Äpfel.',
  ]);
  const cosine = (row: (typeof after)[number] | undefined): number => Number(row?.values['cosine'] ?? Number.NaN);
  expect(cosine(after[1])).toBeGreaterThan(cosine(before[1]) + 0.3);
  expect(cosine(after[4])).toBeGreaterThan(0.6);
  expect(cosine(after[2])).toBeCloseTo(cosine(before[2]), 4);

  const [run] = await client.call('mine.runs', {});
  const why = await client.call('mine.explain', { run: run?.id ?? 0, pair: after[4]?.id ?? 0 });
  expect(why.targetNeighbours.find(({ thisPair }) => thisPair)?.text).toBe('Ich mag Äpfel.');
  expect(why.cosine).toBe(cosine(after[4]));

  const out = join(bench.folder, 'out.tsv');
  const exported = await client.call('export.preview', { request: { origin, predicate: { kind: 'all', of: [] }, format: 'tsv', columns: [], path: out, overwrite: true } });
  expect(exported.pairs).toBe(5);
  expect(exported.head).toContain('The church is very old.');
  expect(exported.head).not.toContain('Parliament passed the law.\n');
});

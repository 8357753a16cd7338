import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Predicate } from '../../main/contract/pairs.ts';
import { openBench, settled, type Bench } from '../support.ts';

let bench: Bench;
let origin: { readonly collection: number };
const call: Bench['client']['call'] = (...asked) => bench.client.call(...asked);

const right = ['Das Boot fährt um acht Uhr aus dem Hafen.\tThe boat leaves the harbour at eight o’clock.', 'Am Abend ist der Markt geschlossen.\tThe market is closed in the evening.'];
const wrong = ['Le bateau quitte le port à huit heures du matin.\tThe boat leaves the harbour at eight in the morning.', 'Der Leuchtturm steht am Ende der Insel.\tЭтот маяк был построен на самом краю острова, и его видно отовсюду.', '12:30\t12:30'];
const textsOf = async (predicate: Predicate): Promise<readonly string[]> => {
  const { view } = await call('pairs.view', { origin, predicate, sort: null });
  return (await call('pairs.page', { view, from: 0, count: 100 })).rows.map(({ source }) => source.text);
};
const other = (side: 'source' | 'target' | 'either'): Predicate => ({ kind: 'otherLanguage', side });

const openPairs = async (lines: readonly string[], languages: { readonly language: string; readonly targetLanguage: string } = { language: 'de', targetLanguage: 'en' }): Promise<void> => {
  await call('project.create', { path: join(bench.folder, 'one') });
  const path = join(bench.folder, 'pairs.tsv');
  writeFileSync(path, `source\ttarget\tscore\n${lines.map((line, at) => `${line}\t${at}`).join('\n')}\n`);
  const [preview] = await call('corpora.inspect', { paths: [path] });
  if (preview === undefined) throw new Error('no preview');
  const { job, collection } = await call('corpora.import', { name: 'mixed', files: [{ ...preview.file, options: { ...preview.file.options, ...languages } }] });
  await settled(bench.client, job);
  origin = { collection };
};

beforeEach(async () => { bench = await openBench(); });
afterEach(() => bench.close());

describe('the languages of texts', () => {
  it('are found by a job; then another language than the collection’s filters, and what was found counts like any label', async () => {
    await openPairs([...right, ...wrong]);
    await expect(textsOf(other('either'))).rejects.toMatchObject({ data: { code: 'bad-input', hint: expect.stringContaining('Detect languages') } });
    const { job } = await call('pairs.detectLanguages', { origin });
    expect((await settled(bench.client, job)).state).toBe('done');
    expect(await textsOf(other('source'))).toEqual(['Le bateau quitte le port à huit heures du matin.']);
    expect(await textsOf(other('target'))).toEqual(['Der Leuchtturm steht am Ende der Insel.']);
    expect(await textsOf(other('either'))).toHaveLength(2);
    expect(await textsOf({ kind: 'not', of: other('either') })).toHaveLength(3);
    const { labels } = await call('pairs.facets', { origin, predicate: null, by: null });
    expect(labels).toEqual([
      { column: 'sourceLanguageFound', value: 'de', count: 3 }, { column: 'sourceLanguageFound', value: 'fr', count: 1 },
      { column: 'targetLanguageFound', value: 'en', count: 3 }, { column: 'targetLanguageFound', value: 'ru', count: 1 },
    ]);
    expect(await textsOf({ kind: 'label', column: 'sourceLanguageFound', value: 'fr' })).toHaveLength(1);
    expect(await textsOf({ kind: 'label', column: 'sourceLanguageFound', value: '' })).toEqual(['12:30']);
  });

  it('are those of the texts as they read when they are asked for again', async () => {
    await openPairs([...right, ...wrong]);
    const anna = (await call('review.addAnnotator', { name: 'anna' })).id;
    const { view } = await call('pairs.view', { origin, predicate: null, sort: null });
    const [, , french] = (await call('pairs.page', { view, from: 0, count: 9 })).rows;
    await call('review.edit', { origin, pair: french?.id ?? -1, annotator: anna, side: 'source', text: 'Das Boot verlässt den Hafen um acht Uhr am Morgen.' });
    const { job } = await call('pairs.detectLanguages', { origin });
    await settled(bench.client, job);
    expect(await textsOf(other('source'))).toEqual([]);
  });

  it('cancelled, it leaves what it found so far and can be asked for again', async () => {
    await openPairs(Array.from({ length: 2_500 }, (_, at) => `Das Boot Nummer ${at} fährt aus dem Hafen.\tLe bateau numéro ${at} quitte le port.`));
    const { job } = await call('pairs.detectLanguages', { origin });
    await call('jobs.cancel', { job });
    expect((await settled(bench.client, job)).state).toBe('cancelled');
    const again = await call('pairs.detectLanguages', { origin });
    expect((await settled(bench.client, again.job)).state).toBe('done');
    expect((await bench.client.stream('pairs.count', { origin, predicate: other('target') })).count).toBe(2_500);
  });

  it('are not asked for where nobody has said which language is expected', async () => {
    await openPairs(right, { language: 'und', targetLanguage: 'und' });
    await expect(call('pairs.detectLanguages', { origin })).rejects.toMatchObject({ data: { code: 'language-unknown' } });
  });
});

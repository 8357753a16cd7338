import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { samplePairs } from '../../../tests/sample-pairs.ts';
import type { EncoderDescription } from '../../contract/models.ts';
import { labelWords } from '../../domain/label/label-words.ts';
import { createEncoderCache, type EncoderCache } from '../encoder-cache.ts';
import { readBundledModel } from '../model-bundled.ts';
import { createRunQueue, type RunQueue } from '../run-queue.ts';
import { createAlignWords, type AlignWordsPart } from './align-words.ts';
import { learnLinks } from './learn-links.ts';

let queue: RunQueue;
let encoders: EncoderCache;
let part: AlignWordsPart;
const cacheFolder = mkdtempSync(join(tmpdir(), 'dragoman-align-'));
const signal = new AbortController().signal;
const call = { signal, item: async (): Promise<void> => undefined };

const bundled = async (id: string): Promise<EncoderDescription> => {
  const found = await readBundledModel(fileURLToPath(new URL(`../../../resources/models/${id}`, import.meta.url)));
  if (found === undefined) throw new Error(`${id} is not there`);
  return found;
};
const inWords = (text: string, language: string) => ({ text, words: labelWords(text, language).map(([from, to]): [number, number] => [from, to]) });
const pair = (english: string, german: string) => ({ source: inWords(english, 'en'), target: inWords(german, 'de') });

beforeAll(() => {
  queue = createRunQueue();
  encoders = createEncoderCache(queue, cacheFolder, () => undefined);
  part = createAlignWords({ queue, encoders });
});
afterAll(async () => {
  await encoders.close();
  rmSync(cacheFolder, { recursive: true });
});

it('links the words of sentence pairs, whatever else is in their batch', async () => {
  const encoder = await bundled('multilingual-e5-small');
  const asked = { encoder, provider: 'cpu', threads: 1, rule: 'match', unit: 'word' } as const;
  const seen: number[] = [];
  const pairs = [pair('Paul went to Rome.', 'Paulus ging nach Rom.'), pair('The ship sank.', 'Das Schiff ging unter.'), pair('', 'Leer.')];
  const { links } = await part['engine.alignWords']({ ...asked, pairs }, { signal, item: async ({ done }) => { seen.push(done); } });
  expect(links[0]?.map(([from, to]) => [from, to])).toEqual([[0, 0], [1, 1], [2, 2], [3, 3]]);
  expect(links[1]).toContainEqual([1, 1, expect.any(Number)]);
  expect(links[2]).toEqual([]);
  expect(seen.at(-1)).toBe(3);
  const alone = await part['engine.alignWords']({ ...asked, pairs: pairs.slice(0, 1) }, call);
  expect(alone.links[0]?.map(([from, to]) => [from, to])).toEqual(links[0]?.map(([from, to]) => [from, to]));
}, 120_000);

it('stops where nobody waits any more', async () => {
  const asked = { encoder: await bundled('multilingual-e5-small'), provider: 'cpu', threads: 1, rule: 'match', unit: 'word', pairs: Array.from({ length: 300 }, () => pair('The ship sank.', 'Das Schiff ging unter.')) } as const;
  const stop = new AbortController();
  await expect(part['engine.alignWords']({ ...asked, pairs: [...asked.pairs] }, { signal: stop.signal, item: async () => { stop.abort(); } })).rejects.toMatchObject({ data: { code: 'cancelled' } });
}, 120_000);

it('refuses an encoder that shows no states of single words', async () => {
  await expect(part['engine.alignWords']({ encoder: await bundled('use-multilingual-v3'), provider: 'cpu', threads: 1, rule: 'match', unit: 'word', pairs: [pair('One.', 'Eins.')] }, call)).rejects.toMatchObject({ data: { code: 'model-unsupported' } });
}, 60_000);

it('learns links from the pairs themselves where no encoder helps', async () => {
  const pairs = samplePairs().map(([target, source]) => ({ source: [...source], target: [...target] }));
  const { links } = await learnLinks['engine.learnWordLinks']({ pairs }, call);
  expect(links).toHaveLength(pairs.length);
  const all = links.flat();
  expect(all.every(([, , share]) => share === 1 || share === 0.5)).toBe(true);
  const named = pairs.flatMap(({ source, target }, at) => (links[at] ?? []).map(([from, to]) => [source[from], target[to]] as const)).filter(([from, to]) => from === 'harbour' && /^hafen/iu.test(to ?? ''));
  expect(named.length).toBeGreaterThan(0);
}, 60_000);

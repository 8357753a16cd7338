import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { engineContract } from '../../contract/engine.ts';
import type { InputOf, ItemOf } from '../../contract/method.ts';
import { labelWords } from '../../domain/label/label-words.ts';
import { describeWithShared } from '../../../tests/shared-data.ts';
import { createRunQueue } from '../run-queue.ts';
import { createTranslationModels } from '../seq2seq/translation-models.ts';
import { markedSource } from './marked-text.ts';
import { createPlaceMarkers } from './place-markers.ts';

type Request = InputOf<(typeof engineContract)['engine.placeMarkers']>;
type Item = ItemOf<(typeof engineContract)['engine.placeMarkers']>;

const sentences = [
  ['Angela Merkel saw Tom in Paris.', 'Tom', 'Angela Merkel sah Tom in Paris.', 'Tom'],
  ['Yesterday Mary went to Boston.', 'Mary', 'Gestern ging Maria nach Boston.', 'Maria'],
  ['Tom lives in New York 😀.', 'New York', 'Tom wohnt in New York 😀.', 'New York'],
] as const;

it('marks a span with brackets that are words of their own', () => {
  expect(markedSource('In Paris, (Paris)', 3, 8)).toBe('In [ Paris ], (Paris)');
  expect(markedSource('In Paris, (Paris)', 11, 16)).toBe('In Paris, ( [ Paris ])');
  expect(markedSource('d’Abraham', 2, 9)).toBe('d’ [ Abraham ]');
});

for (const name of ['tiny-m2m-en-de', 'tiny-marian-en-de']) {
  describeWithShared(`models/${name}`, `markers by ${name}`, (folder) => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'dragoman-markers-'));
    const models = createTranslationModels(createRunQueue(), cacheFolder);
    const part = createPlaceMarkers({ models });
    afterAll(async () => {
      await models.close();
      rmSync(cacheFolder, { recursive: true });
    });
    const ask = async (more: Partial<Request>, signal = new AbortController().signal): Promise<Item['placed'][]> => {
      const spans = sentences.map(([source, span, text]) => ({ source, from: source.indexOf(span), to: source.indexOf(span) + span.length, target: { text, words: labelWords(text, 'de').map(([from, to]): [number, number] => [from, to]) } }));
      const placed: Item['placed'][] = [];
      await part['engine.placeMarkers']({ model: { folder, precision: 'auto' }, provider: 'cpu', threads: 1, sourceLanguage: 'en', targetLanguage: 'de', spans, count: 3, search: 'auto', reverse: false, ...more }, { signal, item: async (one) => { placed[one.span] = one.placed; } });
      return placed;
    };
    const textsOf = (placed: readonly Item['placed'][]): string[] => placed.map(({ best: [first] }, at) => { const text = sentences[at]?.[2] ?? ''; const words = labelWords(text, 'de'); return text.slice(words[first?.from ?? 0]?.[0], words[(first?.to ?? 1) - 1]?.[1]); });

    it('stand round the same words, whichever search looks for them', async () => {
      const [table, breadth, depth] = [await ask({ search: 'table' }), await ask({ search: 'breadth' }), await ask({ search: 'depth' })];
      expect(textsOf(table)).toEqual(sentences.map(([, , , expected]) => expected));
      for (const other of [breadth, depth]) {
        expect(other.map(({ best }) => best.map(({ from, to }) => [from, to]))).toEqual(table.map(({ best }) => best.map(({ from, to }) => [from, to])));
        for (const [at, { best }] of other.entries()) expect(best[0]?.score).toBeCloseTo(table[at]?.best[0]?.score ?? 0, 3);
      }
      for (const { share, best, rows } of table) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(best).toHaveLength(3);
        expect(rows).toBeGreaterThan(0);
      }
    });

    it('are scored by the reverse direction too, where the model has one', async () => {
      const placed = await ask({ reverse: true });
      if (name.includes('marian')) expect(placed.every(({ reverse }) => reverse.length === 0)).toBe(true);
      else for (const { reverse, best } of placed) {
        expect(reverse).toHaveLength(best.length);
        expect(Math.max(...reverse)).toBe(reverse[0]);
      }
    });

    it('are refused for a text without words and for one that is too long, with the reason', async () => {
      const long = 'Tom '.repeat(400);
      const one = (text: string) => ({ source: 'Tom', from: 0, to: 3, target: { text, words: labelWords(text, 'de').map(([from, to]): [number, number] => [from, to]) } });
      expect((await ask({ spans: [one('...'), one(long)] })).map(({ refused, best }) => [refused, best])).toEqual([['no-words', []], ['too-long', []]]);
    });

    it('are given up where nobody waits any more', async () => {
      await expect(ask({}, AbortSignal.abort())).rejects.toMatchObject({ data: { code: 'cancelled' } });
    });
  });
}

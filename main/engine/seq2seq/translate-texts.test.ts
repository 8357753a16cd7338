import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TranslatedText, TranslationSearch } from '../../contract/translation.ts';
import { describeWithShared } from '../../../tests/shared-data.ts';
import { createRunQueue } from '../run-queue.ts';
import { translateTexts } from './translate-texts.ts';
import { createTranslationModels, type TranslationModels } from './translation-models.ts';

const never = new AbortController().signal;

describeWithShared('models/tiny-m2m-en-de', 'translating texts', (folder) => {
  const sources = (JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as { readonly items: readonly { readonly src_lang: string; readonly source: string }[] }).items.flatMap(({ src_lang, source }) => (src_lang === 'en' ? [source] : []));
  const queue = createRunQueue();
  let cacheFolder: string;
  let models: TranslationModels;
  beforeAll(() => { cacheFolder = mkdtempSync(join(tmpdir(), 'dragoman-texts-')); models = createTranslationModels(queue, cacheFolder); });
  afterAll(async () => { await models.close(); rmSync(cacheFolder, { recursive: true }); });

  type More = { readonly budget?: number; readonly known?: readonly boolean[]; readonly terms?: TranslatedText['hypotheses'][number]['text']; readonly signal?: AbortSignal };
  const translated = (texts: readonly string[], search: TranslationSearch, { budget, known, terms, signal = never }: More = {}) => models.use({ folder, precision: 'fp32', provider: 'cpu', threads: 1 }, async (model) => {
    const controls = model.controls('en', 'de');
    const found: TranslatedText[] = [];
    const request = { sourceLanguage: 'en', targetLanguage: 'de', search, texts: texts.map((text) => ({ text, terms: terms === undefined ? [] : [{ forms: [terms], times: 1 }] })), known: known ?? texts.map(() => false) };
    const batches: number[] = [];
    await translateTexts(model, budget === undefined ? request : { ...request, budget }, model.scorer(controls, 'batch', signal), controls, async (batch) => { batches.push(batch.length); found.push(...batch); }, signal);
    return { batches, found: found.sort((left, right) => left.index - right.index) };
  });
  const texts = ({ found }: { readonly found: readonly TranslatedText[] }): readonly (readonly string[])[] => found.map(({ hypotheses }) => hypotheses.map(({ text }) => text));
  const beam: TranslationSearch = { kind: 'beam', beams: 3, count: 2, lengthPenalty: 1 };

  it.each<[string, TranslationSearch]>([['a beam search', beam], ['samples', { kind: 'sample', count: 2, seed: 3, temperature: 0.8, topK: 50, topP: 0.9 }]])('gives the same by %s, whatever is computed together', async (_, search) => {
    const together = await translated(sources, search);
    const alone = await translated(sources, search, { budget: 1 });
    const backwards = await translated([...sources].reverse(), search, { budget: 4_000_000 });
    expect(together.batches.length).toBeLessThan(3);
    expect(alone.batches).toEqual(sources.map(() => 1));
    expect(texts(alone)).toEqual(texts(together));
    expect([...texts(backwards)].reverse()).toEqual(texts(together));
  }, 60_000);

  it('leaves out a batch that is known, and no part of one', async () => {
    const all = await translated(sources, beam, { budget: 1 });
    const known = sources.map((_, at) => at % 2 === 0);
    expect((await translated(sources, beam, { budget: 1, known })).found.map(({ index }) => index)).toEqual([...known.keys()].filter((at) => known[at] !== true));
    expect((await translated(sources, beam, { known: known.map((_, at) => at === 0) })).found).toHaveLength(all.found.length);
  }, 60_000);

  it('says which texts are too long, and which terms the vocabulary cannot write', async () => {
    const { found } = await translated([`${'word and '.repeat(200)}`, 'Tom is here.'], beam, { terms: '✈✈' });
    expect(found.map(({ tooLong, hypotheses }) => [tooLong, hypotheses.length])).toEqual([[true, 0], [false, 2]]);
    expect(found[1]?.hypotheses[0]?.unmet).toEqual([0]);
  }, 60_000);

  it('brings a term into every translation', async () => {
    const { found } = await translated(sources.slice(0, 6), beam, { terms: 'Schreiben' });
    for (const { hypotheses: [best] } of found) expect([best?.text, best?.unmet]).toEqual([expect.stringContaining('Schreiben') as string, []]);
  }, 60_000);

  it('stops between two steps when it is cancelled, and lets interactive work in before', async () => {
    const stop = new AbortController();
    const work = translated(sources, { ...beam, beams: 8 }, { signal: stop.signal });
    await queue.run('interactive', async () => undefined);
    stop.abort();
    await expect(work).rejects.toThrow('Cancelled');
  }, 60_000);
});

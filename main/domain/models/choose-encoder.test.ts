import { describe, expect, it } from 'vitest';
import type { EncoderDescription } from '../../contract/models.ts';
import { chooseEncoder, coverageWarnings, type Candidate } from './choose-encoder.ts';
import { batchTokensFor } from './encode-effort.ts';
import { baseLanguage, covers } from './language-coverage.ts';

const encoder = (id: string, languages: readonly string[], bytes = 40_000_000): EncoderDescription => ({
  id, title: id, folder: `/models/${id}`, graph: 'model.onnx', tokenizer: 'tokenizer.json', dense: null, dimension: 8, pooling: 'mean', normalise: true, prefix: '', maximumTokens: 256,
  inputs: ['input_ids'], output: 'x', padId: 0, languages: [...languages], licence: null, source: null, checksums: { 'model.onnx': { bytes, sha256: '' } }, hash: id,
});
const bundled = (one: EncoderDescription): Candidate => ({ encoder: one, bundled: true, measures: [] });
const added = (one: EncoderDescription): Candidate => ({ encoder: one, bundled: false, measures: [] });

const fast = bundled(encoder('use-multilingual-v3', ['ar', 'de', 'en', 'pt', 'zh', 'zh-Hant']));
const broad = bundled(encoder('multilingual-e5-small', ['de', 'en', 'hi', 'no', 'pt', 'sr', 'sw', 'zh'], 74_000_000));
const choose = (languages: readonly string[], models: readonly Candidate[] = [broad, fast], sizes: readonly number[] = [1000, 1000]) => chooseEncoder({ languages, sizes, models });

describe('auto takes', () => {
  it('the fast encoder where it knows both languages, and says what either would cost', () => {
    const { encoder: chosen, reason, warnings } = choose(['de', 'en'], undefined, [124_000, 123_000]);
    expect(chosen.id).toBe('use-multilingual-v3');
    expect(reason).toBe('use-multilingual-v3 knows German (de) and English (en), where it finds more pairs than multilingual-e5-small; encoding takes about 2 min (multilingual-e5-small: about 19 min).');
    expect(warnings).toEqual([]);
  });

  it('the broad one as soon as one language is missing from the fast one', () => {
    const { encoder: chosen, reason, warnings } = choose(['hi', 'en']);
    expect(chosen.id).toBe('multilingual-e5-small');
    expect(reason).toContain('the faster use-multilingual-v3 does not know Hindi (hi)');
    expect(warnings).toEqual([]);
  });

  it('an added encoder where no bundled one knows the languages, the smallest of them', () => {
    const models = [broad, fast, added(encoder('large', ['chr', 'en'], 400_000_000)), added(encoder('small', ['chr', 'en'], 90_000_000))];
    expect(choose(['chr', 'en'], models)).toMatchObject({ encoder: { id: 'small' }, warnings: [] });
  });

  it('the broad one with a warning for every language that nobody states', () => {
    const { encoder: chosen, warnings } = choose(['chr', 'x-elvish']);
    expect(chosen.id).toBe('multilingual-e5-small');
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^multilingual-e5-small was not trained on Cherokee \(chr\): margins there may mean little\./);
  });

  it('the measured speed where there is one', () => {
    const measured: Candidate = { ...fast, measures: [{ provider: 'cpu', state: 'works', sentencesPerSecond: 10, difference: 0, note: null }] };
    expect(choose(['de', 'en'], [broad, measured], [3000, 3000]).reason).toContain('encoding takes about 10 min');
  });

  it('nothing where there is no encoder', () => {
    expect(() => choose(['de', 'en'], [])).toThrow('There is no encoder.');
  });
});

describe('an encoder knows a language', () => {
  it.each([
    ['zh-Hans', true], ['cmn', true], ['zh-Hant-TW', true], ['pt-BR', true], ['nb', true], ['nn-NO', true], ['sr-Latn', true], ['DE', true],
    ['yue', false], ['und', false], ['x-klingon', false], ['fr', false],
  ] as const)('%s: %s', (tag, known) => {
    expect(covers(broad.encoder.languages, tag)).toBe(known);
  });

  it('by its language, whatever script and region the tag names', () => {
    expect(baseLanguage('zh-Hans-CN')).toBe('zh');
    expect(baseLanguage('x-private')).toBeUndefined();
  });

  it('and one that states none is warned about', () => {
    expect(coverageWarnings(encoder('mystery', []), ['de', 'de'])).toEqual(['mystery was not trained on German (de) as far as its files say: margins there may mean little. Look at the pairs before you trust a threshold.']);
  });
});

it('batches get smaller as encoders get larger, and larger on a graphics card', () => {
  const sizes = [39_000_000, 74_000_000, 470_000_000].map((bytes) => batchTokensFor(encoder('one', [], bytes), 'cpu'));
  expect(sizes).toEqual([2048, 1024, 512]);
  expect(batchTokensFor(encoder('one', [], 39_000_000), 'webgpu')).toBe(16_384);
});

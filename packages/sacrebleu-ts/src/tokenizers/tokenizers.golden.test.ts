import { expect, it } from 'vitest';
import { describeWithGolden } from '../../fixtures/golden.ts';
import { chrfWords } from '../../fixtures/chrf-words.ts';
import { codePointLength, pyLower, pyRstrip, pySplit, pyStrip } from '../text/python-text.ts';
import { tokenizerNamed, tokenizerNames } from './registry.ts';

type Case = {
  readonly input: string;
  readonly bleu: Readonly<Record<string, readonly string[]>>;
  readonly split: readonly string[];
  readonly rstrip: string;
  readonly strip: string;
  readonly lower: string;
  readonly length: number;
  readonly chrf_words: readonly string[];
} & { readonly [tokenizer in '13a' | 'zh' | 'intl' | 'char' | 'none']: string };
type Golden = { readonly cases: readonly Case[] };

describeWithGolden<Golden>('tokenizers', 'tokenizers on the golden strings', ({ cases }) => {
  it('has all 854 of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(854);
    expect([...tokenizerNames].sort()).toEqual(['13a', 'char', 'intl', 'none', 'zh']);
  });

  it.each(['13a', 'zh', 'intl', 'char', 'none'] as const)('%s returns the same string, and the same tokens of a stripped line', (name) => {
    const tokenizer = tokenizerNamed(name);
    for (const one of cases) {
      expect(tokenizer.tokenize(one.input), one.input).toBe(one[name]);
      expect(pySplit(tokenizer.tokenize(pyRstrip(one.input))), one.input).toEqual(one.bleu[name] ?? pySplit(one[name]));
    }
  });

  it('splits, strips, lowers and counts as Python does', () => {
    for (const { input, split, rstrip, strip, lower, length } of cases) {
      expect({ split: pySplit(input), rstrip: pyRstrip(input), strip: pyStrip(input), lower: pyLower(input), length: codePointLength(input) }, input)
        .toEqual({ split, rstrip, strip, lower, length });
    }
  });

  it('splits words for chrF++', () => {
    for (const { input, chrf_words: words } of cases) expect(chrfWords(input), input).toEqual(words);
  });
});

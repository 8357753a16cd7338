import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown.ts';
import { bleu, type BleuOptions } from './bleu.ts';
import type { BleuScore } from './bleu-score.ts';

const sentence = (hypothesis: string, reference: string, options: BleuOptions = { effectiveOrder: true }): BleuScore => bleu(options).sentence({ hypothesis, references: [reference] });

describe('single sentences', () => {
  it.each([
    ['', 'a b', 0, 0], ['a b', '', 0, 1], ['', '', 0, 1], ['test', 'test', 100.00000000000004, 1], ['a b', 'a b c', 60.653065971263366, 0.6065306597126334],
    ['the cat sat', 'the cat slept', 55.03212081491043, 1],
  ])('%j against %j', (hypothesis, reference, value, brevityPenalty) => {
    const score = sentence(hypothesis, reference);
    expect(Math.abs(score.value - value)).toBeLessThan(1e-9);
    expect(Math.abs(score.brevityPenalty - brevityPenalty)).toBeLessThan(1e-9);
  });

  it.each([['floor', 32.182979486854336], ['add-k', 68.65890479690394], ['none', 0]] as const)('smoothed by %s', (smoothMethod, value) => {
    expect(Math.abs(sentence('the cat sat', 'the cat slept', { effectiveOrder: true, smoothMethod }).value - value)).toBeLessThan(1e-9);
  });

  it('are 0 where they are shorter than the order, unless that is the effective one', () => {
    expect(sentence('a b', 'a b', {}).value).toBe(0);
    expect(sentence('a b', 'a b').format()).toBe('BLEU = 100.00 100.0/100.0/0.0/0.0 (BP = 1.000 ratio = 1.000 hyp_len = 2 ref_len = 2)');
  });

  it('without any match are 0 before smoothing, with precisions 0 (issue 141)', () => {
    const score = sentence('a b', 'c d', { smoothMethod: 'add-k' });
    expect([score.value, score.precisions, score.counts, score.totals]).toEqual([0, [0, 0, 0, 0], [0, 0, 0, 0], [2, 1, 0, 0]]);
  });

  it('take the nearer reference length, the shorter of two as near, and an empty reference as one', () => {
    const length = (references: readonly (string | null)[]): number => bleu().sentence({ hypothesis: 'a b c', references }).referenceLength;
    expect([length(['a', 'a b c d']), length(['a b c d', 'a b']), length(['a b', 'a b c d']), length(['a b c d e f', '']), length([null, 'a b c d e f'])]).toEqual([4, 2, 2, 0, 6]);
  });
});

it('add-k changes the numbers on the score; of integer rows it loses its fraction', () => {
  const metric = bleu({ smoothMethod: 'add-k', smoothValue: 1.5, maxOrder: 2 });
  const sums = [4, 4, 3, 2, 4, 3];
  expect(metric.score(sums).counts).toEqual([3, 3.5]);
  expect(metric.scoreOfIntegerRows?.(sums).counts).toEqual([3, 3]);
  expect(sums).toEqual([4, 4, 3, 2, 4, 3]);
});

it.each([
  [{ smoothValue: -1 }, 'bad-option', /smoothValue/], [{ smoothMethod: 'expo' }, 'bad-option', /exp, floor, add-k, none/], [{ maxOrder: 0 }, 'bad-option', /from 1 on, not 0/],
  [{ maxOrder: 2.5 }, 'bad-option', /whole number/], [{ max_ngram_order: 4 }, 'unknown-option', /no option "max_ngram_order"\. It has maxOrder/],
  [{ tokenize: '13b' }, 'unknown-tokenizer', /"13b"/], [{ tokenize: 'ja-mecab' }, 'tokenizer-unavailable', /not available, because/],
])('refuses %j as %s', (options, code, message) => {
  const error = thrownBy(() => bleu(options as BleuOptions));
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
});

it('takes any tokenizer, and signs with its name', () => {
  const vowels = bleu({ tokenize: { signature: 'vowels', tokenize: (text) => text.replace(/[^aeiou]/g, ' ') }, maxOrder: 1 });
  expect(vowels.sentence({ hypothesis: 'sacrebleu', references: ['a e b l eu'] }).format()).toMatch(/^BLEU = 100\.00 100\.0 .*hyp_len = 3 ref_len = 3/);
  expect(vowels.signatureFields()[2]).toEqual(['tok', 'tok', 'vowels']);
});

import { describe, expect, it } from 'vitest';
import { chrfWords } from '../../fixtures/chrf-words.ts';
import { thrownBy } from '../../fixtures/thrown.ts';
import { chrf, type ChrfOptions } from './chrf.ts';
import { marksSplitOffAWord } from './chrf-words.ts';

describe('The cat (sat). / the cat sat.', () => {
  it.each<[ChrfOptions, string, number]>([
    [{}, 'chrF2', 40.113175320974314], [{ wordOrder: 2 }, 'chrF2++', 36.375118520139296], [{ epsSmoothing: true }, 'chrF2', 40.106553903096454],
    [{ whitespace: true }, 'chrF2', 53.65386173079747], [{ lowercase: true }, 'chrF2', 53.42720095635782],
  ])('%j', (options, name, value) => {
    const score = chrf(options).sentence({ hypothesis: 'The cat (sat).', references: ['the cat sat.'] });
    expect([score.name, score.value]).toEqual([name, value]);
  });
});

it.each([['', 'a', 0, 8.333333333333334e-15], ['a', '', 0, 1.0000000000000002e-14], ['', '', 0, 1.0000000000000002e-14]])('%j against %j, without and with a smoothing constant', (hypothesis, reference, plain, smoothed) => {
  const segment = { hypothesis, references: [reference] };
  expect(chrf().sentence(segment).value).toBe(plain);
  expect(chrf({ epsSmoothing: true }).sentence(segment).value).toBe(smoothed);
});

it('splits one mark off a word, the last before the first (issue 124)', () => {
  expect(marksSplitOffAWord).toBe(1);
  expect(chrfWords('(hi) (a ! ... «b» it\'s')).toEqual(['(hi', ')', '(', 'a', '!', '..', '.', '«b»', "it's"]);
});

it('takes the best reference, the first of equals', () => {
  const metric = chrf({ charOrder: 1 });
  expect([...metric.extract([{ hypothesis: 'ab', references: ['xy', null, 'ac', 'bd', 'a'] }]).values]).toEqual([2, 1, 1]);
  expect([...metric.extract([{ hypothesis: 'abc', references: ['abx', 'ybc'] }]).values]).toEqual([3, 3, 2]);
});

it('counts no n-gram of an order that the reference lacks', () => {
  expect([...chrf({ charOrder: 3 }).extract([{ hypothesis: 'abcd', references: ['ab'] }]).values]).toEqual([4, 2, 2, 3, 1, 1, 0, 0, 0]);
});

it.each([
  [{ charOrder: 0 }, 'bad-option', /both 0/], [{ beta: -1 }, 'bad-option', /beta/], [{ beta: Number.NaN }, 'bad-option', /beta/], [{ charOrder: 1.5 }, 'bad-option', /charOrder/],
  [{ char_order: 6 }, 'unknown-option', /"char_order"/],
])('refuses %j as %s', (options, code, message) => {
  const error = thrownBy(() => chrf(options as ChrfOptions));
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { cohenKappa, coincidences, couplesOf, krippendorffAlpha, meanKappa, patternsOfTwo, percentAgreement } from './agreement.ts';
import { runThrough } from '../mine/steps.ts';
import { withInterval } from './bootstrap.ts';
import { createPatternCounter, type RatingPattern } from './rating-patterns.ts';
import { seededRandom } from './seeded-random.ts';

type Study = { readonly name: string; readonly categories: number; readonly raters: readonly (readonly number[])[]; readonly nominal: number; readonly ordinal: number; readonly cohen: readonly { readonly first: number; readonly second: number; readonly pairs: number; readonly percent: number; readonly kappa: number }[] };
const { studies } = JSON.parse(readFileSync(new URL('agreement.fixture.json', import.meta.url), 'utf8')) as { readonly studies: readonly Study[] };

const patternsOf = (raters: readonly (readonly number[])[]): readonly RatingPattern[] => {
  const counter = createPatternCounter(raters.length);
  for (let item = 0; item < (raters[0]?.length ?? 0); item += 1) counter.add((rater) => raters[rater]?.[item] ?? 0);
  return counter.patterns();
};
const intervalOf = (...given: Parameters<typeof withInterval>) => runThrough(withInterval(...given));
const rows = (...raters: readonly string[]): readonly (readonly number[])[] => raters.map((row) => Array.from(row, (sign) => (sign === '*' ? 0 : Number(sign))));
const alpha = (raters: readonly (readonly number[])[], level: 'nominal' | 'ordinal' = 'nominal', categories = 7) => krippendorffAlpha(patternsOf(raters), categories, level);

describe('published vectors', () => {
  // The example of the encyclopaedias: three coders, fifteen units.
  const coders = rows('*****34121133*3', '1*213343*******', '**21344*21133*4');
  // "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units.
  const observers = rows('123321412***', '1233224125*3', '*3332342251*', '12332441251*');
  it('nominal 0.691 of three coders', () => expect(alpha(coders)).toBeCloseTo(0.691358, 6));
  it('nominal 0.743 and ordinal 0.815 of four observers', () => {
    expect(alpha(observers)).toBeCloseTo(0.743, 3);
    expect(alpha(observers, 'ordinal')).toBeCloseTo(0.815, 3);
  });
});

describe.each(studies)('$name', ({ raters, categories, nominal, ordinal, cohen }) => {
  it('has the alphas of the reference', () => {
    expect(alpha(raters, 'nominal', categories)).toBeCloseTo(nominal, 12);
    expect(alpha(raters, 'ordinal', categories)).toBeCloseTo(ordinal, 12);
  });
  it('has the kappas of the reference', () => {
    const patterns = patternsOf(raters);
    expect(cohen.map(({ first, second }) => [first, second])).toEqual(couplesOf(raters.length));
    for (const { first, second, pairs, percent, kappa } of cohen) {
      const two = patternsOfTwo(patterns, first, second);
      expect(two.reduce((sum, { count }) => sum + count, 0)).toBe(pairs);
      expect(percentAgreement(two)).toBeCloseTo(percent, 12);
      expect(cohenKappa(two)).toBeCloseTo(kappa, 12);
    }
    expect(meanKappa(patterns, raters.length)).toBeCloseTo(cohen.reduce((sum, { kappa }) => sum + kappa, 0) / cohen.length, 12);
  });
});

const drawnRatings = (seed: number, { raters, items, categories, missing }: { readonly raters: number; readonly items: number; readonly categories: number; readonly missing: number }): readonly (readonly number[])[] => {
  const random = seededRandom(seed);
  return Array.from({ length: raters }, () => Array.from({ length: items }, () => (random() < missing ? 0 : 1 + Math.floor(random() * categories))));
};

describe('whatever the ratings', () => {
  const seeds = Array.from({ length: 25 }, (_, seed) => seed);
  it('the order of raters and of items does not matter, nor the names of nominal categories', () => {
    for (const seed of seeds) {
      const ratings = drawnRatings(seed, { raters: 3, items: 30, categories: 4, missing: 0.3 });
      const turned = ratings.toReversed().map((row) => row.toReversed());
      expect(alpha(turned, 'ordinal')).toBeCloseTo(Number(alpha(ratings, 'ordinal')), 12);
      const renamed = ratings.map((row) => row.map((value) => [0, 3, 1, 4, 2][value] ?? 0));
      expect(alpha(renamed)).toBeCloseTo(Number(alpha(ratings)), 12);
      expect(meanKappa(patternsOf(renamed), 3)).toBeCloseTo(Number(meanKappa(patternsOf(ratings), 3)), 12);
    }
  });
  it('items that one rater alone rated change nothing', () => {
    for (const seed of seeds) {
      const ratings = drawnRatings(seed, { raters: 3, items: 20, categories: 3, missing: 0.2 });
      const more = ratings.map((row, rater) => [...row, ...[1, 2, 3].map((value) => (rater === 0 ? value : 0))]);
      expect(alpha(more, 'ordinal')).toBe(alpha(ratings, 'ordinal'));
    }
  });
  it('two raters without gaps: alpha is Scott’s pi, corrected for the size of the sample', () => {
    for (const seed of seeds) {
      const ratings = drawnRatings(seed, { raters: 2, items: 40, categories: 3, missing: 0 });
      const shares = [1, 2, 3].map((value) => ratings.flat().filter((one) => one === value).length / 80);
      const byChance = shares.reduce((sum, share) => sum + share * share, 0);
      const observed = Number(percentAgreement(patternsOf(ratings)));
      const pi = (observed - byChance) / (1 - byChance);
      expect(alpha(ratings)).toBeCloseTo(1 - (79 / 80) * (1 - pi), 12);
    }
  });
  it('coincidences are symmetric and hold each rating once', () => {
    const ratings = drawnRatings(7, { raters: 4, items: 30, categories: 3, missing: 0.3 });
    const matrix = coincidences(patternsOf(ratings), 3);
    const rated = Array.from({ length: 30 }, (_, item) => ratings.filter((row) => row[item] !== 0).length).filter((many) => many > 1).reduce((sum, many) => sum + many, 0);
    expect(matrix.flatMap((row) => [...row]).reduce((sum, value) => sum + value, 0)).toBeCloseTo(rated, 9);
    for (const one of [1, 2, 3]) for (const other of [1, 2, 3]) expect(matrix[one]?.[other]).toBeCloseTo(matrix[other]?.[one] ?? -1, 12);
  });
  it('who guesses agrees by chance only, who copies always', () => {
    const guessed = drawnRatings(3, { raters: 2, items: 20_000, categories: 3, missing: 0 });
    expect(Math.abs(Number(alpha(guessed)))).toBeLessThan(0.03);
    expect(Math.abs(Number(cohenKappa(patternsOf(guessed))))).toBeLessThan(0.03);
    const [one = []] = guessed;
    expect(alpha([one, one])).toBe(1);
    expect(cohenKappa(patternsOf([one, one]))).toBe(1);
  });
});

test('everybody always says the same: no variance instead of 0/0', () => {
  const same = patternsOf(rows('111', '111'));
  expect(percentAgreement(same)).toBe(1);
  expect([cohenKappa(same), meanKappa(same, 2), krippendorffAlpha(same, 3, 'nominal'), krippendorffAlpha(same, 3, 'ordinal')]).toEqual(Array.from({ length: 4 }, () => 'no-variance'));
});

test('nobody judged what another judged: too few', () => {
  const apart = patternsOf(rows('1**', '*2*'));
  expect([percentAgreement(apart), cohenKappa(apart), meanKappa(apart, 2), krippendorffAlpha(apart, 3, 'nominal'), intervalOf(apart, percentAgreement, 1)]).toEqual(Array.from({ length: 5 }, () => 'too-few'));
});

describe('the interval', () => {
  it('is decided by the seed, holds the value, and narrows with the number of items', () => {
    const measure = (patterns: readonly RatingPattern[]) => krippendorffAlpha(patterns, 3, 'nominal');
    const ratings = drawnRatings(11, { raters: 1, items: 100, categories: 3, missing: 0 });
    const [truth = []] = ratings;
    const other = truth.map((value, item) => (item % 5 === 0 ? 1 + (value % 3) : value));
    const few = patternsOf([truth, other]);
    const many = few.map(({ values, count }) => ({ values, count: count * 100 }));
    const [narrow, wide] = [intervalOf(many, measure, 5), intervalOf(few, measure, 5)];
    expect(intervalOf(few, measure, 5)).toEqual(wide);
    expect(intervalOf(few, measure, 6)).not.toEqual(wide);
    for (const one of [narrow, wide]) {
      if (typeof one === 'string') throw new Error(one);
      expect(one.low).toBeLessThan(one.value);
      expect(one.high).toBeGreaterThan(one.value);
    }
    if (typeof narrow === 'string' || typeof wide === 'string') throw new Error('no value');
    expect((wide.high - wide.low) / (narrow.high - narrow.low)).toBeGreaterThan(7);
    expect((wide.high - wide.low) / (narrow.high - narrow.low)).toBeLessThan(14);
  });
  it('of a share is that of the binomial', () => {
    const share = intervalOf([{ values: [1, 1], count: 80 }, { values: [1, 2], count: 20 }], percentAgreement, 2);
    if (typeof share === 'string') throw new Error(share);
    expect(Math.abs(share.low - 0.72)).toBeLessThan(0.015);
    expect(Math.abs(share.high - 0.88)).toBeLessThan(0.015);
  });
});

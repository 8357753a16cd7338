import type { AgreementValue } from '../../contract/review-team.ts';
import { inChunks, type Steps } from '../mine/steps.ts';
import type { Measured } from './agreement.ts';
import type { RatingPattern } from './rating-patterns.ts';
import { seededRandom } from './seeded-random.ts';

const rounds = 1_000;
const roundsOfStep = 20;

/**
 * A measure with the 95 % interval of its bootstrap: the middle 950 of 1,000 resamples of the items (Efron and Tibshirani 1993, percentile interval).
 *
 * A resample in which everybody says the same has no kappa and is left out. The seed decides everything.
 */
export const withInterval = function* (patterns: readonly RatingPattern[], measure: (patterns: readonly RatingPattern[]) => Measured, seed: number): Steps<AgreementValue> {
  const value = measure(patterns);
  if (typeof value !== 'number') return value;
  const random = seededRandom(seed);
  const found: Measured[] = [];
  yield* inChunks(rounds, (first, end) => { for (let round = first; round < end; round += 1) found.push(measure(resampled(patterns, random))); }, roundsOfStep);
  const measured = found.filter((one) => typeof one === 'number').toSorted((left, right) => left - right);
  const outside = Math.floor(measured.length / 40);
  return { value, low: measured[outside] ?? value, high: measured[measured.length - 1 - outside] ?? value };
};

/** As many items as there are, drawn with replacement: how often each pattern comes is multinomial, drawn as one binomial after another. */
const resampled = (patterns: readonly RatingPattern[], random: () => number): readonly RatingPattern[] => {
  let items = patterns.reduce((sum, { count }) => sum + count, 0);
  let left = items;
  return patterns.map(({ values, count }) => {
    const drawn = items === count ? left : binomial(left, count / items, random);
    items -= count;
    left -= drawn;
    return { values, count: drawn };
  }).filter(({ count }) => count > 0);
};

/** Up to here successes are counted one by one; beyond, the normal distribution is closer than anybody could tell. */
const countedMean = 50;

/** Successes of independent trials; by their waiting times (Devroye 1986, chapter X.4), so that rare ones cost little. */
const binomial = (trials: number, chance: number, random: () => number): number => {
  if (chance > 0.5) return trials - binomial(trials, 1 - chance, random);
  const mean = trials * chance;
  if (mean > countedMean) return Math.min(trials, Math.max(0, Math.round(mean + Math.sqrt(mean * (1 - chance)) * gaussian(random))));
  const failing = Math.log1p(-chance);
  let [successes, passed] = [-1, 0];
  while (passed <= trials) {
    successes += 1;
    passed += Math.floor(Math.log(1 - random()) / failing) + 1;
  }
  return successes;
};

/** Box and Muller 1958. */
const gaussian = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

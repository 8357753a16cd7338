import { logNormalDensity, upperTail } from './normal.ts';
import { censoredMean, collectDecoys, decoysOf, gapAt, gapOn, placesOn, spacingCurve, truncatedMean, type CurvePlaces, type Decoys, type SpacingCurve } from './spacing.ts';
import { inChunks, part, runThrough, sortedInSteps, type Steps } from './steps.ts';
import type { ThresholdInput } from './threshold.ts';
import { runnerUp } from './top-margins.ts';

export type Mixture = {
  /** Of each pair: how probable it is that it is a translation. */
  readonly probability: Float64Array;
  /** Expected translations, those included that are not the best pair of both their sentences. */
  readonly expectedPairs: number;
  /** Mean and standard deviation of the margins of translations. */
  readonly mean: number;
  readonly deviation: number;
  /** How the gaps of the candidates compare with the decoys': near 1 where the decoys fit. */
  readonly correction: number;
  readonly iterations: number;
};

const mostIterations = 400;
/** More pairs than these are first fitted on every second, third ... of them, and then on all in a few rounds: seconds become one. */
const mostPairsAtOnce = 131_072;
const mostAfterSample = 3;
const tolerance = 1e-5;
/** Measured over both encoders, centred or not, and five languages: translations' margins spread over 3.2 to 3.9 mean gaps. Weighs as 200 pairs. */
const deviationInGaps = 3.4;
const deviationWeight = 200;
const correctionLimit = 2;
const correctionPrior: { readonly mean: number; readonly weight: number } = { mean: 0.95, weight: 50 };

/**
 * A mixture of chance and translation for pairs that are the best of both their sentences.
 *
 * r = the pair's runner-up: the highest other margin of its two sentences. By chance, margin - r is exponential with the mean gap b(r) that the
 * decoys show (`spacing.ts`), times a correction c measured on the candidates' own small gaps, drawn half-way to 1 and kept
 * within .8 to 1.25 (without that bound, a corpus where nearly everything is a translation was read as one without any). Of translations the margin
 * is normal, cut off below r. Fitted by expectation maximisation; a pair below its runner-up counts as chance.
 */
export const fitMixture = (input: ThresholdInput): Mixture | null => runThrough(fitMixtureInSteps(input));

export const fitMixtureInSteps = function* (input: ThresholdInput, sampleAbove: number = mostPairsAtOnce): Steps<Mixture | null> {
  const pairs = yield* part(mutualPairs(input), 0, 0.05);
  if (pairs.margin.length === 0) return null;
  const decoys = yield* part(collectDecoys([input.forward.second, input.backward.second], [input.forward.third, input.backward.third]), 0.05, 0.15);
  const levels = yield* part(sortedInSteps(pairs.runnerUp), 0.15, 0.2);
  const ground: Ground = { decoys, middle: quantile(levels, 0.5), high: quantile(levels, 0.9), sources: input.forward.first.length };
  const curve = yield* spacingCurve(decoys, [], new Float64Array(0));
  if (curve.level.length === 0) return null;
  const stride = Math.ceil(pairs.margin.length / sampleAbove);
  let fit: Fit | null = null;
  if (stride > 1) fit = yield* part(fitLaw(everyNth(pairs, stride), ground, curve, null, stride), 0.2, 0.5);
  fit = yield* part(fitLaw(pairs, ground, curve, fit, 1), stride > 1 ? 0.5 : 0.2, 1);
  const all = new Float64Array(input.margin.length);
  const { probability } = fit;
  yield* part(inChunks(pairs.place.length, (first, end) => { for (let index = first; index < end; index += 1) all[pairs.place[index] ?? 0] = probability[index] ?? 0; }), 1, 1);
  const { expectedPairs, iterations, law } = fit;
  return { probability: all, expectedPairs, mean: law.mean, deviation: law.deviation, correction: law.correction, iterations };
};

/** What all fits of one run share: the decoys, the middle and the 90 % quantile of the runners-up, and the number of sources. */
type Ground = { readonly decoys: Decoys; readonly middle: number; readonly high: number; readonly sources: number };

type Fit = { readonly law: Law; readonly curve: SpacingCurve; readonly share: number; readonly probability: Float64Array; readonly expectedPairs: number; readonly iterations: number };

const everyNth = (pairs: MutualPairs, stride: number): MutualPairs => {
  const count = Math.ceil(pairs.margin.length / stride);
  const fill = <Column extends Uint32Array | Float64Array>(column: Column, into: Column): Column => {
    for (let index = 0; index < count; index += 1) into[index] = column[index * stride] ?? 0;
    return into;
  };
  return {
    place: fill(pairs.place, new Uint32Array(count)), source: fill(pairs.source, new Uint32Array(count)), target: fill(pairs.target, new Uint32Array(count)),
    margin: fill(pairs.margin, new Float64Array(count)), runnerUp: fill(pairs.runnerUp, new Float64Array(count)), gap: fill(pairs.gap, new Float64Array(count)),
  };
};

/** Expectation maximisation over the pairs, each standing for `weight` of them; from the fit of a sample, or from a first guess. */
const fitLaw = function* (pairs: MutualPairs, ground: Ground, decoyCurve: SpacingCurve, sample: Fit | null, weight: number): Steps<Fit> {
  const { decoys, high } = ground;
  const count = pairs.margin.length;
  const places = yield* part(placesOn(decoyCurve, pairs.runnerUp), 0, 0);
  const own = [yield* part(decoysOf(decoys, pairs.source), 0, 0), yield* part(decoysOf(decoys, pairs.target, ground.sources), 0, 0)];
  const scale = new Float64Array(count);
  const probability = sample === null ? yield* firstGuess(pairs, decoyCurve, places) : new Float64Array(count);
  if (sample !== null) {
    yield* part(correctGaps(pairs, sample.curve, places, probability, ground, scale, weight), 0, 0);
    yield* part(expect(pairs, sample.law, scale, probability), 0, 0);
  }
  const law: Law = sample === null ? { odds: 0, mean: weightedMean(pairs.margin, probability), deviation: 0, correction: 1 } : { ...sample.law };
  let share = sample === null ? Math.min(Math.max(total(probability) / count, 1e-4), 1 - 0.5 / count) : sample.share;
  let expectedPairs = 0;
  let iterations = 0;
  let curve = decoyCurve;
  const most = sample === null ? mostIterations : mostAfterSample;
  for (; iterations < most; iterations += 1) {
    const done = 1 - 0.9 ** iterations;
    curve = yield* part(spacingCurve(decoys, own, probability, weight), done, done);
    law.correction = yield* part(correctGaps(pairs, curve, places, probability, ground, scale, weight), done, done);
    const highGap = gapAt(curve, high) * law.correction;
    if (law.deviation === 0) law.deviation = deviationInGaps * highGap;
    law.odds = Math.log(share / (1 - share));
    const sums = yield* part(expect(pairs, law, scale, probability), done, done);
    expectedPairs = sums.expectedPairs;
    share = Math.min(Math.max(sums.probability / count, 1e-6), 1 - 0.5 / count);
    if (sums.probability < 1e-9) break;
    law.mean = sums.margin / sums.probability;
    const squares = yield* part(squaresAround(law.mean, pairs.margin, probability), done, done);
    const prior = deviationWeight / weight;
    law.deviation = Math.sqrt((squares + prior * (deviationInGaps * highGap) ** 2) / (sums.probability + prior));
    if (sums.change < tolerance * Math.max(1, sums.probability)) break;
  }
  return { law, curve, share, probability, expectedPairs, iterations };
};

/** Margins of translations, their share as log odds, and the correction of chance. */
type Law = { odds: number; mean: number; deviation: number; correction: number };

type ExpectationSums = { change: number; probability: number; margin: number; expectedPairs: number };

/** One expectation: how probable each pair is under the law, and the sums that the next law follows from. */
const expect = function* (pairs: MutualPairs, law: Law, scale: Float64Array, probability: Float64Array): Steps<ExpectationSums> {
  const sums: ExpectationSums = { change: 0, probability: 0, margin: 0, expectedPairs: 0 };
  yield* inChunks(probability.length, (first, end) => { expectSome(pairs, law, scale, probability, first, end, sums); });
  return sums;
};

const expectSome = (pairs: MutualPairs, law: Law, scale: Float64Array, probability: Float64Array, first: number, end: number, sums: ExpectationSums): void => {
  const { odds, mean, deviation, correction } = law;
  let { change, probability: sum, margin: weighted, expectedPairs } = sums;
  for (let index = first; index < end; index += 1) {
    const tail = upperTail(((pairs.runnerUp[index] ?? 0) - mean) / deviation);
    const gapScale = (scale[index] ?? 0) * correction;
    const chance = -(pairs.gap[index] ?? 0) / gapScale - Math.log(gapScale);
    const translation = logNormalDensity(((pairs.margin[index] ?? 0) - mean) / deviation) - Math.log(deviation * Math.max(tail, 1e-6));
    const next = 1 / (1 + Math.exp(chance - translation - odds));
    change += Math.abs(next - (probability[index] ?? 0));
    probability[index] = next;
    sum += next;
    weighted += next * (pairs.margin[index] ?? 0);
    expectedPairs += next / Math.max(tail, 0.05);
  }
  sums.change = change;
  sums.probability = sum;
  sums.margin = weighted;
  sums.expectedPairs = expectedPairs;
};

const squaresAround = function* (mean: number, margin: Float64Array, probability: Float64Array): Steps<number> {
  const sums = { squares: 0 };
  yield* inChunks(margin.length, (first, end) => {
    let { squares } = sums;
    for (let index = first; index < end; index += 1) squares += (probability[index] ?? 0) * ((margin[index] ?? 0) - mean) ** 2;
    sums.squares = squares;
  });
  return sums.squares;
};

type MutualPairs = {
  readonly place: Uint32Array;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly margin: Float64Array;
  readonly runnerUp: Float64Array;
  /** Margin above the runner-up, positive. */
  readonly gap: Float64Array;
};

const mutualPairs = function* (input: ThresholdInput): Steps<MutualPairs> {
  const room = input.margin.length;
  const pairs = { place: new Uint32Array(room), source: new Uint32Array(room), target: new Uint32Array(room), margin: new Float64Array(room), runnerUp: new Float64Array(room), gap: new Float64Array(room) };
  let count = 0;
  yield* inChunks(room, (first, end) => {
    for (let place = first; place < end; place += 1) {
      const source = input.source[place] ?? 0;
      const target = input.target[place] ?? 0;
      const margin = input.margin[place] ?? 0;
      const other = Math.max(runnerUp(input.forward, source, target), runnerUp(input.backward, target, source));
      if (!Number.isFinite(other) || margin <= other) continue;
      pairs.place[count] = place;
      pairs.source[count] = source;
      pairs.target[count] = target;
      pairs.margin[count] = margin;
      pairs.runnerUp[count] = other;
      pairs.gap[count] = margin - other;
      count += 1;
    }
  });
  return {
    place: pairs.place.subarray(0, count), source: pairs.source.subarray(0, count), target: pairs.target.subarray(0, count),
    margin: pairs.margin.subarray(0, count), runnerUp: pairs.runnerUp.subarray(0, count), gap: pairs.gap.subarray(0, count),
  };
};

/** Pairs more than 4.2 mean gaps above their runner-up (chance: 1.5 %), or the five with the widest gaps. */
const firstGuess = function* (pairs: MutualPairs, curve: SpacingCurve, places: CurvePlaces): Steps<Float64Array> {
  const guess = new Float64Array(pairs.gap.length);
  yield* inChunks(guess.length, (first, end) => { for (let index = first; index < end; index += 1) guess[index] = (pairs.gap[index] ?? 0) > 4.2 * gapOn(curve, places, index) ? 1 : 0; });
  if (total(guess) >= 5) return guess;
  const sorted = yield* sortedInSteps(pairs.gap);
  return pairs.gap.map((gap) => (gap >= (sorted[Math.max(0, sorted.length - 5)] ?? 0) ? 1 : 0));
};

/** Fills the mean gap of each pair's level and returns the correction, from pairs with a runner-up above the median. */
const correctGaps = function* (pairs: MutualPairs, curve: SpacingCurve, places: CurvePlaces, probability: Float64Array, ground: Ground, scale: Float64Array, weight: number): Steps<number> {
  const prior = correctionPrior.weight / weight;
  const sums = { weight: prior, gaps: prior * truncatedMean(correctionPrior.mean, correctionLimit) };
  yield* inChunks(scale.length, (first, end) => {
    let { weight: chances, gaps } = sums;
    for (let index = first; index < end; index += 1) {
      const mean = gapOn(curve, places, index);
      scale[index] = mean;
      const relative = (pairs.gap[index] ?? 0) / mean;
      if ((pairs.runnerUp[index] ?? 0) <= ground.middle || relative >= correctionLimit) continue;
      const chance = 1 - (probability[index] ?? 0);
      chances += chance;
      gaps += chance * relative;
    }
    sums.weight = chances;
    sums.gaps = gaps;
  });
  return Math.min(1.25, Math.max(0.8, (censoredMean(sums.gaps / sums.weight, correctionLimit) + 1) / 2));
};

/** Linear between the two nearest ranks, as NumPy's default. */
const quantile = (sorted: Float64Array, share: number): number => {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
};

const total = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

const weightedMean = (values: Float64Array, weights: Float64Array): number => {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index] ?? 0) * (weights[index] ?? 0);
  return sum / total(weights);
};

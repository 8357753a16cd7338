import { describe, expect, it } from 'vitest';
import { logNormalDensity, upperTail } from './normal.ts';
import { censoredMean, truncatedMean } from './spacing.ts';
import { runThrough } from './steps.ts';
import { fitMixture, fitMixtureInSteps } from './threshold-mixture.ts';
import { estimateThreshold, type ThresholdInput } from './threshold.ts';
import { emptyTopMargins, fillTopMargins, runnerUp } from './top-margins.ts';
import { noNeighbour } from './neighbours.ts';

/** Repeatable numbers in 0..1, the same in Python: state = (1664525 state + 1013904223) mod 2^32. */
const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
};

/** `translations` true pairs among `count`: sentence i of both sides are each other's best; gaps by chance are exponential with mean .02. */
const corpus = (count: number, translations: number, seed: number): { input: ThresholdInput; isTrue: (place: number) => boolean } => {
  const next = numbers(seed);
  const exponential = (mean: number): number => -mean * Math.log(next());
  const normal = (): number => { let sum = -6; for (let draw = 0; draw < 12; draw += 1) sum += next(); return sum; };
  const forward = emptyTopMargins(count);
  const backward = emptyTopMargins(count);
  const margin = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const found = index < translations;
    for (const side of [forward, backward]) {
      side.third[index] = 0.9 + 0.1 * next();
      side.second[index] = (side.third[index] ?? 0) + exponential(found ? 0.02 : 0.01);
      side.partner[index] = index;
    }
    const other = Math.max(forward.second[index] ?? 0, backward.second[index] ?? 0);
    margin[index] = found ? Math.max(other + 0.001, 1.15 + 0.06 * normal()) : other + exponential(0.02);
    forward.first[index] = margin[index] ?? 0;
    backward.first[index] = margin[index] ?? 0;
  }
  const ordinals = Uint32Array.from({ length: count }, (_, index) => index);
  return { input: { source: ordinals, target: ordinals, margin, forward, backward }, isTrue: (place) => place < translations };
};

const truthAt = (input: ThresholdInput, isTrue: (place: number) => boolean, cut: number): { precision: number; kept: number } => {
  const kept = [...input.margin.keys()].filter((place) => (input.margin[place] ?? 0) >= cut);
  return { precision: kept.filter(isTrue).length / kept.length, kept: kept.length };
};

describe('the cut without labels', () => {
  it('equals the NumPy and SciPy model on the same numbers', () => {
    const { input } = corpus(2000, 200, 7);
    const estimate = estimateThreshold(input);
    const mixture = fitMixture(input);
    expect(estimate.cut).toBeCloseTo(1.080460, 5);
    expect(mixture?.mean).toBeCloseTo(1.140738, 4);
    expect(mixture?.deviation).toBeCloseTo(0.067165, 4);
    expect(mixture?.correction).toBeCloseTo(0.940167, 4);
    expect(mixture?.expectedPairs).toBeCloseTo(204.704291, 1);
  });

  for (const [count, translations] of [[2000, 200], [1000, 200], [500, 300]] as const) {
    it(`foretells its precision within 7 points where ${translations} of ${count} sentences have a translation`, () => {
      const { input, isTrue } = corpus(count, translations, count + translations);
      const estimate = estimateThreshold(input);
      if (estimate.cut === null) throw new Error(estimate.reason);
      const truth = truthAt(input, isTrue, estimate.cut);
      expect(truth.kept).toBe(estimate.kept);
      expect(Math.abs(truth.precision - estimate.precision)).toBeLessThan(0.07);
      expect(estimate.precisionLow).toBeLessThan(estimate.precision);
      expect(estimate.precisionHigh).toBeGreaterThan(estimate.precision);
      expect(Math.abs(estimate.expectedPairs - translations)).toBeLessThan(0.15 * translations);
    });
  }

  it('costs at most 3 points of F1 against the best cut, and does not promise too much, where 4 % have a translation', () => {
    const { input, isTrue } = corpus(4000, 160, 4160);
    const estimate = estimateThreshold(input);
    if (estimate.cut === null) throw new Error(estimate.reason);
    const f1At = (cut: number): number => { const { precision, kept } = truthAt(input, isTrue, cut); return (2 * precision * kept) / (kept + 160); };
    const best = Math.max(...[...input.margin].sort((a, b) => b - a).slice(0, 400).map(f1At));
    expect(best - f1At(estimate.cut)).toBeLessThan(0.03);
    expect(estimate.precision).toBeLessThan(truthAt(input, isTrue, estimate.cut).precision + 0.02);
  });

  it('has a curve from the best pair to all of them, with margins falling', () => {
    const { curve } = estimateThreshold(corpus(2000, 200, 7).input);
    expect(curve.length).toBeGreaterThan(100);
    expect(curve.length).toBeLessThanOrEqual(200);
    expect(curve[0]?.kept).toBe(1);
    expect(curve[curve.length - 1]?.kept).toBe(2000);
    expect(curve.every((point, index) => index === 0 || point.margin < (curve[index - 1]?.margin ?? 0))).toBe(true);
    expect(curve.every((point) => point.low <= point.precision && point.precision <= point.high)).toBe(true);
  });

  it('says that there is not enough evidence instead of guessing', () => {
    expect(estimateThreshold(corpus(49, 30, 3).input)).toMatchObject({ cut: null, reason: expect.stringContaining('49 candidate pairs') });
    expect(estimateThreshold(corpus(3000, 0, 3).input).cut).toBeNull();
    expect(estimateThreshold(corpus(3000, 5, 3).input).cut).toBeNull();
  });

  it('needs three neighbours a sentence', () => {
    const { input } = corpus(200, 100, 5);
    const third = new Float64Array(200).fill(-Infinity);
    const estimate = estimateThreshold({ ...input, forward: { ...input.forward, third }, backward: { ...input.backward, third } });
    expect(estimate).toMatchObject({ cut: null, reason: expect.stringContaining('3 neighbours') });
  });

  it('does not depend on the order of the pairs', () => {
    const { input } = corpus(1000, 200, 11);
    const reversed = { ...input, source: input.source.slice().reverse(), target: input.target.slice().reverse(), margin: input.margin.slice().reverse() };
    expect(estimateThreshold(reversed).cut).toBeCloseTo(estimateThreshold(input).cut ?? NaN, 9);
  });
});

describe('the parts of the estimate', () => {
  it('knows the normal law', () => {
    expect(upperTail(0)).toBeCloseTo(0.5, 6);
    expect(upperTail(1.959964)).toBeCloseTo(0.025, 7);
    expect(upperTail(-1.959964)).toBeCloseTo(0.975, 7);
    expect(upperTail(6) / 9.865876e-10).toBeCloseTo(1, 5);
    expect(Math.exp(logNormalDensity(0))).toBeCloseTo(0.3989423, 7);
  });

  it('finds the mean of an exponential law from its small values', () => {
    expect(truncatedMean(1, 2)).toBeCloseTo(0.68696, 5);
    expect(censoredMean(truncatedMean(1.1, 2), 2)).toBeCloseTo(1.1, 9);
  });

  it('keeps the three highest margins and whose the highest is', () => {
    const top = emptyTopMargins(2);
    const block = { first: 0, rows: 2, width: 4, ordinals: Uint32Array.of(3, 1, 0, 2, 1, noNeighbour, noNeighbour, noNeighbour), cosines: Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5, 0, 0, 0) };
    fillTopMargins(block, new Float64Array(2), Float64Array.of(0.2, 0.6, 0.4, 1), { margin: 'distance', offset: 0 }, top);
    expect([top.first[0], top.second[0], top.third[0]].map((value) => Number(value?.toFixed(6)))).toEqual([0.6, 0.5, 0.4]);
    expect(top.partner[0]).toBe(0);
    expect(runnerUp(top, 0, 0)).toBeCloseTo(0.5, 12);
    expect(runnerUp(top, 0, 3)).toBeCloseTo(0.6, 12);
    expect(top.second[1]).toBe(-Infinity);
  });
});

describe('many candidates', () => {
  it('give the bits that the fit in one go gave, over several steps', () => {
    const { input } = corpus(60_000, 6000, 7);
    const found = estimateThreshold(input);
    expect(found.cut).toBe(1.091187801597385);
    expect(found.expectedPairs).toBe(5398.247657748511);
    expect(found.curve.length).toBe(164);
  });

  it('are fitted on a sample first, and end where the fit of all ends', () => {
    const { input } = corpus(20_000, 2000, 7);
    const whole = runThrough(fitMixtureInSteps(input));
    const sampled = runThrough(fitMixtureInSteps(input, 5000));
    expect(sampled?.iterations).toBeLessThanOrEqual(3);
    expect(whole?.iterations).toBeGreaterThan(3);
    expect(Math.abs((sampled?.mean ?? 0) - (whole?.mean ?? 0))).toBeLessThan(0.002);
    expect(Math.abs((sampled?.expectedPairs ?? 0) / (whole?.expectedPairs ?? 1) - 1)).toBeLessThan(0.01);
  });
});

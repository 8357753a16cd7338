import { describe, expect, it } from 'vitest';
import { fitMaps, fitMapsInSteps } from './linear-map.ts';
import { marginKey } from './margin.ts';
import { selectConfident } from './refinement.ts';
import { pairOrder } from './retrieval-order.ts';
import { inChunks, part, runThrough, sortedInSteps, stepRows, type Steps } from './steps.ts';

const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
};

/** All progress that steps tell, and how many there were. */
const progressOf = <Result>(steps: Steps<Result>): { readonly told: number[]; readonly result: Result } => {
  const told: number[] = [];
  for (;;) {
    const next = steps.next();
    if (next.done === true) return { told, result: next.value };
    told.push(next.value);
  }
};

describe('long computations in steps', () => {
  it('visit every row once, in order', () => {
    const seen: number[] = [];
    const { told } = progressOf(inChunks(10, (first, end) => { for (let row = first; row < end; row += 1) seen.push(row); }, 4));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(told).toEqual([0.4, 0.8, 1]);
  });

  it('tell progress between the bounds of their part', () => {
    expect(progressOf(part(inChunks(4, () => undefined, 2), 0.5, 0.75)).told).toEqual([0.625, 0.75]);
  });

  it('sort like the array itself, over several runs and whatever the length', () => {
    for (const count of [0, 1, 2, stepRows, stepRows + 1, 3 * stepRows - 7, 5 * stepRows]) {
      const next = numbers(count);
      const values = Float64Array.from({ length: count }, () => Math.floor(next() * 1000) / 10 - 40);
      const { told, result } = progressOf(sortedInSteps(values));
      expect(result).toEqual(values.slice().sort());
      expect(told.every((share) => share >= 0 && share <= 1)).toBe(true);
    }
  });

  it('order pairs like a comparator over several steps', () => {
    const next = numbers(5);
    const count = 2 * stepRows + 9;
    const ordinals = () => Uint32Array.from({ length: count }, () => Math.floor(next() * 70_000));
    const pairs = { source: ordinals(), target: ordinals(), margin: Float64Array.from({ length: count }, () => Math.floor(next() * 500) / 400), cosine: Float64Array.from({ length: count }, () => Math.floor(next() * 50) / 50) };
    const wanted = [...pairs.source.keys()].sort((a, b) => marginKey(pairs.margin[b] ?? 0) - marginKey(pairs.margin[a] ?? 0) || (pairs.cosine[b] ?? 0) - (pairs.cosine[a] ?? 0)
      || (pairs.source[a] ?? 0) - (pairs.source[b] ?? 0) || (pairs.target[a] ?? 0) - (pairs.target[b] ?? 0));
    expect([...pairOrder(pairs)]).toEqual(wanted);
  });

  it('choose the same confident pairs as sorting them all', () => {
    const next = numbers(8);
    const count = 2 * stepRows + 3;
    const margin = Float64Array.from({ length: count }, () => Math.floor(next() * 300) / 300);
    const probability = Float64Array.from({ length: count }, () => next());
    const ordinals = Uint32Array.from({ length: count }, (_, place) => place);
    const wanted = [...ordinals].filter((place) => (probability[place] ?? 0) > 0.5).sort((a, b) => (margin[b] ?? 0) - (margin[a] ?? 0) || a - b).slice(0, 500);
    expect([...selectConfident({ source: ordinals, target: ordinals, margin }, probability, 500).source]).toEqual(wanted);
  });

  it('fit maps in many small steps, to the bits of one go', () => {
    const next = numbers(11);
    const dimension = 24;
    const count = 111;
    const vectors = () => Float32Array.from({ length: count * dimension }, () => next() - 0.5);
    const pairs = { dimension, count, source: vectors(), target: vectors(), fold: Uint8Array.from({ length: count }, (_, row) => row % 5), folds: 5, ridge: 0.3 };
    const { told, result } = progressOf(fitMapsInSteps(pairs));
    expect(told.length).toBeGreaterThan(5 * 2 * 3 * dimension);
    expect(told.every((share, place) => share >= 0 && share <= 1 && share >= (told[place - 1] ?? 0) - 1e-12)).toBe(true);
    expect(result).toEqual(fitMaps(pairs));
    expect(runThrough(fitMapsInSteps(pairs))).toEqual(result);
  });
});

import { describe, expect, it } from 'vitest';
import type { Ascending } from './sampling.ts';
import { firstAtLeast, positionsAround, randomPositions, stratifiedPositions } from './sampling.ts';

const ordered = (values: readonly number[]): Ascending => ({ length: values.length, valueAt: (position) => values[position] ?? Number.NaN });
const sorted = (positions: Uint32Array): number[] => [...positions].toSorted((left, right) => left - right);

describe('random', () => {
  it('is the same for the same seed, another for another, without repetition', () => {
    const chosen = randomPositions(1_000, 100, 7);
    expect([...randomPositions(1_000, 100, 7)]).toEqual([...chosen]);
    expect([...randomPositions(1_000, 100, 8)]).not.toEqual([...chosen]);
    expect(new Set(chosen).size).toBe(100);
    expect([...chosen]).not.toEqual(sorted(chosen));
  });

  it('gives all where more are asked for than there are', () => {
    expect(sorted(randomPositions(5, 9, 1))).toEqual([0, 1, 2, 3, 4]);
    expect(randomPositions(0, 9, 1).length).toBe(0);
  });

  it('takes every position as often as any other', () => {
    const seen = new Uint32Array(10);
    for (let seed = 0; seed < 2_000; seed += 1) for (const position of randomPositions(10, 3, seed)) seen[position] = (seen[position] ?? 0) + 1;
    for (const times of seen) expect(Math.abs(times - 600)).toBeLessThan(100);
  });
});

describe('stratified', () => {
  // 90 low values, 6 in the middle, 4 high ones.
  const values = ordered([...Array.from({ length: 90 }, (_, at) => at / 1_000), 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 2.7, 2.8, 2.9, 3]);
  const perBand = (positions: Uint32Array): number[] => [0, 1, 2].map((band) => [...positions].filter((position) => Math.min(2, Math.floor(values.valueAt(position))) === band).length);

  it('takes the same number from each band of equal width', () => {
    expect(perBand(stratifiedPositions(values, 3, 12, 5))).toEqual([4, 4, 4]);
  });

  it('asks the fuller bands for what a thin one cannot give', () => {
    expect(perBand(stratifiedPositions(values, 3, 30, 5))).toEqual([20, 6, 4]);
    expect(perBand(stratifiedPositions(values, 3, 13, 5))).toEqual([4, 5, 4]);
  });

  it('mixes the bands, repeats with the seed, and takes a single value as one band', () => {
    const chosen = stratifiedPositions(values, 3, 12, 5);
    expect([...stratifiedPositions(values, 3, 12, 5)]).toEqual([...chosen]);
    expect([...chosen]).not.toEqual(sorted(chosen));
    expect(sorted(stratifiedPositions(ordered([2, 2, 2]), 4, 2, 1)).length).toBe(2);
    expect(stratifiedPositions(ordered([]), 4, 2, 1).length).toBe(0);
  });
});

describe('around a threshold', () => {
  const values = ordered([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

  it('takes half above and half below, the nearest first, of two as near the upper', () => {
    expect([...positionsAround(values, 4.9, 4)]).toEqual([5, 4, 6, 3]);
    expect([...positionsAround(values, 5, 3)]).toEqual([5, 6, 4]);
  });

  it('takes more from one side where the other ends', () => {
    expect([...positionsAround(values, 8.5, 6)]).toEqual([9, 8, 7, 6, 5, 4]);
    expect([...positionsAround(values, -3, 2)]).toEqual([0, 1]);
    expect(positionsAround(values, 5, 99).length).toBe(10);
  });

  it('finds the first that reaches a value', () => {
    expect([-1, 0, 3.5, 9, 9.1].map((value) => firstAtLeast(values, value))).toEqual([0, 0, 4, 9, 10]);
  });
});

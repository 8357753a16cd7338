import { describe, expect, it } from 'vitest';
import { applyMap, fitMaps, solveRidge } from './linear-map.ts';

const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
};

const matrix = (rows: number, columns: number, seed: number): Float64Array => {
  const next = numbers(seed);
  return Float64Array.from({ length: rows * columns }, next);
};

/** The plain definition: (G + ridge I) W, which has to give R again. */
const residual = (gram: Float64Array, right: Float64Array, solution: Float64Array, size: number, ridge: number): number => {
  let worst = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      let sum = ridge * (solution[i * size + j] ?? 0);
      for (let k = 0; k < size; k += 1) sum += (gram[i * size + k] ?? 0) * (solution[k * size + j] ?? 0);
      worst = Math.max(worst, Math.abs(sum - (right[i * size + j] ?? 0)));
    }
  }
  return worst;
};

const productOf = (left: Float64Array, right: Float64Array, members: readonly number[], size: number): Float64Array => {
  const out = new Float64Array(size * size);
  for (const row of members) for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) out[i * size + j] = (out[i * size + j] ?? 0) + (left[row * size + i] ?? 0) * (right[row * size + j] ?? 0);
  return out;
};

describe('the linear map', () => {
  it('solves one equation', () => {
    expect([...solveRidge(Float64Array.of(3), Float64Array.of(2), 1, 1)]).toEqual([0.5]);
  });

  it('is the ridge solution of each fold without its own pairs, both ways', () => {
    const dimension = 12;
    const count = 103;
    const source = matrix(count, dimension, 1);
    const target = matrix(count, dimension, 2);
    const fold = Uint8Array.from({ length: count }, (_, index) => index % 3);
    const maps = fitMaps({ dimension, count, source, target, fold, folds: 3, ridge: 0.3 });
    for (let left = 0; left < 3; left += 1) {
      const members = [...fold.keys()].filter((index) => fold[index] !== left);
      const ridge = (0.3 * members.length) / dimension;
      expect(residual(productOf(source, source, members, dimension), productOf(source, target, members, dimension), maps.forward[left] ?? new Float64Array(0), dimension, ridge)).toBeLessThan(1e-11);
      expect(residual(productOf(target, target, members, dimension), productOf(target, source, members, dimension), maps.backward[left] ?? new Float64Array(0), dimension, ridge)).toBeLessThan(1e-11);
    }
  });

  it('does not let a pair change the map of its own fold', () => {
    const pairs = { dimension: 8, count: 60, source: matrix(60, 8, 3), target: matrix(60, 8, 4), fold: Uint8Array.from({ length: 60 }, (_, index) => index % 5), folds: 5, ridge: 0.3 };
    const before = fitMaps(pairs);
    const source = pairs.source.slice();
    for (let column = 0; column < 8; column += 1) source[10 * 8 + column] = 9;
    const after = fitMaps({ ...pairs, source });
    const differs = (fold: number): number => Math.max(...(after.forward[fold] ?? new Float64Array(0)).map((value, index) => Math.abs(value - (before.forward[fold]?.[index] ?? 0))));
    expect(differs(0)).toBeLessThan(1e-9);
    expect(differs(1)).toBeGreaterThan(1e-3);
  });

  it('finds a rotation between two languages', () => {
    const source = matrix(400, 2, 5);
    const target = new Float64Array(800);
    for (let row = 0; row < 400; row += 1) { target[2 * row] = -(source[2 * row + 1] ?? 0); target[2 * row + 1] = source[2 * row] ?? 0; }
    const maps = fitMaps({ dimension: 2, count: 400, source, target, fold: new Uint8Array(400), folds: 1, ridge: 1e-9 });
    const out = new Float64Array(2);
    applyMap(maps.forward[0] ?? new Float64Array(0), 2, Float64Array.of(3, 4), 0, out, 0, 1);
    expect(out[0]).toBeCloseTo(-0.8, 6);
    expect(out[1]).toBeCloseTo(0.6, 6);
  });

  it('says so when the pairs do not differ', () => {
    expect(() => solveRidge(new Float64Array(4), new Float64Array(4), 2, 0)).toThrow('cannot be fitted');
  });
});

import { describe, expect, it } from 'vitest';
import { dealFolds, linearMap, mapHelps, mapIsWorthTrying, refinedRow, selectConfident } from './refinement.ts';

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('the second step of refinement', () => {
  it('adds the mapped vectors as dimensions: the cosine is the weighted mean of three', () => {
    const x = Float64Array.of(1, 0);
    const y = Float64Array.of(0.6, 0.8);
    const xMapped = Float64Array.of(0.8, 0.6);
    const yMapped = Float64Array.of(0, 1);
    const source = new Float64Array(6);
    const target = new Float64Array(6);
    refinedRow('source', x, xMapped, 0.35, source);
    refinedRow('target', y, yMapped, 0.35, target);
    expect(dot(source, target)).toBeCloseTo((0.6 + 0.35 * dot(xMapped, y) + 0.35 * dot(x, yMapped)) / 1.7, 12);
    expect(dot(source, source)).toBeCloseTo(1, 12);
    expect(dot(target, target)).toBeCloseTo(1, 12);
  });

  it('takes the most certain pairs, best margin first', () => {
    const pairs = { source: Uint32Array.of(0, 1, 2, 3), target: Uint32Array.of(5, 6, 7, 8), margin: Float64Array.of(1.1, 1.3, 1.2, 1.3) };
    expect([...selectConfident(pairs, Float64Array.of(0.9, 0.8, 0.4, 0.7)).source]).toEqual([1, 3, 0]);
    expect([...selectConfident(pairs, Float64Array.of(0.9, 0.8, 0.4, 0.7), 1).target]).toEqual([6]);
  });

  it('gives both sentences of a pair the fold of the pair', () => {
    const folds = dealFolds({ source: Uint32Array.of(7, 1), target: Uint32Array.of(2, 9) }, 10, 10);
    expect([folds.ofSource[7], folds.ofTarget[2], folds.ofSource[1], folds.ofTarget[9], folds.ofSource[4]]).toEqual([0, 0, 1, 1, 4]);
  });

  it('is tried only where many sentences have a translation', () => {
    const facts = { sources: 1000, targets: 1200, expectedPairs: 800, confidentPairs: 700 };
    expect(mapIsWorthTrying(facts).use).toBe(true);
    expect(mapIsWorthTrying({ ...facts, expectedPairs: 40 })).toMatchObject({ use: false, reason: expect.stringContaining('4 %') });
    expect(mapIsWorthTrying({ ...facts, sources: linearMap.fewestSentences - 1 }).use).toBe(false);
    expect(mapIsWorthTrying({ ...facts, confidentPairs: linearMap.fewestPairs - 1 }).use).toBe(false);
  });

  it('is used only where more sentences are each other\'s best', () => {
    expect(mapHelps(321, 329).use).toBe(true);
    expect(mapHelps(948, 946).use).toBe(false);
    expect(mapHelps(948, 948).use).toBe(false);
  });
});

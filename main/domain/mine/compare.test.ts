import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare.ts';
import { mineSignature } from './signature.ts';

const run = (pairs: readonly (readonly [number, number, number])[]) => ({
  source: Uint32Array.from(pairs, ([source]) => source), target: Uint32Array.from(pairs, ([, target]) => target), margin: Float64Array.from(pairs, ([, , margin]) => margin),
});

describe('two runs', () => {
  it('tells gained, lost, moved and same pairs', () => {
    const left = run([[5, 5, 1.3], [1, 2, 1.2], [3, 4, 1.1], [7, 7, 1.05]]);
    const right = run([[1, 2, 1.2000001], [3, 4, 1.15], [5, 6, 1.4], [7, 7, 1.25]]);
    const found = compareRuns(left, right);
    expect([...found.lost]).toEqual([0]);
    expect([...found.gained]).toEqual([2]);
    expect([...found.moved.left]).toEqual([3, 2]);
    expect([...found.moved.right]).toEqual([3, 1]);
    expect(found.same).toBe(1);
  });
  it('finds nothing to tell between a run and itself', () => {
    const same = run([[1, 1, 1.1], [2, 2, 1.2]]);
    expect(compareRuns(same, same)).toEqual({ gained: new Uint32Array(0), lost: new Uint32Array(0), moved: { left: new Uint32Array(0), right: new Uint32Array(0) }, same: 2 });
  });
  it('counts everything against an empty run', () => { expect(compareRuns(run([]), run([[1, 1, 1]])).gained.length).toBe(1); });
});

describe('signature', () => {
  it('names margin, k, retrieval, encoder, refinement, index and version', () => {
    const settings = { margin: 'ratio', k: 4, retrieval: 'max' } as const;
    expect(mineSignature({ settings, encoders: ['a', 'b'], refinement: 'centre', index: 'exact', version: '0.1.0' })).toBe('ratio|k:4|max|enc:both|ref:centre|idx:exact|v:0.1.0');
    expect(mineSignature({ settings, encoders: ['a'], refinement: 'off', index: 'hnsw-usearch', version: '0.1.0' })).toBe('ratio|k:4|max|enc:a|ref:off|idx:hnsw|v:0.1.0');
  });
});

import { describe, expect, it } from 'vitest';
import { shareOut } from './share-out.ts';

const pairs = Uint32Array.from({ length: 120 }, (_, at) => 1_000 + at);
const holders = (parts: readonly Uint32Array[], pair: number): number => parts.filter((part) => part.includes(pair)).length;

describe('sharing out', () => {
  it('gives every pair to one annotator, evenly, in the order of the queue', () => {
    const parts = shareOut(pairs, [4, 7, 9], 0);
    expect(parts.map((part) => part.length)).toEqual([40, 40, 40]);
    expect(parts.flatMap((part) => [...part]).toSorted()).toEqual([...pairs]);
    for (const part of parts) expect([...part]).toEqual([...part].toSorted());
  });

  it('gives the stated share to two, still evenly', () => {
    const parts = shareOut(pairs, [4, 7, 9], 0.25);
    const twice = [...pairs].filter((pair) => holders(parts, pair) === 2);
    expect(twice.length).toBe(30);
    expect([...pairs].every((pair) => holders(parts, pair) >= 1)).toBe(true);
    for (const part of parts) expect(part.length).toBe(50);
  });

  it('brings everybody together with everybody', () => {
    const parts = shareOut(pairs, [1, 2, 3, 4], 1);
    for (const one of [0, 1, 2, 3]) {
      for (const other of [0, 1, 2, 3].filter((person) => person > one)) expect([...(parts[one] ?? [])].filter((pair) => parts[other]?.includes(pair)).length).toBe(20);
    }
  });

  it('cannot give a pair twice to the only one', () => {
    expect(shareOut(pairs, [4], 1).map((part) => [...part])).toEqual([[...pairs]]);
  });
});

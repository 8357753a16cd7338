import { describe, expect, it } from 'vitest';
import { matchSentences } from './match-sentences.ts';
import { noNeighbour } from './neighbours.ts';

const match = (old: number[][], now: number[][]): (number | null)[] => Array.from(
  matchSentences(old.map((rows) => Uint32Array.from(rows)), now.map((rows) => Uint32Array.from(rows))).nowOf, (ordinal) => (ordinal === noNeighbour ? null : ordinal));

describe('matching sentences by the rows of their vectors', () => {
  it('finds what stayed, whatever came between, and what has gone', () => {
    expect(match([[5, 6, 7, 8]], [[1, 5, 2, 7, 8, 3]])).toEqual([1, null, 3, 4]);
    expect(match([[5, 6]], [[1, 2]])).toEqual([null, null]);
    expect(match([[]], [[1]])).toEqual([]);
    expect(match([[900]], [[1]])).toEqual([null]);
  });

  it('keeps the longest part that kept its order', () => {
    expect(match([[1, 2, 3, 4, 5]], [[5, 1, 2, 3, 4]])).toEqual([1, 2, 3, 4, null]);
    expect(match([[1, 2, 3]], [[3, 2, 1]]).filter((ordinal) => ordinal !== null)).toHaveLength(1);
  });

  it('counts what has only moved', () => {
    expect(matchSentences([Uint32Array.of(1, 2, 3, 9)], [Uint32Array.of(3, 1, 2, 8)])).toEqual({ nowOf: Uint32Array.of(1, 2, noNeighbour, noNeighbour), moved: 1 });
  });

  it('matches repeated rows in their order, and needs the rows of every encoder', () => {
    expect(match([[4, 4, 4]], [[4, 9, 4]])).toEqual([0, 2, null]);
    expect(match([[1, 2], [7, 8]], [[1, 2], [7, 9]])).toEqual([0, null]);
  });
});

import { describe, expect, test } from 'vitest';
import { linkWords, type WordVectors } from './word-links.ts';

const one = (...values: number[]): Float32Array => Float32Array.from(values);
const pairsOf = (source: WordVectors, target: WordVectors): (readonly [number, number])[] => linkWords(source, target).map((link) => [link.source, link.target]);

describe('word links', () => {
  test('each word goes to its like, in whatever order', () => {
    const words = [one(1, 0, 0, 0), one(0, 1, 0, 0), one(0, 0, 1, 0), one(0, 0, 0, 1)];
    expect(pairsOf(words, [words[2] ?? null, words[0] ?? null, words[3] ?? null, words[1] ?? null])).toEqual([[0, 1], [1, 3], [2, 0], [3, 2]]);
  });

  test('what all words of a sentence share makes no links', () => {
    const shared = [one(9, 1, 0, 0), one(9, 0, 1, 0), one(9, 0, 0, 1)];
    expect(pairsOf(shared, [one(9, 0, 0, 1.1), one(9, 1.1, 0, 0), one(9, 0, 1.1, 0)])).toEqual([[0, 1], [1, 2], [2, 0]]);
  });

  test('one word may have two in the second round', () => {
    const source = [one(1, 0, 0), one(0, 1, 0), one(0, 0, 1)];
    expect(pairsOf(source, [one(1, 0, 0), one(0.9, 0.1, 0), one(0, 1, 0), one(0, 0, 1)])).toEqual([[0, 0], [0, 1], [1, 2], [2, 3]]);
  });

  test('a word without its like, without a vector or without company is left alone', () => {
    expect(pairsOf([one(1, 0, 0), one(0, 1, 0), one(0, 0, 1)], [one(1, 0, 0), one(0, 1, 0), null])).toEqual([[0, 0], [1, 1]]);
    expect(pairsOf([one(1, 0)], [one(0, 1)])).toEqual([]);
    expect(pairsOf([], [one(1, 0)])).toEqual([]);
    expect(pairsOf([one(0, 0)], [one(1, 0)])).toEqual([]);
  });

  test('single words are compared as they are', () => expect(linkWords([one(3, 4)], [one(3, 4)])).toMatchObject([{ source: 0, target: 0, similarity: expect.closeTo(1, 6) }]));
});

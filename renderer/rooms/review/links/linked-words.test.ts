import { describe, expect, test } from 'vitest';
import { linkedTo, marksOfLinks, stepWord, wordAt, type WordLinks } from './linked-words.ts';

/** "das Haus" and "the old house": das-the, Haus-house. */
const links: WordLinks = { source: [[0, 3], [4, 8]], target: [[0, 3], [4, 7], [8, 13]], links: [{ source: 0, target: 0, similarity: 0.8 }, { source: 1, target: 2, similarity: 0.9 }] };

describe('words that belong together', () => {
  test('are told from both sides', () => {
    expect(linkedTo(links, { side: 'source', index: 1 })).toEqual([2]);
    expect(linkedTo(links, { side: 'target', index: 2 })).toEqual([1]);
    expect(linkedTo(links, { side: 'target', index: 1 })).toEqual([]);
  });

  test('are marked on both sides, each in the ink of its side', () => {
    expect(marksOfLinks(links, { side: 'source', index: 1 }, 'source')).toEqual([{ name: 'linked-source', from: 4, to: 8 }]);
    expect(marksOfLinks(links, { side: 'source', index: 1 }, 'target')).toEqual([{ name: 'linked-target', from: 8, to: 13 }]);
  });

  test('are found by a place; between words there is none', () => {
    expect(wordAt(links, 'target', 9)).toEqual({ side: 'target', index: 2 });
    expect(wordAt(links, 'target', 3)).toBeUndefined();
  });

  test('are stepped through from the source into the target, and left at both ends', () => {
    expect(stepWord(links, undefined, 1)).toEqual({ side: 'source', index: 0 });
    expect(stepWord(links, { side: 'source', index: 1 }, 1)).toEqual({ side: 'target', index: 0 });
    expect(stepWord(links, { side: 'target', index: 2 }, 1)).toBeUndefined();
    expect(stepWord(links, undefined, -1)).toEqual({ side: 'target', index: 2 });
    expect(stepWord(links, { side: 'source', index: 0 }, -1)).toBeUndefined();
  });
});

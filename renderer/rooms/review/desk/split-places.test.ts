import { expect, test } from 'vitest';
import { nextPlace, suggestedPlace } from './split-places.ts';

test('two sentences are cut between them', () => {
  expect(suggestedPlace('The ferry is late. We wait.', 'en')).toBe('The ferry is late. '.length);
  expect(suggestedPlace('渡轮停航。我们等着。', 'zh-Hans')).toBe('渡轮停航。'.length);
});

test('one sentence is cut at the word nearest to its middle', () => expect(suggestedPlace('one two', 'en')).toBe(3));

test('places move by words or by graphemes, and stop at the ends', () => {
  expect(nextPlace('one two three', 'en', 3, 1, 'word')).toBe(4);
  expect(nextPlace('one two three', 'en', 3, -1, 'word')).toBe(3);
  expect(nextPlace('a👩‍🚀b', 'en', 1, 1, 'grapheme')).toBe('a👩‍🚀'.length);
  expect(nextPlace('ab', 'x-unknown-tag-', 1, 1, 'grapheme')).toBe(1);
});

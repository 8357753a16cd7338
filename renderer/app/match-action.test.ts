import { expect, test } from 'vitest';
import { matchAction } from './match-action.ts';

test('an empty question matches everything', () => expect(matchAction('Redo', '  ')).toBe(0));
test('the start of any word matches', () => {
  expect(matchAction('Redo', 're')).toBe(0);
  expect(matchAction('Pause and resume', 're')).toBe(10);
});
test('the inside of a word does not', () => expect(matchAction('Corpora', 'or')).toBeUndefined());
test('a later word start is found behind an earlier inside', () => expect(matchAction('Open or close', 'o')).toBe(0));
test('several words match as they stand', () => expect(matchAction('Open the sample project', 'sample pro')).toBe(9));

import { describe, expect, test } from 'vitest';
import { diffChunks } from './diff-chunks.ts';

const shown = (before: string, after: string, language: string): string => diffChunks(before, after, language)
  .map((chunk) => (chunk.before === chunk.after ? chunk.after : `[-${chunk.before}-]{+${chunk.after}+}`)).join('');

describe('a diff to be shown', () => {
  test.each([
    ['en', 'The same.', 'The same.', 'The same.'],
    ['en', 'He recieves it.', 'He receives it.', 'He [-recieves-]{+receives+} it.'],
    ['en', 'Leaves at 8.30 sharp.', 'Leaves at 8:30 sharp.', 'Leaves at [-8.30-]{+8:30+} sharp.'],
    ['ar', 'كتب الولد', 'كتبت الولد', '[-كتب-]{+كتبت+} الولد'],
    ['zh', '我喜欢红苹果', '我喜欢绿苹果', '我喜欢[-红-]{+绿+}苹果'],
    ['en', 'old', '', '[-old-]{++}'], ['en', '', 'new', '[--]{+new+}'], ['en', '', '', ''],
    ['en', 'one two', 'one and two', 'one [--]{+and +}two'],
    ['en', 'a  b', 'a b', 'a[-  -]{+ +}b'],
  ])('%s: %j to %j is cut at word edges', (language, before, after, expected) => expect(shown(before, after, language)).toBe(expected));

  test('keeps both texts whole, and says which letters differ', () => {
    const chunks = diffChunks('He recieves 8.30.', 'He receives 8:30!', 'en');
    expect(chunks.map((chunk) => chunk.before).join('')).toBe('He recieves 8.30.');
    expect(chunks.map((chunk) => chunk.after).join('')).toBe('He receives 8:30!');
    const [word] = chunks.filter((chunk) => chunk.before === 'recieves');
    expect(word?.removed.map(([from, to]) => word.before.slice(from, to))).toEqual(['i']);
    expect(word?.added.map(([from, to]) => word.after.slice(from, to))).toEqual(['i']);
  });
});

import { expect, test } from 'vitest';
import { directionOf, languageName } from './languages.ts';

test('direction follows the script a language is written in', () => {
  expect(['ar', 'he', 'ur', 'fa', 'yi', 'ks-Arab'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl', 'rtl', 'rtl']);
  expect(['de', 'zh-Hant', 'ks-Deva', 'und', 'x-klingon', 'not a tag'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'ltr', 'ltr', 'ltr']);
});

test('languages have names, private and unknown ones keep their tag', () => {
  expect(languageName('de')).toBe('German');
  expect(languageName('zh-Hans')).toContain('Simplified');
  expect(['und', 'x-klingon', 'qqq-zz-zz'].map(languageName)).toEqual(['und', 'x-klingon', 'qqq-zz-zz']);
});

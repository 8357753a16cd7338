import { expect, test } from 'vitest';
import { originWord } from './origin-word.ts';

test('the origin of a sentence is its file without folders and endings', () => {
  expect(originWord('/home/me/texts/notices.txt')).toBe('notices');
  expect(originWord('C:\\texts\\crawl.de.tsv.gz')).toBe('crawl.de');
  expect(originWord('README')).toBe('README');
});

import { expect, test } from 'vitest';
import { originOf } from './pair-columns.tsx';

test('the origin of a sentence is its file without folders and endings', () => {
  expect(originOf('/home/me/texts/notices.txt')).toBe('notices');
  expect(originOf('C:\\texts\\crawl.de.tsv.gz')).toBe('crawl.de');
  expect(originOf('README')).toBe('README');
});

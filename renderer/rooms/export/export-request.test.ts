import { expect, test } from 'vitest';
import { formats, inFolder, suggestName, withEnding } from './export-request.ts';

test('the ending follows the format and packing stays', () => {
  expect(withEnding('/x/pairs.tsv', 'tmx')).toBe('/x/pairs.tmx');
  expect(withEnding('/x/pairs.tsv.gz', 'jsonl')).toBe('/x/pairs.jsonl.gz');
  expect(withEnding('/x/pairs.tmx', 'moses')).toBe('/x/pairs');
  expect(withEnding('/x/crawl.v2', 'tsv')).toBe('/x/crawl.v2.tsv');
  expect(withEnding('/x/pairs.tsv.gz', 'xlsx')).toBe('/x/pairs.xlsx');
  expect(withEnding('/x/pairs.xlsx', 'keops')).toBe('/x/pairs.tsv');
});

test('no path stays no path', () => expect(formats.map((format) => withEnding('', format))).toEqual(formats.map(() => '')));

test('a proposed name has nothing that a disk refuses', () => {
  expect(suggestName('Run 12, crawl-de to crawl-en', 'tsv')).toBe('Run-12-crawl-de-to-crawl-en.tsv');
  expect(suggestName(' a/b:c? ', 'tmx')).toBe('a-b-c.tmx');
  expect(suggestName('???', 'jsonl')).toBe('pairs.jsonl');
});

test('a file is put into a folder with the separator of that machine', () => {
  expect(inFolder('/home/ana', 'pairs.tsv')).toBe('/home/ana/pairs.tsv');
  expect(inFolder('/', 'pairs.tsv')).toBe('/pairs.tsv');
  expect(inFolder('C:\\Users\\ana', 'pairs.tsv')).toBe('C:\\Users\\ana\\pairs.tsv');
  expect(inFolder(undefined, 'pairs.tsv')).toBe('');
});

import { describe, expect, test } from 'vitest';
import type { ImportOptions, ImportPreview } from '../../../main/contract/corpora.ts';
import { isLanguageTag } from '../../../main/contract/language.ts';
import { faultOf, nameOf, planFiles, proposeColumns, requestsOf, withHeader, withRole } from './import-plan.ts';

const options = (part: Partial<ImportOptions> = {}): ImportOptions => ({ layout: 'lines', compression: 'none', encoding: 'utf-8', header: false, columns: [], language: 'de', targetLanguage: null, split: 'none', ...part });
const preview = (path: string, part: Partial<ImportOptions> = {}, targetPath: string | null = null): ImportPreview => ({
  file: { path, targetPath, options: options(part) }, kind: 'monolingual', bytes: 1, bom: null, lineEnd: 'lf', encodingConfidence: 1, languages: [], targetLanguages: [], sentencesPerLine: 1, sample: [], warnings: [],
});
const columns = [{ index: 0, name: 'a', role: 'source' }, { index: 1, name: 'b', role: 'target' }, { index: 2, name: 'c', role: 'score' }] as const;

describe('a name for a collection', () => {
  test('is the file’s, without packing and format', () => {
    expect(nameOf('/data/crawl.de.txt.gz')).toBe('crawl.de');
    expect(nameOf('C:\\data\\minutes.tsv')).toBe('minutes');
    expect(nameOf('.txt')).toBe('.txt');
  });

  test('of a Moses pair is the stem of both files', () => {
    expect(planFiles([preview('/b/bible.de-en.de', { layout: 'moses' }, '/b/bible.de-en.en')])[0]?.collection).toBe('bible.de-en');
  });
});

describe('collections to make', () => {
  test('are one a file', () => expect(requestsOf(planFiles([preview('a.txt'), preview('b.txt')])).map((request) => request.name)).toEqual(['a', 'b']));

  test('join files of one name and language', () => {
    const [first, second] = planFiles([preview('a.txt'), preview('b.txt')]);
    expect(first === undefined || second === undefined).toBe(false);
    if (first === undefined || second === undefined) return;
    expect(requestsOf([first, { ...second, collection: 'a' }]).map((request) => request.files.length)).toEqual([2]);
  });

  test('never join two languages under one name', () => {
    const planned = [{ preview: preview('a.txt'), collection: 'all' }, { preview: preview('b.txt', { language: 'en' }), collection: 'all' }];
    expect(requestsOf(planned)).toHaveLength(2);
  });

  test('are named after their file when the name was emptied', () => expect(requestsOf([{ preview: preview('/x/a.txt'), collection: '  ' }])[0]?.name).toBe('a'));
});

describe('roles of columns', () => {
  test('that only one column can have leave the other', () => {
    expect(withRole(options({ layout: 'columns', columns: [...columns] }), 2, 'target').columns.map((column) => column.role)).toEqual(['source', 'ignore', 'target']);
  });

  test('score and label may be several', () => {
    expect(withRole(options({ layout: 'columns', columns: [...columns] }), 1, 'score').columns.map((column) => column.role)).toEqual(['source', 'score', 'score']);
  });
});

describe('what must still be decided', () => {
  test('is a language, where the tag is none', () => {
    expect(faultOf(options({ language: '' }))).toBe('language');
    expect(faultOf(options({ language: 'x-dialect' }))).toBeUndefined();
  });

  test('is the other language, where there are two sides', () => expect(faultOf(options({ layout: 'moses' }))).toBe('target'));

  test('is a column of text, or both sides', () => {
    expect(faultOf(options({ layout: 'columns', columns: [{ index: 0, name: 'a', role: 'id' }] }))).toBe('text');
    expect(faultOf(options({ layout: 'columns', targetLanguage: 'en', columns: [{ index: 0, name: 'a', role: 'source' }] }))).toBe('sides');
    expect(faultOf(options({ layout: 'columns', targetLanguage: 'en', columns: [...columns] }))).toBeUndefined();
  });
});

test('tags are those the contract takes', () => {
  expect(['de', 'zh-Hant', 'und', 'x-klingon', 'sr-Latn-RS'].every(isLanguageTag)).toBe(true);
  expect(['German', 'DE', 'x-', '', 'd'].some(isLanguageTag)).toBe(false);
});

describe('columns proposed for lines with TABs', () => {
  const roles = (...lines: readonly string[]): readonly string[] => proposeColumns(lines).map((column) => column.role);

  test('take the two longest for the texts, numbers for scores, what stands before for the id', () => {
    expect(roles('id\tgerman\tenglish\tlaser', 'a1\tDie Suppe war kalt.\tThe soup was cold.\t0.91', 'a2\tHunde an die Leine.\tDogs on a lead.\t0.88')).toEqual(['source-id', 'source', 'target', 'score']);
  });

  test('take an id and a text for what they are', () => expect(roles('a1\tDie Suppe war kalt.', 'a2\tHunde an die Leine.')).toEqual(['id', 'text']));

  test('take two texts for two sides', () => expect(roles('Die Suppe war kalt.\tThe soup was cold.')).toEqual(['source', 'target']));

  test('take a line without TABs for its text', () => expect(roles('Die Suppe war kalt.')).toEqual(['text']));

  test('survive lines that are short of columns', () => expect(roles('Die Suppe war kalt.\tThe soup was cold.', 'kaputt')).toEqual(['source', 'target']));
});

test('a header names the columns by the first row of the sample', () => {
  const shown = { ...preview('a.tsv', { layout: 'columns', columns: [...columns] }), sample: [['german', 'english', ''], ['Hunde', 'Dogs', '0.9']] };
  expect(withHeader(shown, true)).toEqual({ header: true, columns: [{ ...columns[0], name: 'german' }, { ...columns[1], name: 'english' }, { ...columns[2], name: 'c' }] });
  expect(withHeader(shown, false).columns).toEqual(columns);
});

import { expect, test } from 'vitest';
import { columnCount, guessColumns, isNone, isNumber, makesPairs } from './columns.ts';
import { groupMosesFiles } from './moses.ts';
import { columnReader, lineReader, mosesRecord, roleProblem } from './records.ts';
import type { SplitLine } from './line-splitter.ts';

const table = (...lines: string[]): readonly (readonly string[])[] => lines.map((line) => line.split('\t'));
const roles = (...lines: string[]): string => {
  const { header, columns } = guessColumns(table(...lines));
  return `${header ? 'header' : 'plain'}: ${columns.map(({ name, role }) => `${name}=${role}`).join(' ')}`;
};

test('ids and sentences', () => {
  expect(roles('de-000001\tDas ist ein Satz.', 'de-000002\tNoch einer, etwas länger.', 'de-000003\tUnd Schluss.')).toBe('plain: id=id text=text');
  expect(roles('1\t你好世界。', '2\t今天天气很好。', '3\t我们去公园吧。')).toBe('plain: id=id text=text');
  expect(roles('id\tsentence', 'a1\tDas ist ein Satz.', 'a2\tNoch einer.')).toBe('header: id=id sentence=text');
});

test('two columns of text are a pair', () => {
  expect(roles('Das ist ein Satz.\tThis is a sentence.', 'Guten Morgen!\tGood morning!', 'Ja, gerne.\tYes, please.')).toBe('plain: source=source target=target');
  expect(roles('de\ten', 'Das ist ein Satz.\tThis is a sentence.', 'Ja, gerne.\tYes, please.')).toBe('header: de=source en=target');
  expect(guessColumns(table('deu_Latn\tzho_Hant', 'Das ist ein Satz.\t這是一個句子。'))).toMatchObject({ language: 'de', targetLanguage: 'zh-Hant' });
});

test("LASER's score, source, target", () => {
  expect(roles('1.2041\tDas ist ein Satz.\tThis is a sentence.', '1.0630\tGuten Morgen!\tGood morning!', '1.3\tJa, gerne.\tYes, please.')).toBe('plain: score=score source=source target=target');
});

test('a headed bicleaner table keeps its scores and labels', () => {
  const lines = ['src_url\ttrg_url\tsrc_text\ttrg_text\tbicleaner_ai_score\tdomain'];
  for (let row = 0; row < 40; row += 1) lines.push(`http://a.example/${row}\thttp://b.example/${row}\tDas ist der Satz ${row}.\tThis is sentence ${row}.\t0.${row}1\t${row % 2 === 0 ? 'news' : 'law'}`);
  const guess = guessColumns(table(...lines));
  expect(guess.columns.map(({ role }) => role)).toEqual(['ignore', 'ignore', 'source', 'target', 'score', 'label']);
  expect(guess.warnings).toHaveLength(1);
  expect(guess.warnings[0]).toContain('"src_url", "trg_url"');
});

test('what this program exports is read again', () => {
  expect(roles('score\tcosine\tsource_id\ttarget_id\tsource\ttarget', '1.250000\t0.910000\tde-1\ten-7\tDas ist ein Satz.\tThis is a sentence.'))
    .toBe('header: score=score cosine=score source_id=source-id target_id=target-id source=source target=target');
});

test('a column of words under a score name is a label, and columns of one name are told apart', () => {
  expect(roles('score\tscore\tsource\ttarget', 'good\t1\tDas ist ein Satz.\tThis is a sentence.', 'bad\t2\tEin Satz mehr.\tOne more.')).toMatch(/plain|score 2/);
  expect(roles('quality\tsource\ttarget', 'good\tDas ist ein Satz.\tThis is a sentence.', 'good\tEin Satz mehr.\tOne more.')).toBe('header: quality=label source=source target=target');
});

test('ids alone come with a warning', () => {
  expect(guessColumns(table('de-1\ten-9', 'de-2\ten-8', 'de-3\ten-4')).warnings).toEqual(['No column looks like text: all values look like ids or numbers.']);
});

test('the width of a table needs four rows in five', () => {
  expect(columnCount(['a\tb', 'a\tb', 'a\tb', 'a\tb', 'a'])).toBe(2);
  expect(columnCount(['a\tb', 'a', 'a', 'a'])).toBe(1);
  expect(columnCount(['a\tb', 'a', 'a\tb\tc'])).toBe(1);
  expect(columnCount([])).toBe(1);
});

test('numbers and no values', () => {
  expect(['1', '-0.5', '1e-3', ' 2 ', '.5', '1.'].every(isNumber)).toBe(true);
  expect(['', 'NaN', 'Infinity', '1,5', '0x10', 'abc', '1 2'].some(isNumber)).toBe(false);
  expect(['', 'NaN', 'n/a', 'None', '-'].every(isNone)).toBe(true);
});

const line = (text: string): SplitLine => ({ line: 1, text, problem: null });
const column = (index: number, name: string, role: 'text' | 'id' | 'source' | 'target' | 'score' | 'label' | 'ignore') => ({ index, name, role });

test('a wrong number of columns is told with its place', () => {
  const reader = columnReader([column(0, 'id', 'id'), column(1, 'text', 'text')]);
  expect(reader?.read(line('a1\tTäxt'))).toEqual({ kind: 'sentence', text: 'Täxt', id: 'a1' });
  expect(reader?.read(line('a1'))).toMatchObject({ kind: 'malformed', column: 3, reason: '1 column instead of 2' });
  expect(reader?.read(line('ä😀\tb\tc'))).toMatchObject({ kind: 'malformed', column: 5, reason: '3 columns instead of 2' });
  expect(reader?.read(line('a1\t \u00A0'))).toEqual({ kind: 'empty' });
  expect(reader?.read(line(''))).toEqual({ kind: 'empty' });
});

test('a score that is no number is malformed; one that is missing is none', () => {
  const reader = columnReader([column(0, 's', 'score'), column(1, 'a', 'source'), column(2, 'b', 'target'), column(3, 'kind', 'label')]);
  expect(reader?.valueColumns).toEqual([{ name: 's', kind: 'score' }, { name: 'kind', kind: 'label' }]);
  expect(reader?.read(line('1.5\tx\ty\tnews'))).toMatchObject({ kind: 'pair', source: 'x', target: 'y', values: [1.5, 'news'] });
  expect(reader?.read(line('NaN\tx\ty\t'))).toMatchObject({ kind: 'pair', values: [null, null] });
  expect(reader?.read(line('high\tx\ty\tnews'))).toMatchObject({ kind: 'malformed', column: 1, reason: '"high" in the column "s" is not a number' });
  expect(reader?.read(line('1e999\tx\ty\tnews'))).toMatchObject({ kind: 'malformed' });
  expect(reader?.read(line('1\tx\t\tnews'))).toMatchObject({ kind: 'malformed', column: 5, reason: 'the target side is empty' });
  expect(reader?.read(line('1\t\t\tnews'))).toEqual({ kind: 'empty' });
});

test('roles that make nothing are refused with a sentence', () => {
  expect(roleProblem([column(0, 'a', 'source')])).toContain('both');
  expect(roleProblem([column(0, 'a', 'ignore')])).toContain('nothing would be imported');
  expect(roleProblem([column(0, 'a', 'text'), column(1, 'b', 'text')])).toContain('Two columns');
  expect(roleProblem([column(0, 'a', 'text'), column(1, 'b', 'source')])).toContain('not both');
  expect(columnReader([column(0, 'a', 'ignore')])).toBeNull();
  expect(makesPairs([column(0, 'a', 'source'), column(1, 'b', 'target')])).toBe(true);
});

test('a line keeps its TABs where lines are sentences', () => {
  expect(lineReader().read(line('a\tb'))).toEqual({ kind: 'sentence', text: 'a\tb', id: null });
});

test('Moses halves: pairs, no partner, half empty, both malformed', () => {
  expect(mosesRecord(line('a'), line('b'))).toMatchObject({ kind: 'pair', source: 'a', target: 'b' });
  expect(mosesRecord(line('a'), null)).toMatchObject({ kind: 'malformed', reason: 'no partner: the target file has no such line', excerpt: 'a' });
  expect(mosesRecord(line(''), line('b'))).toMatchObject({ kind: 'malformed', reason: 'the source side is empty' });
  expect(mosesRecord(line(' '), line(''))).toEqual({ kind: 'empty' });
  const bad: SplitLine = { line: 1, text: '', problem: { column: 4, reason: 'NUL character', excerpt: 'x' } };
  expect(mosesRecord(bad, bad)).toMatchObject({ column: 4, reason: 'NUL character; the target line too: NUL character (column 4)' });
});

test('Moses files are found by name; three of one name are none', () => {
  expect(groupMosesFiles(['d/x.de', 'd/x.en'])).toEqual([{ path: 'd/x.de', targetPath: 'd/x.en' }]);
  expect(groupMosesFiles(['x.de-en.en.gz', 'other.txt', 'x.de-en.de.gz'])).toEqual([{ path: 'x.de-en.en.gz', targetPath: 'x.de-en.de.gz' }, { path: 'other.txt', targetPath: null }]);
  for (const paths of [['x.de', 'x.en', 'x.fr'], ['a/x.de', 'b/x.en'], ['x.txt', 'x.tsv'], ['x.de.txt', 'x.en.txt'], ['x.bak', 'x.old']]) {
    expect(groupMosesFiles(paths)).toEqual(paths.map((path) => ({ path, targetPath: null })));
  }
});

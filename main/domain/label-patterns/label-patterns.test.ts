import { describe, expect, it } from 'vitest';
import { createPatternFinder } from './find-patterns.ts';
import { readPatternList } from './pattern-list.ts';

const list = (...lines: readonly (readonly string[])[]) => readPatternList({ name: 'names.tsv', text: lines.map((cells) => `${cells.join('\t')}\n`).join('') });
const found = (lines: readonly (readonly string[])[], text: string, language = 'en'): string[] =>
  createPatternFinder(list(...lines).patterns, language)(text).map(({ label, start, end }) => `${label}:${text.slice(start, end)}@${start}`);

describe('a list of patterns', () => {
  it('has labels, patterns and flags, notes and a header', () => {
    const { patterns, repeated } = readPatternList({ name: 'names.tsv', text: '\uFEFFlabel\tpattern\tflags\r\n# towns\r\nLOC\tBerlin\r\n\r\nPER\tAnna Maria\tignore-case, stem\r\nLOC\tBerlin\r\nORG\tBerlin\r\n' });
    expect(patterns.map(({ label, pattern, flags, line }) => [label, pattern, [...flags], line])).toEqual([['LOC', 'Berlin', [], 3], ['PER', 'Anna Maria', ['ignore-case', 'stem'], 5]]);
    expect(repeated).toEqual([{ line: 7, first: 3, pattern: 'Berlin' }]);
  });
  it.each([
    [['LOC Berlin'], 'line 1, column 12: there is no pattern'],
    [['', 'Berlin'], 'line 1, column 1: the label is missing'],
    [['LOC', 'Berlin', 'regexp'], 'line 1, column 12: “regexp” is no flag'],
    [['LOC', 'B(erlin', 'regex'], 'line 1, column 5: “B(erlin” is not a regular expression'],
    [['LOC', 'a', 'regex', 'x'], 'line 1, column 13: the line has 4 columns'],
  ])('%j is told with its place', (cells, message) => {
    expect(() => list(cells)).toThrow(message);
  });
});

describe('names', () => {
  it('begin and end with a word', () => {
    expect(found([['PER', 'Ann']], 'Ann and Anna met Joann, Ann’s sister')).toEqual(['PER:Ann@0']);
    expect(found([['PER', 'Ann', 'stem']], 'Ann’s sister Anna met Joann')).toEqual(['PER:Ann@0', 'PER:Ann@13']);
    expect(found([['PER', 'ann', 'inside']], 'Joann')).toEqual(['PER:ann@2']);
  });
  it('are the longest that fit, then the first, then of the first line', () => {
    const zoo = [['LOC', 'Berlin'], ['ORG', 'Berlin Zoo'], ['ORG', 'Zoo Palast'], ['MISC', 'Berlin']];
    expect(found(zoo, 'Berlin Zoo, Berlin')).toEqual(['ORG:Berlin Zoo@0', 'LOC:Berlin@12']);
    expect(found(zoo, 'Berlin Zoo Palast')).toEqual(['ORG:Berlin Zoo@0']);
  });
  it('are found whatever the spelling of accents, blanks and apostrophes, at their own places', () => {
    expect(found([['LOC', 'São Paulo']], 'in Sa\u0303o\n Paulo!')).toEqual(['LOC:Sa\u0303o\n Paulo@3']);
    expect(found([['PER', "O'Neill"]], '🙂 O’Neill')).toEqual(['PER:O’Neill@3']);
    expect(found([['LOC', 'Sao Paulo']], 'São Paulo')).toEqual([]);
    expect(found([['X', 'e']], 'e\u0301')).toEqual([]);
  });
  it('ignore case where that is asked for, though letters change their length', () => {
    expect(found([['LOC', 'ISTANBUL', 'ignore-case'], ['LOC', 'Αθήνας', 'ignore-case']], 'İİ istanbul ΑΘΉΝΑΣ', 'el')).toEqual(['LOC:istanbul@3', 'LOC:ΑΘΉΝΑΣ@12']);
    expect(found([['LOC', 'Berlin']], 'BERLIN')).toEqual([]);
  });
  it('need no spaces around them in scripts that set none, and do not cut a letter from its marks', () => {
    expect(found([['PER', '王小明'], ['LOC', '青岛']], '王小明昨天到了青岛。', 'zh')).toEqual(['PER:王小明@0', 'LOC:青岛@7']);
    expect(found([['LOC', 'กรุงเทพ'], ['X', 'ก']], 'เรือออกจากกรุงเทพมหานคร', 'th')).toContain('LOC:กรุงเทพ@10');
    expect(found([['X', 'กร']], 'กรุง', 'th')).toEqual([]);
    expect(found([['ORG', 'NHK']], 'NHKは NHKX', 'ja')).toEqual(['ORG:NHK@0']);
  });
  it('with endings or prefixes need a flag where words have spaces', () => {
    expect(found([['LOC', '서울']], '서울에서 서울', 'ko')).toEqual(['LOC:서울@5']);
    expect(found([['LOC', '서울', 'stem']], '서울에서 서울', 'ko')).toEqual(['LOC:서울@0', 'LOC:서울@5']);
    expect(found([['LOC', 'حيفا']], 'من حيفا', 'ar')).toEqual(['LOC:حيفا@3']);
  });
});

describe('expressions', () => {
  it('keep to the edges of words too, and compete with names', () => {
    expect(found([['DATE', String.raw`\d{4}-\d{2}-\d{2}`, 'regex'], ['NUM', String.raw`\d+`, 'regex']], 'on 2026-01-31, x77')).toEqual(['DATE:2026-01-31@3']);
    expect(found([['TITLE', String.raw`(?:Dr|Frau)\.? \p{Lu}\p{L}+`, 'regex'], ['PER', 'Weber']], 'Frau Weber und Weber')).toEqual(['TITLE:Frau Weber@0', 'PER:Weber@15']);
    expect(found([['X', 'a*', 'regex']], 'b')).toEqual([]);
  });
});

it('any number of names is looked up at once', () => {
  const names = Array.from({ length: 10_000 }, (_, at) => ['PER', `Name${at}`]);
  expect(found(names, 'Name1234 met Name99 and Name10000.')).toEqual(['PER:Name1234@0', 'PER:Name99@13']);
});

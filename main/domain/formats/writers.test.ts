import { describe, expect, test } from 'vitest';
import { guessColumns } from './columns.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { PairWriterOptions, WrittenPair } from './pair-writer.ts';
import { columnReader } from './records.ts';
import { pairWriterFor } from './writers.ts';

const options: PairWriterOptions = {
  sourceLanguage: 'de', targetLanguage: 'zh-Hant', tool: { name: 'dragoman', version: '0.1.0' },
  columns: [{ name: 'margin', kind: 'score' }, { name: 'domain', kind: 'label' }],
};
const pair = (source: string, target: string, values: WrittenPair['values'] = [1.25, 'news']): WrittenPair => ({ source, target, sourceId: 'de-1', targetId: 'zh-9', values });

const written = (format: Parameters<typeof pairWriterFor>[0], pairs: readonly WrittenPair[], more: Partial<PairWriterOptions> = {}) => {
  const writer = pairWriterFor(format, { ...options, ...more });
  const pieces = [writer.head(), ...pairs.map((one) => writer.pair(one)), writer.tail()];
  return { texts: writer.files.map((_, file) => pieces.map((piece) => piece[file] ?? '').join('')), counts: writer.counts(), files: writer.files };
};

/** Reads a written table with the importer's own rules. */
const readAgain = (text: string): unknown[] => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const splitter = createLineSplitter({ codec: { label: 'utf-8', decode: (bytes) => decoder.decode(bytes), decodeLossy: (bytes) => decoder.decode(bytes) }, lineEnd: 'lf' });
  const lines = [...splitter.push(new TextEncoder().encode(text)), ...splitter.finish()];
  const guess = guessColumns(lines.map((line) => line.text.split('\t')));
  const reader = columnReader(guess.columns);
  return lines.slice(guess.header ? 1 : 0).map((line) => reader?.read(line));
};

test('TSV is read again as it was, with a CR inside a text and U+2028', () => {
  const { texts: [text = ''], counts } = written('tsv', [pair('Guten\rTag\u2028!', '你好 "世界"'), pair('Zweiter Satz hier.', '第二句', [null, null])]);
  expect(text.split('\n')[0]).toBe('source_id\ttarget_id\tsource\ttarget\tmargin\tdomain');
  expect(readAgain(text)).toMatchObject([
    { kind: 'pair', source: 'Guten\rTag\u2028!', target: '你好 "世界"', sourceId: 'de-1', targetId: 'zh-9', values: [1.25, 'news'] },
    { kind: 'pair', source: 'Zweiter Satz hier.', target: '第二句', values: [null, null] },
  ]);
  expect(counts).toEqual({ pairs: 2, breaks: 0, characters: 0 });
});

test('TABs and line ends inside a text become spaces and are counted', () => {
  const { texts: [text = ''], counts } = written('tsv', [pair('a\tb\nc\r\nd', 'e\r')]);
  expect(text.split('\n')[1]).toBe('de-1\tzh-9\ta b c  d\te \t1.250000\tnews');
  expect(counts.breaks).toBe(5);
  const moses = written('moses', [pair('a\tb\nc', 'd\r')]);
  expect(moses).toEqual({ texts: ['a\tb c\n', 'd \n'], counts: { pairs: 1, breaks: 2, characters: 0 }, files: ['.de', '.zh-Hant'] });
});

test('mined-tsv has its six columns with six decimals', () => {
  const { texts: [text = ''] } = written('mined-tsv', [pair('a', 'b', [1.0623456789, -0.0000001])], { columns: [{ name: 'margin', kind: 'score' }, { name: 'cosine', kind: 'score' }] });
  expect(text).toBe('score\tcosine\tsource_id\ttarget_id\tsource\ttarget\n1.062346\t0.000000\tde-1\tzh-9\ta\tb\n');
});

test('JSONL holds any text', () => {
  const hard = 'a"b\\c\n\t\r\u2028\u0000😀';
  const { texts: [text = ''] } = written('jsonl', [pair(hard, 'b')]);
  expect(text.split(/[\n\u2028]/)).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({ source: { language: 'de', id: 'de-1', text: hard }, target: { language: 'zh-Hant', id: 'zh-9', text: 'b' }, values: { margin: 1.25, domain: 'news' } });
});

describe('TMX', () => {
  test('is TMX 1.4 with languages, ids and scores, and without a clock', () => {
    const { texts: [text = ''] } = written('tmx', [pair('Guten Tag', '你好')]);
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
      + '  <header creationtool="dragoman" creationtoolversion="0.1.0" segtype="sentence" o-tmf="dragoman" adminlang="en" srclang="de" datatype="plaintext"/>\n  <body>\n'
      + '    <tu tuid="1">\n      <prop type="x-margin">1.250000</prop>\n      <prop type="x-domain">news</prop>\n'
      + '      <tuv xml:lang="de"><prop type="x-id">de-1</prop><seg>Guten Tag</seg></tuv>\n'
      + '      <tuv xml:lang="zh-Hant"><prop type="x-id">zh-9</prop><seg>你好</seg></tuv>\n    </tu>\n  </body>\n</tmx>\n',
    );
    expect(written('tmx', [], { createdAt: Date.UTC(2026, 0, 31, 12, 5, 9, 123) }).texts[0]).toContain(' creationdate="20260131T120509Z"/>');
  });

  test('escapes what XML reads otherwise, and replaces and counts what XML forbids', () => {
    const { texts: [text = ''], counts } = written('tmx', [pair('a<b>&"c"]]>\r\u2028', 'x\u0000\u0008\uD800y\uFFFE😀\t')]);
    expect(text).toContain('<seg>a&lt;b&gt;&amp;"c"]]&gt;&#13;\u2028</seg>');
    expect(text).toContain('<seg>x\uFFFD\uFFFD\uFFFDy\uFFFD😀\t</seg>');
    expect(counts).toEqual({ pairs: 1, breaks: 0, characters: 4 });
  });
});

test('a writer of one language names its Moses halves apart', () => {
  expect(written('moses', [], { targetLanguage: 'de' }).files).toEqual(['.source.de', '.target.de']);
});

describe('XLSX', () => {
  test('texts are inline strings, whatever they begin with; scores are numbers; nothing is a formula', () => {
    const { texts: [text = ''], counts } = written('xlsx', [pair('=HYPERLINK("http://a")', '+1 <b>&\u0000', [1.25, '@SUM(A1)']), pair(' leer ', '_x0041_ _xyz_', [null, null])]);
    const rows = text.slice(text.indexOf('<sheetData>') + 11).split('</row>');
    const cell = (content: string): string => `<c t="inlineStr"><is><t xml:space="preserve">${content}</t></is></c>`;
    expect(rows[0]).toBe(`<row>${['source_id', 'target_id', 'source', 'target', 'margin', 'domain'].map(cell).join('')}`);
    expect(rows[1]).toBe(`<row>${cell('de-1')}${cell('zh-9')}${cell('=HYPERLINK("http://a")')}${cell('+1 &lt;b&gt;&amp;\uFFFD')}<c><v>1.25</v></c>${cell('@SUM(A1)')}`);
    expect(rows[2]).toBe(`<row>${cell('de-1')}${cell('zh-9')}${cell(' leer ')}${cell('_x005F_x0041_ _xyz_')}<c/><c/>`);
    expect(rows[3]).toBe('</sheetData></worksheet>');
    expect(text).not.toContain('<f>');
    expect(counts).toEqual({ pairs: 2, breaks: 0, characters: 1 });
  });

  test('a text that no cell holds is refused by name, and the sheet says how many rows it has', () => {
    const writer = pairWriterFor('xlsx', options);
    expect(writer.mostPairs).toBe(1_048_575);
    writer.pair(pair('x'.repeat(32_767), 'y'));
    expect(() => writer.pair(pair('x'.repeat(32_768), 'y'))).toThrow('A text of pair 2 has 32,768 characters');
  });
});

describe('KEOPS', () => {
  const evaluated = (...values: readonly (string | null)[]) => written('keops', [pair('a\tb', 'c', values)]).texts[0]?.split('\n')[1];
  test.each([
    [['accept', null, null, null], 'V\tValid translation\t\t'],
    [['reject', null, null, null], 'A\tIncorrect alignment\t\t'],
    [['reject', null, 'wrong-language', null], 'L\tWrong language id.\t\t'],
    [['reject', null, 'toString', null], 'A\tIncorrect alignment\t\t'],
    [['reject', 'languages / content / LQT', null, 'flagged'], 'LQT\tLow quality translation\t\t'],
    [['accept', 'good', null, 'personal-data,offensive'], 'V\tValid translation\tpersonal_data: 1; content_error: 1\t'],
    [['unsure', 'F', null, null], 'F\tFree translation\t\t'],
    [['conflict', null, null, null], 'P\tPending\t\t'],
    [[null, null, null, null], 'P\tPending\t\t'],
  ])('%j', (values, end) => expect(evaluated(...values)).toBe(`a b\tc\tde\tzh-Hant\t${end}`));
});

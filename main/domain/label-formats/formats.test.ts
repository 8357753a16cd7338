import { describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import { detectLabelFormat, labelFormat, type LabelFile, type LabelFormatName, type LabelLoss, type ReadLabelOptions } from './index.ts';
import { tagSchemes } from './tag-schemes.ts';

const file = (text: string, name = 'file'): LabelFile => ({ name, text });
const read = (name: LabelFormatName, text: string, options?: ReadLabelOptions) => labelFormat(name).read([file(text)], options);
const spans = (name: LabelFormatName, text: string, options?: ReadLabelOptions): string[][] =>
  read(name, text, options).sentences.map((sentence) => sentence.spans.map(({ label, start, end }) => `${label}:${sentence.text.slice(start, end)}`));
const kinds = (losses: readonly LabelLoss[]): string[] => losses.map(({ kind }) => kind);
const brat = (text: string, annotations: string): readonly LabelFile[] => [file(text, 'a.txt'), file(annotations, 'a.ann')];

/** Files as other tools and people leave them: each must come out byte for byte. */
const files: readonly (readonly [what: string, name: LabelFormatName, texts: readonly LabelFile[]])[] = [
  ['CoNLL-2003: four columns, IOB1, document marks', 'conll', [file('-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\nGerman JJ I-NP I-MISC\n\nPeter NNP I-NP I-PER\nPeter NNP B-NP B-PER\n')]],
  ['two columns with TABs, CR LF, no line end at the end', 'conll', [file('Anna\tB-PER\r\nlebt\tO\r\n\r\nNew York\tB-LOC')]],
  ['a byte order mark, comments, several empty lines, blanks that end lines', 'conll', [file('\uFEFF# id 1 domain=de\nAnna O \n\n\n \n# O\n# O\nx O\n# a note in between\ny I-A\n\n')]],
  ['numbered tokens with SpaceAfter=No', 'conll', [file('# text = San Jose.\n1\tSan\tB-L\t_\n2\tJose\tI-L\tSpaceAfter=No\n3\t.\tO\t_\n\n1\tx\tO\t_\n')]],
  ...tagSchemes.map((scheme) => [scheme, 'conll', labelFormat('conll').write({ sentences: [{ text: 'a b c d e', spans: [{ label: 'X', start: 0, end: 3 }, { label: 'X', start: 4, end: 5 }, { label: 'Y', start: 6, end: 9 }] }] }, { scheme }).files.map(({ text }) => file(text))] as const),
  ['doccano with lists, other fields and odd spacing', 'jsonl', [file('\uFEFF{"id": 3,"text":"a\\ud83d\\ude42 Anna\\r\\n é","label":[ [3, 7,"PER"],[0,1,"X"] ], "meta": {"label": [1]}}\r\n\n{"text":"b", "label": []}')]],
  ['doccano with objects and relations', 'jsonl', [file('{"id":1,"text":"EU rejects","entities":[{"id":5,"label":"ORG","start_offset":0,"end_offset":2}],"relations":[{"id":0,"from_id":5,"to_id":5,"type":"r"}],"Comments":[]}\n')]],
  ['brat with relations, events, notes and fragments', 'brat', brat('Anna🙂 in Berlin.\r\n\r\nzwei', 'T1\tPER 0 5\tAnna🙂\nT12\tLOC 9 15\tBerlin\nR1\tlives Arg1:T1 Arg2:T12\t\nT3\tX 0 1;9 15\tA Berlin\nE1\tLOC:T12\nA1\tNegation E1\n#1\tAnnotatorNotes T1\tnot T12\n*\tEquiv T1 T12\n')],
  ['tags with attributes, entities, comments and empty elements', 'xml', [file('<PER id="1">Anna &amp; Tom</PER> in <ORG>the <LOC>Berlin</LOC> Zoo</ORG>.\r\n<!-- no --> x &#x3C; y > z <br/>\n<![CDATA[<a>]]>')]],
  ['a TMX of a translation tool', 'tmx', [file('<?xml version="1.0"?>\r\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\r\n<tmx version="1.4"><header srclang="en-US"/><body>\r\n<tu tuid="u1"><prop type="x">p</prop><tuv xml:lang="en-US"><seg>Press <bpt i="1" type="bold">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> <ph x="2">{<sub>tip</sub>}</ph>and\r\n<hi type="term">go</hi>.<it pos="begin">x</it></seg></tuv><tuv xml:lang="de"><seg>Drücke</seg></tuv></tu></body></tmx>\r\n')]],
];

describe.each(files)('%s', (_, name, texts) => {
  it('comes out byte for byte', () => {
    const document = labelFormat(name).read(texts);
    const written = labelFormat(name).write(document);
    expect(written.files.map(({ text }) => text)).toEqual(texts.map(({ text }) => text));
    expect(document.sentences.length).toBeGreaterThan(0);
  });
});

describe('CoNLL', () => {
  it('joins tokens with one blank, unless the file says SpaceAfter=No or nothing is to stand between them', () => {
    expect(read('conll', '1\tSan\tB-L\t_\n2\tJose\tI-L\tSpaceAfter=No\n3\t.\tO\t_\n').sentences[0]?.text).toBe('San Jose.');
    expect(read('conll', '王\tB-PER\n小\tI-PER\n明\tI-PER\n来\tO\n', { join: 'nothing' }).sentences[0]).toMatchObject({ text: '王小明来', spans: [{ label: 'PER', start: 0, end: 3 }] });
  });
  it('finds the scheme that needs the fewest repairs, and lists those', () => {
    const document = read('conll', 'a\tB-X\nb\tI-X\n\nc\tI-Y\nd\tB-Y\n');
    expect(document.origin?.style['scheme']).toBe('IOB2');
    expect(document.losses).toMatchObject([{ kind: 'tag-repaired', sentence: 2, line: 4 }]);
    expect(labelFormat('conll').write(document).files[0]?.text).toBe('a\tB-X\nb\tI-X\n\nc\tB-Y\nd\tB-Y\n');
  });
  it('takes the columns it is told', () => {
    expect(spans('conll', 'Anna NNP B-NP B-PER\n')).toEqual([['PER:Anna']]);
    expect(spans('conll', 'Anna NNP B-NP B-PER\n', { tagColumn: 2 })).toEqual([['NP:Anna']]);
  });
  it('lists spans that share a token, end inside one, or cover none, and text that tokens do not give again', () => {
    const text = 'the Berlin Zoo.';
    const written = labelFormat('conll').write({ sentences: [{ text, spans: [{ label: 'ORG', start: 0, end: 14 }, { label: 'LOC', start: 4, end: 10 }], tokens: [{ start: 0, end: 3 }, { start: 4, end: 10 }, { start: 11, end: 15 }] }] });
    expect(written.files[0]?.text).toBe('the\tB-ORG\nBerlin\tI-ORG\nZoo.\tI-ORG\n');
    expect(kinds(written.losses)).toEqual(['inside-token', 'overlap']);
    expect(kinds(labelFormat('conll').write({ sentences: [{ text: 'a  b', spans: [{ label: 'X', start: 1, end: 3 }] }, { text: '', spans: [] }] }).losses)).toEqual(['empty-span', 'spacing', 'empty-sentence']);
  });
  it('writes a new sentence in the manner of the file it joins', () => {
    const document = read('conll', '1 Anna B-PER\r\n2 lebt O\r\n');
    expect(labelFormat('conll').write({ ...document, sentences: [...document.sentences, { text: 'in Köln', spans: [{ label: 'LOC', start: 3, end: 7 }] }] }).files[0]?.text).toBe('1 Anna B-PER\r\n2 lebt O\r\n\r\n1 in O\r\n2 Köln B-LOC\r\n');
  });
});

describe('brat', () => {
  it('gives new spans new numbers, and leaves out what refers to spans that went', () => {
    const document = labelFormat('brat').read(brat('Anna in Berlin\n', 'T1\tPER 0 4\tAnna\nT2\tLOC 8 14\tBerlin\nR1\tin Arg1:T1 Arg2:T2\n'));
    const written = labelFormat('brat').write({ ...document, sentences: document.sentences.map((sentence) => ({ ...sentence, spans: [...sentence.spans.slice(1), { label: 'X', start: 5, end: 7 }] })) });
    expect(written.files[1]?.text).toBe('T2\tLOC 8 14\tBerlin\nT3\tX 5 7\tin\n');
    expect(kinds(written.losses)).toEqual(['relation']);
  });
  it('lists fragments, spans over a line end, and what is no span', () => {
    const document = labelFormat('brat').read(brat('Anna\nBerlin\n', 'T1\tX 0 1;5 6\tA B\nT2\tY 0 11\tAnna Berlin\nA1\tNegation T1\n'));
    expect(document.losses.map(({ kind, line }) => [kind, line])).toEqual([['discontinuous', 1], ['discontinuous', 2], ['attribute', 3]]);
  });
  it('reads offsets in bytes and UTF-16 units when told', () => {
    for (const [offsets, start] of [['utf-8', 5], ['utf-16', 3], ['code-point', 2]] as const) expect(labelFormat('brat').read(brat('🙂 Köln', `T1\tLOC ${start} ${start + (offsets === 'utf-8' ? 5 : 4)}\tKöln\n`), { offsets }).sentences[0]?.spans).toMatchObject([{ start: 3, end: 7 }]);
  });
});

describe('TMX', () => {
  const text = '<tmx><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>go <bpt i="1">{</bpt>on<ept i="1">}</ept> <ph>x</ph></seg></tuv><tuv xml:lang="de-AT"><seg>weiter</seg></tuv></tu></body></tmx>';
  it('reads codes as spans, in the language that is asked for', () => {
    expect(read('tmx', text).sentences[0]).toMatchObject({ text: 'go on ', spans: [{ label: 'bpt', start: 3, end: 5, id: '1' }, { label: 'ph', start: 6, end: 6 }] });
    expect(read('tmx', text, { language: 'de' }).sentences.map((sentence) => sentence.text)).toEqual(['weiter']);
  });
  it('adds a span and keeps the codes', () => {
    const document = read('tmx', text);
    const written = labelFormat('tmx').write({ ...document, sentences: document.sentences.map((sentence) => ({ ...sentence, spans: [{ label: 'A&B', start: 0, end: 2 }, ...sentence.spans] })) });
    expect(written.files[0]?.text).toBe(text.replace('go', '<hi type="A&amp;B">go</hi>'));
  });
});

describe('what a format cannot hold', () => {
  it.each([
    ['conll', 'A B\t1', 'A B 1', ['label', 'score']],
    ['brat', 'A B', 'A_B', ['score', 'label']],
    ['xml', '1 B', '_1_B', ['score', 'label']],
    ['jsonl', 'A B', 'A B', ['score']],
  ] as const)('is listed by %s', (name, label, written, expected) => {
    const { files, losses } = labelFormat(name).write({ sentences: [{ text: 'Anna', spans: [{ label, start: 0, end: 4, score: 0.5 }] }] });
    expect(kinds(losses)).toEqual(expected);
    expect(labelFormat(name).read(files.map(({ suffix, text }) => file(text, `a${suffix}`))).sentences[0]?.spans[0]?.label).toBe(written);
  });
});

describe('a span with an edge inside a character', () => {
  it.each(['jsonl', 'brat'] as const)('takes all of it in %s, and that is listed', (name) => {
    const { files, losses } = labelFormat(name).write({ sentences: [{ text: 'a🙂b', spans: [{ label: 'X', start: 2, end: 9 }] }] });
    expect(kinds(losses)).toEqual(['inside-token']);
    expect(labelFormat(name).read(files.map(({ suffix, text }) => file(text, `a${suffix}`))).sentences[0]?.spans).toMatchObject([{ label: 'X', start: 1, end: 4 }]);
  });
});

/** What is wrong, where, and a word of the remedy. */
const malformed: readonly (readonly [what: string, name: LabelFormatName, files: readonly LabelFile[], place: string, remedy: string])[] = [
  ['a row without its tag', 'conll', [file('Anna\tB-PER\nlebt\n')], 'line 2, column 5: this row has 1 column', 'missing cells'],
  ['a word in the column of tags', 'conll', [file('Anna NNP B-PER\nlebt O VBZ\nin IN O\n')], 'line 2, column 8: “VBZ” is no tag', 'B-PER'],
  ['an empty token', 'conll', [file('Anna\tB-PER\n\tO\n')], 'line 2, column 1: the token is empty', 'empty line'],
  ['text without columns', 'conll', [file('Anna\nlebt\n')], 'line 1, column', 'B-PER'],
  ['half an object', 'jsonl', [file('{"text": "a", "label": []}\n{"text": "b"')], 'line 2, column', 'object'],
  ['an object without text', 'jsonl', [file('{"data": "a", "label": []}')], 'line 1, column 1: there is no “text”', 'rename'],
  ['a span outside the text', 'jsonl', [file('{"text": "🙂", "label": [[0, 2, "X"]]}')], 'line 1, column 24: the span 0 to 2 (X) is not in the text, which has 1 characters', 'code points'],
  ['labels of whole texts', 'jsonl', [file('{"text": "a", "label": ["good"]}')], 'line 1, column 24: "good" is no span', 'whole texts'],
  ['a missing half', 'brat', [file('T1\tX 0 1\ta\n', 'a.ann')], 'the .txt file is not here', 'one folder'],
  ['offsets of another unit', 'brat', brat('🙂 Köln', 'T1\tLOC 3 7\tKöln\n'), 'line 1, column 12: T1 says “Köln”', 'UTF-16 units'],
  ['offsets of another text', 'brat', brat('Anna', 'T1\tPER 0 3\tTom\n'), 'line 1, column 12: T1 says “Tom”, and at its offsets the text has “Ann”', 'not of one state'],
  ['a line of no kind', 'brat', brat('Anna', 'T1\tPER 0 4\tAnna\nPER 0 4\n'), 'line 2, column 1', 'a TAB'],
  ['a number that is there twice', 'brat', brat('Anna', 'T1\tPER 0 4\tAnna\nT1\tPER 0 4\tAnna\n'), 'line 2, column 1: T1 is there twice', 'another number'],
  ['a tag that stays open', 'xml', [file('ok\n<PER>Anna\n')], 'line 2, column', 'Every tag that opens must close'],
  ['tags that cross', 'xml', [file('<A>a <B>b</A> c</B>')], 'line 1, column 10: ', 'the inner ones first'],
  ['a bare &', 'xml', [file('Marks & Spencer')], 'line 1, column 7: ', '&amp;'],
  ['a document', 'xml', [file('<?xml version="1.0"?>\n<a/>')], 'line 1, column 1', 'one a line'],
  ['a TMX that breaks off', 'tmx', [file('<tmx>\n<body><tu>')], 'line 2, column', 'close'],
  ['a TMX without the language', 'tmx', [file('<tmx><header srclang="fr"/><body><tu><tuv xml:lang="en"><seg>a</seg></tuv></tu></body></tmx>')], 'no segment in “fr”; the file has en', 'Choose'],
];

describe.each(malformed)('%s', (_, name, input, place, remedy) => {
  it('is told with place and remedy', () => {
    let thrown: unknown;
    try {
      labelFormat(name).read(input);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Failure);
    const { code, message, hint } = thrown instanceof Failure ? thrown.data : { code: '', message: '', hint: '' };
    expect(code).toBe('malformed-input');
    expect(message).toContain(place);
    expect(hint).toContain(remedy);
  });
});

it('brat is known by its .ann, whichever file comes first', () => {
  expect(detectLabelFormat(...brat('Anna', 'T1\tPER 0 4\tAnna\n')).name).toBe('brat');
});

it('a text of no format is told so', () => {
  expect(() => detectLabelFormat(file('Just a line of text.\nAnd another.\n', 'notes.txt'))).toThrow('looks like none of the label formats');
});

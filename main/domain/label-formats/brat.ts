import { writeBrat } from './brat-writer.ts';
import { readTextBound, type TextBound } from './brat-lines.ts';
import { byteOrderMark, fileLines, lineAt, usualLineEnd, type FileLine } from './file-lines.ts';
import { createLossList, malformed, type LabelFile, type LabelFormat, type LossList, type OffsetUnit, type ReadLabelOptions } from './label-format.ts';
import { bySpanOrder, type LabelledDocument, type LabelledSpan } from './labelled-sentence.ts';
import { textOffsets, type TextOffsets } from './text-offsets.ts';

/**
 * brat's standoff: the text in `NAME.txt`, a sentence a line, and in `NAME.ann` one line `T1 <TAB> PER 0 4 <TAB> Anna` a span.
 *
 * Offsets are counted from the start of the text in code points, CR and LF one each, the end exclusive. Spans of several fragments, spans over a line
 * end, relations, events, attributes, normalisations and notes are no labels of a sentence: they are listed, and stay in the file as long as what they refer to does.
 */
export const brat: LabelFormat = {
  name: 'brat',
  suffixes: ['.ann'],
  likeness: ({ name, text }) => {
    if (text.trim() === '' && name.endsWith('.ann')) return 1;
    const lines = fileLines(text.slice(0, 20_000)).filter((line) => line.text !== '').slice(0, 50);
    const known = lines.filter((line) => /^(?:T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t|[REAMN]\d+\t|#\d*\t?|\*\t)/u.test(line.text));
    return lines.length === 0 ? 0 : known.length / lines.length;
  },
  read: (files, options = {}) => readBrat(files, options),
  write: writeBrat,
};

const readBrat = (files: readonly LabelFile[], options: ReadLabelOptions): LabelledDocument => {
  const [text, annotations] = [files.find(({ name }) => !name.endsWith('.ann')), files.find(({ name }) => name.endsWith('.ann'))];
  if (text === undefined || annotations === undefined) {
    throw malformed({ file: files[0]?.name ?? 'brat', line: 1, column: 1 }, `brat keeps text and spans in two files, and the ${text === undefined ? '.txt' : '.ann'} file is not here.`, 'Put NAME.txt and NAME.ann into one folder and choose either.');
  }
  const offsets = textOffsets(text.text, options.offsets ?? 'code-point');
  const losses = createLossList();
  const lines = fileLines(text.text);
  const spans = lines.map((): LabelledSpan[] => []);
  const names = new Set<string>();
  for (const line of fileLines(annotations.text)) {
    const bound = readTextBound(annotations.name, line);
    if (bound === null) listOther(line, losses);
    else {
      if (names.has(bound.id)) throw malformed({ file: annotations.name, line: line.line, column: 1 }, `${bound.id} is there twice.`, 'Give one of the two another number.');
      names.add(bound.id);
      place(bound, line, { text, annotations, lines, offsets, spans }, losses, options);
    }
  }
  const bom = text.text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const sentences = lines.map((line, at) => {
    const start = at === 0 ? bom.length : 0;
    const words = line.text.slice(start);
    const own = (spans[at] ?? []).map((span) => ({ ...span, start: span.start - start, end: span.end - start })).sort(bySpanOrder);
    return { text: words, spans: own, origin: { format: 'brat' as const, text: words, spans: own, parts: [line.end] } };
  });
  return { sentences, origin: { format: 'brat', style: { lineEnd: usualLineEnd(lines), offsets: options.offsets ?? 'code-point', bom }, tail: annotations.text }, losses: losses.losses };
};

type Files = { readonly text: LabelFile; readonly annotations: LabelFile; readonly lines: readonly FileLine[]; readonly offsets: TextOffsets; readonly spans: readonly LabelledSpan[][] };

/** Puts a span into its sentence, or lists why it has none. */
const place = (bound: TextBound, line: FileLine, { text, annotations, lines, offsets, spans }: Files, losses: LossList, options: ReadLabelOptions): void => {
  const units = bound.fragments.map(([start, end]) => [offsets.toUtf16(start), offsets.toUtf16(end)] as const);
  const words = units.map(([start, end]) => (start === null || end === null ? null : text.text.slice(start, end)));
  if (words.includes(null) || withBlanks(words.join(' ')) !== withBlanks(bound.words)) {
    const fitting = (['code-point', 'utf-16', 'utf-8'] as const).find((unit) => unit !== (options.offsets ?? 'code-point') && fits(bound, text.text, unit));
    throw malformed({ file: annotations.name, line: line.line, column: [...line.text].length - [...bound.words].length + 1 },
      `${bound.id} says “${bound.words}”, and ${words.includes(null) ? 'its offsets are outside the text' : `at its offsets the text has “${words.join(' ')}”`}.`,
      fitting === undefined ? 'The two files are not of one state: take the text that was annotated.' : `The offsets fit when they are counted in ${unitNames[fitting]}: say so when importing.`);
  }
  const [start, end] = [units[0]?.[0] ?? 0, units.at(-1)?.[1] ?? 0];
  const own = lineAt(lines, start);
  const sentence = lines[own];
  if (bound.fragments.length > 1) losses.add('discontinuous', own + 1, `${bound.label} ${bound.id} “${bound.words}” has ${bound.fragments.length} fragments; spans here are of one piece.`, line.line);
  else if (sentence === undefined || end > sentence.start + sentence.text.length) losses.add('discontinuous', own + 1, `${bound.label} ${bound.id} “${bound.words}” reaches over the end of a line, that is of a sentence.`, line.line);
  else if (start === end) losses.add('empty-span', own + 1, `${bound.label} ${bound.id} covers no text.`, line.line);
  else spans[own]?.push({ label: bound.label, start: start - sentence.start, end: end - sentence.start, id: bound.id });
};

const unitNames: Readonly<Record<OffsetUnit, string>> = { 'code-point': 'code points', 'utf-16': 'UTF-16 units', 'utf-8': 'bytes of UTF-8' };

/** brat writes line ends inside a span as blanks. */
const withBlanks = (text: string): string => text.replaceAll(/[\r\n]/gu, ' ');

const fits = (bound: TextBound, text: string, unit: OffsetUnit): boolean => {
  const offsets = textOffsets(text, unit);
  const words = bound.fragments.map(([start, end]) => text.slice(offsets.toUtf16(start) ?? 0, offsets.toUtf16(end) ?? 0));
  return withBlanks(words.join(' ')) === withBlanks(bound.words);
};

const listOther = (line: FileLine, losses: LossList): void => {
  if (line.text.trim() === '') return;
  const kind = /^[RE*]/u.test(line.text) ? 'relation' : 'attribute';
  losses.add(kind, null, `“${line.text.slice(0, 60)}” is ${kind === 'relation' ? 'a relation or an event' : 'an attribute or a note'}, not a span.`, line.line);
};

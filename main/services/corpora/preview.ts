import type { ImportFile, ImportPreview } from '../../contract/corpora.ts';
import type { LineEnd } from '../../domain/formats/head.ts';
import type { SplitLine } from '../../domain/formats/line-splitter.ts';
import { mosesRecord, type LineRecord } from '../../domain/formats/records.ts';
import { detectEncoding, type EncodingGuess } from './encoding.ts';
import { headLines, readHead } from './file-head.ts';
import { checkOptions, kindOf } from './import-options.ts';
import { detectLanguages } from './language-thread.ts';
import { readerFor } from './record-stream.ts';
import { sentenceSplitter } from './sentence-split.ts';

/** What the first rows of a file look like when it is read with these options. */

/** What the inspector has found out already. */
export type Known = { readonly guess: EncodingGuess; readonly warnings: readonly string[] };

const shownRows = 30;
const shownCells = 50;
const shownCharacters = 300;
const sampledLines = 200;
/** Splitting costs about 130 ms a megabyte, all at once. */
const splitLines = 100;
const splitCharacters = 1000;
/** Of one line, for the language. */
const sampledCharacters = 400;

export const previewOf = async (file: ImportFile, signal: AbortSignal, known: Known | null = null): Promise<ImportPreview> => {
  checkOptions(file);
  const { options } = file;
  const head = await readHead(file.path, options.compression, signal);
  const guess = known?.guess ?? detectEncoding(head.head, head.whole);
  const source = headLines(head, options.encoding);
  const target = file.targetPath === null ? null : await readHead(file.targetPath, null, signal);
  const targetLines = target === null ? [] : headLines(target, options.encoding).lines;
  const records = recordsOf(file, source.lines, targetLines);
  const texts = sidesOf(records);
  const warnings = [...(known?.warnings ?? []), ...warningsOf(source.lineEnd, records, options.encoding === guess.encoding ? null : guess)];
  return {
    file, kind: kindOf(options), bytes: head.bytes + (target?.bytes ?? 0), bom: guess.bom, lineEnd: source.lineEnd,
    encodingConfidence: options.encoding === guess.encoding ? guess.confidence : 0,
    languages: [...await languagesOfSample(texts.source)], targetLanguages: [...await languagesOfSample(texts.target)],
    sentencesPerLine: kindOf(options) === 'bitext' ? 1 : await meanSentences(texts.source, options.language),
    sample: await sampleRows(file, records), warnings,
  };
};

type Placed = { readonly line: number; readonly record: LineRecord; /** The cells as they stand in the file. */ readonly cells: readonly string[] };

const recordsOf = ({ options }: ImportFile, source: readonly SplitLine[], target: readonly SplitLine[]): readonly Placed[] => {
  const from = options.header ? 1 : 0;
  if (options.layout === 'moses') {
    const both = Math.min(source.length, target.length);
    return Array.from({ length: both - from }, (_, at) => {
      const one = source[at + from] ?? null;
      const other = target[at + from] ?? null;
      return { line: at + from + 1, record: mosesRecord(one, other), cells: [one?.text ?? '', other?.text ?? ''] };
    });
  }
  const reader = readerFor(options);
  return source.slice(from).map((line) => ({ line: line.line, record: reader.read(line), cells: options.layout === 'columns' ? line.text.split('\t') : [line.text] }));
};

const sidesOf = (records: readonly Placed[]): { readonly source: readonly string[]; readonly target: readonly string[] } => {
  const source: string[] = [];
  const target: string[] = [];
  for (const { record } of records) {
    if (record.kind === 'sentence') source.push(record.text);
    if (record.kind === 'pair') { source.push(record.source); target.push(record.target); }
  }
  return { source, target };
};

const sampleRows = async ({ options }: ImportFile, records: readonly Placed[]): Promise<string[][]> => {
  const good = records.filter(({ record }) => record.kind === 'sentence' || record.kind === 'pair').slice(0, shownRows);
  if (options.split !== 'sentences') return good.map(({ cells }) => shownRow(cells));
  const split = await sentenceSplitter(options.language);
  const rows: string[][] = [];
  for (const { record } of good) {
    if (record.kind === 'sentence') rows.push(...[...split(record.text.slice(0, 2000))].map((sentence) => shownRow([sentence])));
    if (rows.length >= shownRows) break;
  }
  return rows.slice(0, shownRows);
};

const shownRow = (cells: readonly string[]): string[] => cells.slice(0, shownCells).map((cell) => (cell.length > shownCharacters ? `${cell.slice(0, shownCharacters - 1).toWellFormed()}…` : cell));

const warningsOf = (lineEnd: LineEnd, records: readonly Placed[], betterGuess: EncodingGuess | null): string[] => {
  const warnings: string[] = [];
  if (betterGuess !== null && betterGuess.confidence >= 0.5) warnings.push(`The bytes look like ${betterGuess.encoding}, not like the encoding chosen.`);
  if (lineEnd === 'mixed') warnings.push('Some lines end in LF and some in CR LF; both are read as line ends.');
  const malformed = records.filter(({ record }) => record.kind === 'malformed');
  const [first] = malformed;
  if (first?.record.kind === 'malformed') {
    const more = malformed.length === 1 ? '' : ` (${malformed.length} such lines among the first ${records.length})`;
    warnings.push(`Line ${first.line}, column ${first.record.column}: ${first.record.reason}; it would be listed as malformed and left out${more}.`);
  }
  return warnings;
};

export const languagesOfSample = async (texts: readonly string[]): Promise<readonly { readonly language: string; readonly share: number }[]> => {
  if (texts.length === 0) return [];
  return detectLanguages(spread(texts, sampledLines).map((text) => text.slice(0, sampledCharacters)));
};

/** Mean sentences a line; 1 where the splitter is not to be had. */
export const meanSentences = async (texts: readonly string[], language: string): Promise<number> => {
  const sample = spread(texts, splitLines);
  if (sample.length === 0) return 1;
  const split = await sentenceSplitter(language).catch(() => null);
  if (split === null) return 1;
  return sample.reduce((sum, text) => sum + [...split(text.slice(0, splitCharacters))].length, 0) / sample.length;
};

/** At most `count` of the texts, evenly spread. */
const spread = (texts: readonly string[], count: number): readonly string[] => {
  if (texts.length <= count) return texts;
  return Array.from({ length: count }, (_, at) => texts[Math.floor((at * texts.length) / count)] ?? '');
};

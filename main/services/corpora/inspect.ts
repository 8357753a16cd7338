import { basename } from 'node:path';
import type { ImportColumn, ImportOptions, ImportPreview } from '../../contract/corpora.ts';
import { columnCount, guessColumns, makesPairs, type TableGuess } from '../../domain/formats/columns.ts';
import { groupMosesFiles, type FileGroup } from '../../domain/formats/moses.ts';
import { languagesOfFileName } from '../../domain/text/file-language.ts';
import { baseLanguage } from '../../domain/text/language-code.ts';
import { detectEncoding, type EncodingGuess } from './encoding.ts';
import { headLines, readHead, type FileHead } from './file-head.ts';
import { languagesOfSample, meanSentences, previewOf } from './preview.ts';

/**
 * Proposes how to read files, from their names and their first megabyte.
 *
 * Every guess can be changed by the user; a guess that is doubtful comes with a warning.
 */

export const inspectFiles = async (paths: readonly string[], signal: AbortSignal): Promise<ImportPreview[]> => {
  const previews: ImportPreview[] = [];
  for (const group of groupMosesFiles(paths)) {
    const { options, guess, warnings } = await proposeOptions(group, signal);
    previews.push(await previewOf({ ...group, options }, signal, { guess, warnings }));
  }
  return previews;
};

type Proposal = { readonly options: ImportOptions; readonly guess: EncodingGuess; readonly warnings: readonly string[] };

/** A mean of sentences a line above this means paragraphs. */
const paragraphs = 1.3;
const sampledRows = 1000;
const plainColumns: readonly ImportColumn[] = [{ index: 0, name: 'text', role: 'text' }];

const proposeOptions = async (group: FileGroup, signal: AbortSignal): Promise<Proposal> => {
  const head = await readHead(group.path, null, signal);
  const guess = detectEncoding(head.head, head.whole);
  const { lines } = headLines(head, guess.encoding);
  const texts = lines.flatMap(({ text, problem }) => (problem === null && text !== '' ? [text] : []));
  const base = { compression: head.compression, encoding: guess.encoding, split: 'none' as const };
  const warnings = guess.warning === null ? [] : [guess.warning];
  if (group.targetPath !== null) return { guess, ...await mosesProposal(group, group.targetPath, base, texts, warnings, signal) };
  const width = columnCount(texts.slice(0, sampledRows));
  if (width > 1) {
    const table = guessColumns(texts.slice(0, sampledRows).map((line) => line.split('\t')).filter((cells) => cells.length === width));
    return { guess, ...await tableProposal(head, base, table, texts, warnings) };
  }
  const named = languagesOfFileName(group.path);
  const language = await languageOfTexts(texts, named.language, warnings, basename(group.path));
  const split = await meanSentences(texts, language) > paragraphs ? 'sentences' : 'none';
  return { guess, warnings, options: { ...base, layout: 'lines', header: false, columns: [...plainColumns], language, targetLanguage: null, split } };
};

type Base = Pick<ImportOptions, 'compression' | 'encoding' | 'split'>;
type Part = Pick<Proposal, 'options' | 'warnings'>;

const mosesProposal = async (group: FileGroup, targetPath: string, base: Base, sourceTexts: readonly string[], warnings: string[], signal: AbortSignal): Promise<Part> => {
  const target = await readHead(targetPath, null, signal);
  const targetGuess = detectEncoding(target.head, target.whole);
  if (targetGuess.encoding !== base.encoding) warnings.push(`The two files seem to be in different encodings (${base.encoding} and ${targetGuess.encoding}); both are read as ${base.encoding}. Convert one of them first.`);
  if (target.compression !== base.compression) warnings.push(`"${basename(targetPath)}" is compressed differently (${target.compression}); it is read as such.`);
  const targetTexts = headLines(target, base.encoding).lines.flatMap(({ text, problem }) => (problem === null && text !== '' ? [text] : []));
  const language = await languageOfTexts(sourceTexts, languagesOfFileName(group.path).language, warnings, basename(group.path));
  const targetLanguage = await languageOfTexts(targetTexts, languagesOfFileName(targetPath).language, warnings, basename(targetPath));
  return { warnings, options: { ...base, layout: 'moses', header: false, columns: [], language, targetLanguage } };
};

const tableProposal = async (head: FileHead, base: Base, table: TableGuess, texts: readonly string[], warnings: string[]): Promise<Part> => {
  const { header, columns } = table;
  const named = languagesOfFileName(head.path);
  const rows = (header ? texts.slice(1) : texts).map((line) => line.split('\t'));
  const textsOf = (role: 'text' | 'source' | 'target'): string[] => {
    const index = columns.find((column) => column.role === role)?.index;
    return index === undefined ? [] : rows.flatMap((cells) => cells[index] ?? []);
  };
  const pairs = makesPairs(columns);
  const language = await languageOfTexts(textsOf(pairs ? 'source' : 'text'), table.language ?? named.language, warnings, pairs ? 'the source column' : basename(head.path));
  const targetLanguage = pairs ? await languageOfTexts(textsOf('target'), table.targetLanguage ?? named.targetLanguage, warnings, 'the target column') : null;
  return { warnings: [...warnings, ...table.warnings], options: { ...base, layout: 'columns', header, columns: [...columns], language, targetLanguage } };
};

/** The text decides; the name helps where the text is too short or in a language that no detector knows, and adds script and region. */
const languageOfTexts = async (texts: readonly string[], named: string | null, warnings: string[], what: string): Promise<string> => {
  const [best] = await languagesOfSample(texts);
  if (best === undefined || best.language === 'und') return named ?? 'und';
  if (named === null) return best.language;
  if (baseLanguage(named) === baseLanguage(best.language)) return named === baseLanguage(named) ? best.language : named;
  // A clear majority against the name; close relatives are the name's to tell.
  if (best.share < 0.8 || texts.length < 5) return named;
  if (relatives.some((family) => family.includes(baseLanguage(named)) && family.includes(baseLanguage(best.language)))) return named;
  if (!detectable.has(baseLanguage(named))) {
    warnings.push(`The name of ${what} says "${named}", which the detector does not know; to it the text looks like "${best.language}": check the language.`);
    return named;
  }
  warnings.push(`The name of ${what} says "${named}", but the text looks like "${best.language}": check the language.`);
  return best.language;
};

const relatives: readonly (readonly string[])[] = [
  ['no', 'nb', 'nn', 'da', 'sv'], ['hr', 'sr', 'bs', 'sh', 'me', 'cnr'], ['ms', 'id', 'zsm'], ['hi', 'ne', 'mr', 'bho', 'mai', 'sa'], ['zh', 'yue', 'wuu', 'lzh'], ['fa', 'prs', 'tg'], ['ku', 'ckb', 'kmr'],
  ['pt', 'gl'], ['es', 'ca', 'ast', 'an', 'gl'], ['nl', 'af', 'fy', 'li'], ['cs', 'sk'], ['bg', 'mk'], ['ru', 'be', 'uk'], ['tr', 'az', 'tk'], ['de', 'lb', 'gsw', 'nds'], ['tl', 'fil', 'ceb'], ['lv', 'ltg'],
];

/** Languages that ELD knows: where the name says one of these, and the text another, the text is right. */
const detectable: ReadonlySet<string> = new Set([
  'am', 'ar', 'az', 'be', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'gu', 'he', 'hi', 'hr', 'hu', 'hy', 'is', 'it', 'ja', 'ka', 'kn', 'ko', 'ku', 'lo',
  'lt', 'lv', 'ml', 'mr', 'ms', 'nl', 'no', 'or', 'pa', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'yo', 'zh',
]);

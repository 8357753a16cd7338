import * as v from 'valibot';
import { command, query } from './method.ts';
import { languageTag } from './language.ts';

/** Files in, sentences or pairs with ids, languages and provenance out. */

export const columnRole = v.picklist(['text', 'id', 'source', 'target', 'source-id', 'target-id', 'score', 'label', 'ignore']);
export type ColumnRole = v.InferOutput<typeof columnRole>;

export const importColumn = v.object({ index: v.number(), name: v.string(), role: columnRole });
export type ImportColumn = v.InferOutput<typeof importColumn>;

/**
 * How one file (or one Moses pair of files) is to be read; everything the inspector detected, and everything the user may change before the import runs.
 *
 * `lines` = one sentence or paragraph a line. `columns` = TAB-separated; the roles say what each column is: {text[, id]} makes sentences, {source, target[, ...]} makes pairs.
 */
export const importOptions = v.object({
  layout: v.picklist(['lines', 'columns', 'moses']),
  compression: v.picklist(['none', 'gz', 'xz', 'zst']),
  /** A WHATWG label that TextDecoder knows: `utf-8`, `utf-16le`, `windows-1252`, `gb18030`, `shift_jis` ... */
  encoding: v.string(),
  header: v.boolean(),
  columns: v.array(importColumn),
  /** Monolingual text, or the source side of pairs. */
  language: languageTag,
  /** The target side of pairs. */
  targetLanguage: v.nullable(languageTag),
  /** `sentences`: lines hold several sentences and are split by sentencex (monolingual only). */
  split: v.picklist(['none', 'sentences']),
});
export type ImportOptions = v.InferOutput<typeof importOptions>;

export const importFile = v.object({
  path: v.string(),
  /** The target file of a Moses pair. */
  targetPath: v.nullable(v.string()),
  options: importOptions,
});
export type ImportFile = v.InferOutput<typeof importFile>;

export const languageGuess = v.object({ language: languageTag, /** Share of the sampled lines that say so, 0..1. */ share: v.number() });

export const importPreview = v.object({
  file: importFile,
  kind: v.picklist(['monolingual', 'bitext']),
  bytes: v.number(),
  bom: v.nullable(v.string()),
  lineEnd: v.picklist(['lf', 'crlf', 'cr', 'mixed', 'none']),
  /** How sure the encoding detector is, 0..1; 1 for a BOM or valid UTF-8. */
  encodingConfidence: v.number(),
  languages: v.array(languageGuess),
  targetLanguages: v.array(languageGuess),
  /** Mean sentences a line in the sample: above 1.3 the inspector proposes splitting. */
  sentencesPerLine: v.number(),
  /** First rows as they would be read, at most 50 columns a row and 300 characters a cell. */
  sample: v.array(v.array(v.string())),
  warnings: v.array(v.string()),
});
export type ImportPreview = v.InferOutput<typeof importPreview>;

export const importRequest = v.strictObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)), files: v.pipe(v.array(importFile), v.minLength(1)) });
export type ImportRequest = v.InferOutput<typeof importRequest>;

export const collectionFile = v.object({ path: v.string(), bytes: v.number(), sha256: v.string(), lines: v.number(), options: importOptions });

export const collection = v.object({
  id: v.number(),
  name: v.string(),
  kind: v.picklist(['monolingual', 'bitext']),
  language: v.string(),
  targetLanguage: v.nullable(v.string()),
  state: v.picklist(['importing', 'ready', 'partial']),
  /** Lines (records) read, of all files. Every one is in exactly one of the four counts below it. */
  lines: v.number(),
  empty: v.number(),
  malformed: v.number(),
  /** Occurrences merged into an earlier identical sentence (or pair). */
  merged: v.number(),
  /** Distinct sentences (monolingual) or pairs (bitext). */
  size: v.number(),
  files: v.array(collectionFile),
  /** Names of imported columns of pairs: scores and labels. */
  columns: v.array(v.object({ name: v.string(), kind: v.picklist(['score', 'label']) })),
  createdAt: v.number(),
});
export type Collection = v.InferOutput<typeof collection>;

export const malformedLine = v.object({ file: v.string(), line: v.number(), column: v.number(), reason: v.string(), excerpt: v.string() });
export type MalformedLine = v.InferOutput<typeof malformedLine>;

export const sentenceRow = v.object({
  /** Position in the collection, from 0. */
  ordinal: v.number(), id: v.string(), text: v.string(), count: v.number(), file: v.string(), line: v.number(),
});
export type SentenceRow = v.InferOutput<typeof sentenceRow>;

const page = { from: v.pipe(v.number(), v.integer(), v.minValue(0)), count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)) };
const one = { collection: v.number() };

export const corporaContract = {
  'corpora.list': query(v.strictObject({}), v.array(collection)),
  /** Looks at the head of each file (and of the partner of a Moses pair) and proposes how to read it. Never reads a whole file. */
  'corpora.inspect': query(v.strictObject({ paths: v.pipe(v.array(v.string()), v.minLength(1)) }), v.array(importPreview)),
  /** The same with options the user has changed: what the rows would look like then. */
  'corpora.preview': query(v.strictObject({ file: importFile }), importPreview),
  'corpora.import': command(importRequest, v.object({ job: v.number(), collection: v.number() }), { undoable: true, touches: ['collections', 'jobs', 'history'] }),
  /** A second crawl: a new collection of the files of an old one, with the same options and in the same order, and new files behind them; old sentences keep their ordinals. */
  'corpora.extend': command(v.strictObject({ ...one, ...importRequest.entries }), v.object({ job: v.number(), collection: v.number() }), { undoable: true, touches: ['collections', 'jobs', 'history'] }),
  'corpora.rename': command(v.strictObject({ ...one, name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }), collection, { undoable: true, touches: ['collections', 'history'] }),
  'corpora.remove': command(v.strictObject(one), v.object({ removed: v.number() }), { undoable: true, touches: ['collections', 'runs', 'pairs', 'history'] }),
  'corpora.sentences': query(v.strictObject({ ...one, ...page }), v.object({ rows: v.array(sentenceRow), total: v.number() })),
  'corpora.malformed': query(v.strictObject({ ...one, ...page }), v.object({ rows: v.array(malformedLine), total: v.number() })),
  /** Where else a merged sentence stood: every file and line. */
  'corpora.occurrences': query(v.strictObject({ ...one, ordinal: v.number(), ...page }), v.object({ rows: v.array(v.object({ file: v.string(), line: v.number(), id: v.nullable(v.string()) })), total: v.number() })),
} as const;

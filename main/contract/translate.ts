import * as v from 'valibot';
import { exportedFile } from './export.ts';
import { languageTag } from './language.ts';
import { command, query } from './method.ts';
import { translationModel, translationModelFacts, translationSearch } from './translation.ts';

/** Text and a local translation model -> translations: a file of lines in, a file of lines out. */

export const translateSettings = v.strictObject({
  model: translationModel,
  sourceLanguage: languageTag, targetLanguage: languageTag,
  search: translationSearch,
  /** By what several translations of a line are ranked: the model's own score, or agreement with the others (minimum Bayes risk with chrF). */
  ranking: v.picklist(['model', 'mbr']),
  /** How many of them are written. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256)),
  /** Code, formulas, placeholders, addresses, tags and JSON keys stay byte for byte. */
  protect: v.boolean(),
  /** Over a third language: `model` goes on from its best `count` texts, and the two probabilities decide together. */
  pivot: v.nullable(v.strictObject({ model: translationModel, language: languageTag, count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)) })),
});
export type TranslateSettings = v.InferOutput<typeof translateSettings>;

export const translateRequest = v.strictObject({
  input: v.string(), output: v.string(), overwrite: v.boolean(),
  /** `lines`: one line a line, the best translation. `tsv`: `line rank score text`, with a header. */
  format: v.picklist(['lines', 'tsv']),
  /** Source TAB target, one term a line; several forms of a target with | between them. */
  glossary: v.nullable(v.string()),
  settings: translateSettings,
  /** Where finished lines are kept until the file is whole: in the project, for later files too, or beside the output until it is written. */
  keep: v.picklist(['project', 'beside-output']),
});
export type TranslateRequest = v.InferOutput<typeof translateRequest>;

/** A line about which something has to be said; from 1, as an editor counts. */
export const lineRemark = v.object({
  line: v.number(),
  kind: v.picklist(['malformed', 'too-long', 'cut-off', 'protected-in-pieces', 'term-missing']),
  text: v.string(),
});
export type LineRemark = v.InferOutput<typeof lineRemark>;

export const translateCounts = v.object({
  lines: v.number(), translated: v.number(), empty: v.number(),
  /** Bytes that are no text; left empty. */
  malformed: v.number(),
  /** More tokens than the model reads; left empty. */
  tooLong: v.number(),
  /** The model did not come to an end; what it wrote is kept. */
  cutOff: v.number(),
  /** Taken from what was translated before, by the same model in the same way. */
  reused: v.number(),
  protectedSegments: v.number(), protectedLines: v.number(),
  /** Lines in which the model lost, doubled or broke up protected segments: there the text between them was translated piece by piece, and they are all kept. */
  protectedInPieces: v.number(),
  terms: v.number(), termsMissing: v.number(),
});
export type TranslateCounts = v.InferOutput<typeof translateCounts>;

export const translateResult = v.object({
  counts: translateCounts,
  /** The first hundred of each kind. */
  remarks: v.array(lineRemark),
  /** About the file as a whole: an encoding that is a guess. */
  warnings: v.array(v.string()),
  /** Seconds of translating, over all resumes of this process; tokens of the sources that were translated now. */
  seconds: v.number(),
  model: translationModelFacts, pivotModel: v.nullable(translationModelFacts),
  /** Model hash, languages and settings in one line: what the bytes of the file follow from. */
  signature: v.string(),
  file: exportedFile,
});
export type TranslateResult = v.InferOutput<typeof translateResult>;

export const translateContract = {
  /** Opens a model; refuses what cannot be run, and a language that it does not know. */
  'translate.model': query(v.strictObject({ model: translationModel, pair: v.nullable(v.tuple([languageTag, languageTag])) }), translationModelFacts),
  'translate.start': command(translateRequest, v.object({ job: v.number() }), { undoable: false, touches: ['jobs'] }),
  'translate.result': query(v.strictObject({ job: v.number() }), translateResult),
} as const;

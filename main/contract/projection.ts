import * as v from 'valibot';
import { exportedFile } from './export.ts';
import { languageTag } from './language.ts';
import { command, query } from './method.ts';
import { labelMethod } from './label.ts';
import { translationModel } from './translation.ts';

/** Labels of a file carried to its translations: two files in, a labelled file of the translations out, and a labelling in the project for people to decide. */

export const labelFileFormat = v.picklist(['conll', 'jsonl', 'brat', 'xml']);

export const projectionSettings = v.strictObject({
  sourceLanguage: languageTag, targetLanguage: languageTag,
  /** Both: side by side; what is written is what they agree on, else what the alignment says. */
  method: v.picklist(['alignment', 'constrained', 'both']),
  /** `auto`: an encoder where one knows both languages, else the statistical aligner, which learns from the pairs themselves. */
  aligner: v.picklist(['auto', 'encoder', 'statistical']),
  /** Of the constrained method. */
  model: v.nullable(translationModel),
  search: v.picklist(['auto', 'table', 'breadth', 'depth']),
  /** Places that are kept for each span. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
  /** Places are ranked by the reverse direction of the model too, where it has one. */
  reverse: v.boolean(),
});
export type ProjectionSettings = v.InferOutput<typeof projectionSettings>;

export const projectionRequest = v.strictObject({
  input: v.string(), from: v.picklist(['auto', ...labelFileFormat.options]),
  /** One translation a line, in the order of the sentences; null: they are made by the model of the settings. */
  translations: v.nullable(v.string()),
  /** Null: what is found is kept in the project alone. */
  output: v.nullable(v.string()), to: v.picklist(['conll', 'jsonl']), overwrite: v.boolean(),
  /** CoNLL of the translations: how well the methods do. */
  gold: v.nullable(v.string()),
  settings: projectionSettings,
});
export type ProjectionRequest = v.InferOutput<typeof projectionRequest>;

const score = v.object({ precision: v.number(), recall: v.number(), f1: v.number() });

/** `labelFree`: a span counts as found with any label. */
export const projectionGold = v.object({
  method: v.picklist([...labelMethod.options, 'written', 'agreed']),
  gold: v.number(), predicted: v.number(), exact: score, overlap: score, exactLabelFree: score, overlapLabelFree: score,
});
export type ProjectionGold = v.InferOutput<typeof projectionGold>;

export const methodSummary = v.object({ method: labelMethod, placed: v.number(), /** Spans without a place, by reason (`label.abstain.*`). */ abstained: v.record(v.string(), v.number()) });

export const projectionResult = v.object({
  sentences: v.number(), spans: v.number(), written: v.number(),
  methods: v.array(methodSummary),
  /** By label: spans of the source, and how many are written. */
  byLabel: v.array(v.object({ label: v.string(), spans: v.number(), written: v.number() })),
  /** How the two methods' places lie to each other, spans by kind; null where one ran. */
  agreement: v.nullable(v.record(v.string(), v.number())),
  /** Which aligner, and with what. */
  aligner: v.nullable(v.object({ kind: v.picklist(['encoder', 'statistical']), encoder: v.nullable(v.string()) })),
  constrained: v.nullable(v.object({ rows: v.number(), calls: v.number(), seconds: v.number(), exact: v.boolean() })),
  gold: v.nullable(v.array(projectionGold)),
  /** What a format could not say, in sentences; the first hundred. */
  losses: v.array(v.string()),
  file: v.nullable(exportedFile),
  /** What is kept in the project (`label.get`). */
  labelling: v.number(),
});
export type ProjectionResult = v.InferOutput<typeof projectionResult>;

export const projectionContract = {
  /** Throws `bad-input` where the two files have different numbers of sentences. */
  'projection.start': command(projectionRequest, v.object({ job: v.number() }), { undoable: false, touches: ['jobs'] }),
  'projection.result': query(v.strictObject({ job: v.number() }), projectionResult),
} as const;

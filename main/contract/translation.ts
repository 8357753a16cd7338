import * as v from 'valibot';
import { languageTag } from './language.ts';
import { query, stream } from './method.ts';
import { provider } from './models.ts';

/** What is asked of a translation model, and what the engine answers. */

/** Which of a folder's graphs: as their file names say; `auto` takes the most exact one there is. */
export const translationPrecision = v.picklist(['auto', 'fp32', 'q8', 'int8', 'uint8', 'q4']);
export type TranslationPrecision = v.InferOutput<typeof translationPrecision>;

export const translationModel = v.strictObject({ folder: v.string(), precision: translationPrecision });

/** What a folder says of itself. */
export const translationModelFacts = v.object({
  folder: v.string(), precision: v.string(), family: v.string(),
  /** sha256 over the checksums of graphs, tokenizer and config.json: the key of its translations. */
  hash: v.string(),
  vocabularySize: v.number(),
  /** Tokens of a source, control tokens included, at most. */
  longest: v.number(),
  /** BCP-47 tags; null where the files do not say. */
  languages: v.nullable(v.array(v.string())),
});
export type TranslationModelFacts = v.InferOutput<typeof translationModelFacts>;

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** How the model's numbers become translations. */
export const translationSearch = v.variant('kind', [
  v.strictObject({
    kind: v.literal('beam'),
    /** 1 is greedy. */
    beams: whole(1, 64),
    /** How many of the best are given. */
    count: whole(1, 64),
    lengthPenalty: v.pipe(v.number(), v.minValue(-10), v.maxValue(10)),
  }),
  v.strictObject({
    kind: v.literal('sample'),
    count: whole(1, 256),
    seed: whole(0, 0xffff_ffff),
    temperature: v.pipe(v.number(), v.minValue(0.01), v.maxValue(10)),
    /** Only the so many likeliest tokens; 0: all. */
    topK: whole(0, 10_000),
    /** Only the likeliest tokens that together have this probability; 1: all. */
    topP: v.pipe(v.number(), v.minValue(0.001), v.maxValue(1)),
  }),
]);
export type TranslationSearch = v.InferOutput<typeof translationSearch>;

export const hypothesis = v.object({
  text: v.string(),
  /** What they are ranked by, higher is better: log P / tokens^penalty of a beam search, log P of a sample. */
  score: v.number(),
  /** Natural logarithm, over the whole vocabulary, the end included. */
  logProbability: v.number(),
  /** False: it was cut at the longest length that is allowed. */
  ended: v.boolean(),
  /** Numbers of the terms that it lacks. */
  unmet: v.array(v.number()),
});
export type TranslationHypothesis = v.InferOutput<typeof hypothesis>;

/** A text with the terms that its translation must hold: any form of each, so many times. Beam search only. */
export const textToTranslate = v.strictObject({ text: v.string(), terms: v.array(v.strictObject({ forms: v.array(v.string()), times: whole(1, 100) })) });
export type TextToTranslate = v.InferOutput<typeof textToTranslate>;

/** One text's answer; no hypotheses and `tooLong` where it has more tokens than the model reads. */
export const translatedText = v.object({ index: v.number(), hypotheses: v.array(hypothesis), tokens: v.number(), tooLong: v.boolean() });
export type TranslatedText = v.InferOutput<typeof translatedText>;

export const translationEngineContract = {
  /** Opens the model and tries its cache out. */
  'engine.translationModel': query(v.strictObject({ model: translationModel, provider, threads: v.number(), pair: v.nullable(v.tuple([languageTag, languageTag])) }), translationModelFacts),
  /**
   * Translates texts; each item is one finished batch. The batches follow from the texts alone: those of like length together, as many as the memory
   * budget allows; alone under weights of 8 or 4 bits, whose numbers depend on what is computed with them. Texts in `known` are left out where their
   * whole batch is, so that a translation that goes on computes what an undisturbed one does.
   */
  'engine.translate': stream(v.strictObject({
    model: translationModel, provider, threads: v.number(), sourceLanguage: languageTag, targetLanguage: languageTag,
    search: translationSearch, texts: v.array(textToTranslate), known: v.array(v.boolean()),
  }), v.object({ texts: v.array(translatedText) }), v.object({ calls: v.number(), rows: v.number() })),
} as const;

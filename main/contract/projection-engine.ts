import * as v from 'valibot';
import { languageTag } from './language.ts';
import { stream } from './method.ts';
import { encoderDescription, provider } from './models.ts';
import { translationModel } from './translation.ts';

/** What label projection asks of the engine: word links, learned or from an encoder, and the places of markers. Offsets are half-open, in UTF-16 units. */

const range = v.tuple([v.number(), v.number()]);
const textInWords = v.strictObject({ text: v.string(), words: v.array(range) });

export const linkRule = v.picklist(['argmax', 'itermax', 'match', 'softmax']);

/** From a source word to a target word, and how sure: 0 to 1. */
const links = v.array(v.tuple([v.number(), v.number(), v.number()]));

const progress = v.object({ done: v.number(), total: v.number(), rate: v.number() });
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Pairs a call: what holds the states of one batch in memory, and texts and links of one call in a message. */
export const mostPairsToAlign = 2048;

export const placedMarkers = v.object({
  /** At most as many as asked for, the best first: words from .. to - 1 of the target, and log P of the whole marked target (higher is better). */
  best: v.array(v.object({ from: v.number(), to: v.number(), score: v.number() })),
  /** A lower bound of the best one's share of the probability of all places that were allowed: 0 to 1. */
  share: v.number(),
  /** log P of the span's own words given the words of each place in `best`, by the same model the other way round; empty where not asked for. */
  reverse: v.array(v.number()),
  search: v.picklist(['table', 'breadth', 'depth']),
  rows: v.number(), calls: v.number(),
  /** Why there are none: the sentence has more tokens than the model reads, or no words. */
  refused: v.nullable(v.picklist(['too-long', 'no-words'])),
});

export const projectionEngineContract = {
  /** Links by the hidden states of the encoder's middle layer; only the layers up to it are computed. `model-unsupported` where the graph does not show them. */
  'engine.alignWords': stream(v.strictObject({
    encoder: encoderDescription, provider, threads: v.number(), rule: linkRule, unit: v.picklist(['word', 'token']),
    pairs: v.pipe(v.array(v.strictObject({ source: textInWords, target: textInWords })), v.maxLength(mostPairsToAlign)),
  }), progress, v.object({ links: v.array(links), /** Pairs of which words were cut off. */ truncated: v.array(v.number()), note: v.nullable(v.string()) })),
  /** Links by a statistical aligner that learns from these pairs alone, both directions joined; words as they are to be told apart. */
  'engine.learnWordLinks': stream(v.strictObject({ pairs: v.array(v.strictObject({ source: v.array(v.string()), target: v.array(v.string()) })) }), progress, v.object({ links: v.array(links) })),
  /** Where the markers of marked source words belong in a translation that does not change: one item a span, in any order. */
  'engine.placeMarkers': stream(v.strictObject({
    model: translationModel, provider, threads: v.number(), sourceLanguage: languageTag, targetLanguage: languageTag,
    spans: v.array(v.strictObject({ source: v.string(), from: v.number(), to: v.number(), target: textInWords })),
    count: whole(1, 50), search: v.picklist(['auto', 'table', 'breadth', 'depth']), reverse: v.boolean(),
  }), v.object({ span: v.number(), placed: placedMarkers }), v.object({ rows: v.number(), calls: v.number() })),
} as const;

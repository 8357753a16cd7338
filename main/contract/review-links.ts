import * as v from 'valibot';
import { query } from './method.ts';
import { pairOrigin } from './pairs.ts';
import { side } from './review.ts';

/** What the encoder knows about a pair beyond its score: pairs like it, and which words belong together. */

export const linksContract = {
  /**
   * Pairs whose text on this side is nearest, by the encoder, to that of the pair as it reads now. The others are ranked as they were imported, by the vectors that mining or
   * scoring has left: `edited` rows read otherwise by now.
   */
  'review.similar': query(v.strictObject({ origin: pairOrigin, pair: v.number(), side, count: v.number() }), v.object({
    encoder: v.nullable(v.string()), rows: v.array(v.object({ pair: v.number(), source: v.string(), target: v.string(), cosine: v.number(), /** This side was edited: what is near is its imported text. */ edited: v.boolean() })),
    /** Why there are none: no vectors yet. */
    missing: v.nullable(v.string()),
  })),
  /** Which words translate which: half-open UTF-16 ranges of words, and links between their numbers with the encoder's token similarity. */
  'review.wordLinks': query(v.strictObject({ source: v.object({ text: v.string(), language: v.string() }), target: v.object({ text: v.string(), language: v.string() }) }), v.object({
    source: v.array(v.tuple([v.number(), v.number()])), target: v.array(v.tuple([v.number(), v.number()])),
    links: v.array(v.object({ source: v.number(), target: v.number(), similarity: v.number() })),
  })),
} as const;

import * as v from 'valibot';
import { stream } from './method.ts';
import { decision, flag, pairOrigin, pairRow, predicate } from './pairs.ts';
import { historyEntry } from './project.ts';
import { normaliseStep } from './review.ts';

/** One change to everything that matches a filter (never just to a page), shown before it is made, one entry in the history. */

export const bulkAction = v.variant('kind', [
  v.object({ kind: v.literal('decide'), decision, reason: v.nullable(v.string()) }),
  v.object({ kind: v.literal('flag'), flag, value: v.boolean() }),
  /** `find`: a text, or with `regex` an ECMAScript expression with the `u` flag, whose groups `with` may name ($1, $<name>). `wholeGraphemes`: a match inside a grapheme is passed over. */
  v.object({
    kind: v.literal('replace'), side: v.picklist(['source', 'target', 'both']), find: v.string(), with: v.string(),
    regex: v.boolean(), matchCase: v.boolean(), wholeWord: v.boolean(), wholeGraphemes: v.boolean(),
  }),
  v.object({ kind: v.literal('normalise'), side: v.picklist(['source', 'target', 'both']), steps: v.array(normaliseStep) }),
  v.object({ kind: v.literal('swap') }),
  /** Gives the originals back. */
  v.object({ kind: v.literal('restore'), side: v.picklist(['source', 'target', 'both']) }),
]);
export type BulkAction = v.InferOutput<typeof bulkAction>;

const scope = { origin: pairOrigin, predicate: v.nullable(predicate), action: bulkAction, /** Pairs left out by hand. */ excluded: v.pipe(v.array(v.number()), v.maxLength(10_000)), annotator: v.number() };

const bulkPreview = v.object({
  /** Pairs that match, those of them that have been looked at, and those left out by hand; the other numbers are about what has been looked at: "at least" until that is all. */
  matched: v.number(), looked: v.number(), excluded: v.number(),
  changing: v.number(), places: v.number(),
  /** Pairs of the sample that would have a new error of a check. */
  wouldFail: v.number(),
  /** Rows as they are now, with the texts as they would be; `left out` ones too. The same rows for the same seed, whatever is left out; it may grow until all is looked at. */
  sample: v.array(v.object({ row: pairRow, source: v.nullable(v.string()), target: v.nullable(v.string()), excluded: v.boolean() })),
});
export type BulkPreview = v.InferOutput<typeof bulkPreview>;

export const bulkContract = {
  /** What would change: a sample at once, the numbers growing. */
  'review.bulkPreview': stream(v.strictObject({ ...scope, sample: v.pipe(v.number(), v.maxValue(200)), seed: v.number() }), bulkPreview, bulkPreview),
  /** Cancelling takes back what was done. */
  'review.bulkApply': stream(v.strictObject(scope), v.object({ done: v.number(), total: v.number() }), v.object({ entry: historyEntry, changed: v.number() })),
} as const;

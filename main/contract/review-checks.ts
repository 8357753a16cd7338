import * as v from 'valibot';
import { command, nothing, query } from './method.ts';
import { pairOrigin } from './pairs.ts';
import { onePair } from './review.ts';

/** What may be wrong with a pair: found by rules, shown in the text, ignorable once, here or always. */

export const finding = v.object({
  check: v.string(), severity: v.picklist(['error', 'warning']),
  /** One sentence: what differs. */
  text: v.string(),
  /** Half-open ranges in UTF-16 units of the texts as they read now. */
  source: v.array(v.tuple([v.number(), v.number()])), target: v.array(v.tuple([v.number(), v.number()])),
  ignored: v.nullable(v.picklist(['once', 'here', 'always'])),
});
export type Finding = v.InferOutput<typeof finding>;

export const checksContract = {
  /** Findings of one pair, from its texts as they read now (or as `draft` would make them). */
  'review.check': query(v.strictObject({ origin: pairOrigin, pair: v.number(), draft: v.nullable(v.object({ source: v.string(), target: v.string() })) }), v.array(finding)),
  /** All pairs of the origin, as a job: afterwards `check` filters and counts. */
  'review.runChecks': command(v.strictObject({ origin: pairOrigin }), v.object({ job: v.number() }), { undoable: false, touches: ['jobs'] }),
  /** How many pairs a change of many (or its undo) has left that the checks have not looked at since, and the job that does: until then filters and counts of checks say of them what was found before. */
  'review.uncheckedPairs': query(v.strictObject({ origin: pairOrigin }), v.object({ pairs: v.number(), job: v.nullable(v.number()) })),
  /** `once`: on this pair; `here`: this check in this collection or run; `always`: in the project. */
  'review.ignoreCheck': command(v.strictObject({ ...onePair, check: v.string(), scope: v.picklist(['once', 'here', 'always']), ignore: v.boolean() }), v.array(finding), { undoable: true, touches: ['pairs', 'history'] }),
  /** Term lists: TSV of source term, target term. A check tells where a pair has the one without the other. */
  'review.terms': query(nothing, v.array(v.object({ id: v.number(), name: v.string(), terms: v.number(), languages: v.tuple([v.string(), v.string()]) }))),
  'review.importTerms': command(v.strictObject({ path: v.string(), sourceLanguage: v.string(), targetLanguage: v.string() }), v.object({ id: v.number(), terms: v.number(), rejected: v.array(v.object({ line: v.number(), reason: v.string() })) }), { undoable: false, touches: ['project'] }),
  'review.removeTerms': command(v.strictObject({ id: v.number() }), nothing, { undoable: false, touches: ['project'] }),
} as const;

import * as v from 'valibot';
import { command, nothing, query } from './method.ts';
import { decision, flag, pairOrigin, pairRow } from './pairs.ts';
import { historyEntry } from './project.ts';

/** The room where pairs are judged and edited: a queue of pairs in, decisions, edits and labels out, all of it with history and undo. Beside it: `review-queues.ts`, `review-checks.ts`, `review-links.ts`, `review-bulk.ts`, `review-team.ts`. */

// ---------------------------------------------------------------- schemes

export type SchemeLabel = {
  readonly id: string;
  readonly title: string;
  /** What the label says about keeping the pair; null: nothing by itself, one of `children` is asked for next. */
  readonly decision: 'accept' | 'reject' | 'unsure' | null;
  /** The next level, where this answer does not end the item. */
  readonly children: readonly SchemeLabel[];
};
export const schemeLabel: v.GenericSchema<SchemeLabel> = v.lazy(() => v.object({
  id: v.string(), title: v.string(), decision: v.nullable(v.picklist(['accept', 'reject', 'unsure'])), children: v.array(schemeLabel),
}));

/** A label scheme is data: accept/reject with reasons, ELRC's seven ordered labels, MaCoCu's tree of three levels, or the project's own. Keys 1 to 9 follow the order. */
export const scheme = v.object({
  id: v.string(), title: v.string(), source: v.string(),
  /** Labels stand in an order (for ordinal agreement). */
  ordered: v.boolean(),
  labels: v.array(schemeLabel),
  /** Reasons offered with a rejection. */
  reasons: v.array(v.object({ id: v.string(), title: v.string() })),
  custom: v.boolean(),
});
export type Scheme = v.InferOutput<typeof scheme>;

// ---------------------------------------------------------------- judging

export const onePair = { origin: pairOrigin, pair: v.number(), annotator: v.number() };
const several = { origin: pairOrigin, pairs: v.pipe(v.array(v.number()), v.minLength(1), v.maxLength(500)), annotator: v.number() };
export const side = v.picklist(['source', 'target']);
export type Side = v.InferOutput<typeof side>;
/** The rows as they read now, and the entry that undo would take back. */
const changed = v.object({ rows: v.array(pairRow), entry: historyEntry });
const undoable = { undoable: true, touches: ['pairs', 'history'] } as const;

export const pairEvent = v.object({
  id: v.number(), at: v.number(), annotator: v.nullable(v.number()), name: v.string(),
  kind: v.picklist(['imported', 'mined', 'decision', 'label', 'flag', 'edit', 'comment', 'split', 'merge', 'swap', 'bulk']),
  side: v.nullable(side),
  /** Before and after: a decision's or label's name, a text, the words of a comment. */
  before: v.nullable(v.string()), after: v.nullable(v.string()),
  /** The words of the history for a bulk change. */
  title: v.nullable(v.string()),
  /** Taken back by undo; shown struck. */
  undone: v.boolean(),
});
export type PairEvent = v.InferOutput<typeof pairEvent>;

export const normaliseStep = v.picklist(['nfc', 'spaces', 'controls', 'quotes', 'full-width', 'repeated-punctuation']);
export type NormaliseStep = v.InferOutput<typeof normaliseStep>;

export const reviewContract = {
  'review.schemes': query(nothing, v.array(scheme)),
  'review.saveScheme': command(v.strictObject({ scheme }), v.array(scheme), { undoable: false, touches: ['project'] }),
  'review.removeScheme': command(v.strictObject({ id: v.string() }), v.array(scheme), { undoable: false, touches: ['project'] }),

  /** Writes one annotator's decision and label, at once and for good (undo takes it back). `adjudicate`: it becomes the decision in force whatever others said. */
  'review.judge': command(v.strictObject({
    ...several, decision, label: v.nullable(v.object({ scheme: v.string(), path: v.array(v.string()) })), reason: v.nullable(v.string()), adjudicate: v.boolean(),
  }), changed, undoable),
  'review.flag': command(v.strictObject({ ...several, flag, value: v.boolean() }), changed, undoable),
  'review.comment': command(v.strictObject({ ...onePair, text: v.string() }), changed, undoable),
  /** `text: null` gives the original back. */
  'review.edit': command(v.strictObject({ ...onePair, side, text: v.nullable(v.string()) }), changed, undoable),
  /** Cuts both texts in two at these UTF-16 offsets (moved to the next grapheme edge): the second halves become a new pair behind this one. */
  'review.split': command(v.strictObject({ ...onePair, sourceAt: v.number(), targetAt: v.number() }), changed, undoable),
  /** Joins pairs in the given order into the first; the others are hidden. The joint is a space, none in scripts without spaces. */
  'review.merge': command(v.strictObject(several), changed, undoable),
  'review.swap': command(v.strictObject(several), changed, undoable),
  'review.normalise': command(v.strictObject({ ...several, side: v.picklist(['source', 'target', 'both']), steps: v.array(normaliseStep) }), changed, undoable),
  /** What is being typed, kept over a move, a crash and a restart; null: no draft. */
  'review.saveDraft': command(v.strictObject({ ...onePair, side, text: v.nullable(v.string()) }), nothing, { undoable: false, touches: [] }),
  'review.drafts': query(v.strictObject({ origin: pairOrigin, annotator: v.number() }), v.array(v.object({ pair: v.number(), side, text: v.string() }))),
  /** All that happened to a pair, newest first. A blind annotator is not told of others. */
  'review.history': query(v.strictObject(onePair), v.array(pairEvent)),
  /** Both texts as they read after an event. */
  'review.restore': command(v.strictObject({ ...onePair, event: v.number() }), changed, undoable),
} as const;

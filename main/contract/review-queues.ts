import * as v from 'valibot';
import { command, nothing, query } from './method.ts';
import { pairOrigin, predicate, sortKey } from './pairs.ts';

/** What is to be judged, in a frozen order that survives restarts, and filters kept by name. */

/** How a queue takes its pairs out of those that match; `seed` makes the choice repeatable. */
export const sampling = v.variant('kind', [
  v.object({ kind: v.literal('all'), sort: v.nullable(sortKey) }),
  v.object({ kind: v.literal('random'), count: v.number(), seed: v.number() }),
  /** The same number from each of `bands` bands of equal width of a score. */
  v.object({ kind: v.literal('stratified'), column: v.string(), bands: v.number(), count: v.number(), seed: v.number() }),
  /** The nearest to a threshold, half above and half below, the nearest first. */
  v.object({ kind: v.literal('around'), column: v.string(), value: v.number(), count: v.number() }),
  /** Where a score says least: nearest to the point at which judged pairs are half right, from what is judged so far; without judgements, to the cut, and without a cut to the median. */
  v.object({ kind: v.literal('uncertainty'), column: v.string(), count: v.number() }),
]);
export type Sampling = v.InferOutput<typeof sampling>;

export const queue = v.object({
  id: v.number(), name: v.string(), origin: pairOrigin,
  /** To be given to `pairs.page`: the frozen order of this queue (for this annotator, where the queue is shared out). */
  view: v.string(),
  predicate: v.nullable(predicate), sampling, scheme: v.string(),
  /** Empty: open to everybody. Else pairs are shared out among these, `overlap` of them (0 to 1) given to two without either seeing the other's judgement. */
  annotators: v.array(v.number()), overlap: v.number(), /** Those it is shared out among are told nothing of what others said of its pairs until they are adjudicated; all others see everything. */ blind: v.boolean(),
  createdAt: v.number(),
  pairs: v.number(),
  /** Judged by the annotator who asks. */
  judged: v.number(),
  /** Where the annotator who asks stands: a position in the view. */
  position: v.number(),
  /** Judged or edited rows that no longer match the filter; they stay until `review.refreshQueue`. */
  noLongerMatch: v.number(),
});
export type Queue = v.InferOutput<typeof queue>;

const queueOf = { queue: v.number(), annotator: v.number() };

export const savedFilter = v.object({ id: v.number(), name: v.string(), predicate, sort: v.nullable(sortKey) });
export type SavedFilter = v.InferOutput<typeof savedFilter>;

export const queuesContract = {
  'review.queues': query(v.strictObject({ annotator: v.number() }), v.array(queue)),
  'review.queue': query(v.strictObject(queueOf), queue),
  'review.openQueue': command(v.strictObject({
    origin: pairOrigin, name: v.string(), predicate: v.nullable(predicate), sampling, scheme: v.string(), annotators: v.array(v.number()), overlap: v.number(), blind: v.boolean(), annotator: v.number(),
  }), queue, { undoable: false, touches: ['project'] }),
  'review.renameQueue': command(v.strictObject({ ...queueOf, name: v.string() }), queue, { undoable: false, touches: ['project'] }),
  'review.removeQueue': command(v.strictObject({ queue: v.number() }), nothing, { undoable: false, touches: ['project'] }),
  'review.setPosition': command(v.strictObject({ ...queueOf, position: v.number() }), nothing, { undoable: false, touches: [] }),
  /** Takes out what no longer matches; what is judged and still matches stays. The answer's view is a new one. */
  'review.refreshQueue': command(v.strictObject(queueOf), queue, { undoable: false, touches: ['project'] }),
  /** Those among whom a blind queue was shared out see each other's judgements from now on: for teams in which nobody else could adjudicate. There is no way back. */
  'review.endBlind': command(v.strictObject(queueOf), queue, { undoable: false, touches: ['project', 'pairs'] }),

  'review.filters': query(nothing, v.array(savedFilter)),
  'review.saveFilter': command(v.strictObject({ name: v.string(), predicate, sort: v.nullable(sortKey) }), v.array(savedFilter), { undoable: false, touches: ['project'] }),
  'review.removeFilter': command(v.strictObject({ id: v.number() }), v.array(savedFilter), { undoable: false, touches: ['project'] }),
} as const;

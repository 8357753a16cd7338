import * as v from 'valibot';
import { command, nothing, query } from './method.ts';
import { decision, pairOrigin } from './pairs.ts';

/** Several annotators: who judged what, how far they agree, what it says about a threshold, and files that carry work to somebody without the project. */

export const annotator = v.object({ id: v.number(), name: v.string(), createdAt: v.number(), judged: v.number(), today: v.number(), /** Judgements an hour while judging (pauses over 5 minutes left out); null: too few. */ perHour: v.nullable(v.number()) });
export type Annotator = v.InferOutput<typeof annotator>;

/** A value with its bootstrap 95 % interval; `no-variance` where everybody always said the same, `too-few` where nobody judged what another judged. */
export const agreementValue = v.union([v.object({ value: v.number(), low: v.number(), high: v.number() }), v.literal('no-variance'), v.literal('too-few')]);
export type AgreementValue = v.InferOutput<typeof agreementValue>;

export const agreement = v.object({
  /** Pairs that at least two judged. */
  pairs: v.number(),
  /** Pairs left out because whoever asks judges them blind. */
  withheld: v.number(),
  percent: agreementValue, cohen: agreementValue, /** Nominal, over decisions. */ krippendorff: agreementValue,
  /** Ordinal, over the labels of an ordered scheme; null: no such labels. */
  ordinal: v.nullable(agreementValue),
  of: v.array(v.object({ first: v.number(), second: v.number(), pairs: v.number(), percent: agreementValue, cohen: agreementValue })),
  /** Counts of (first's decision, second's decision). */
  matrix: v.array(v.object({ first: decision, second: decision, count: v.number() })),
  seed: v.number(),
});
export type Agreement = v.InferOutput<typeof agreement>;

export const evidenceBand = v.object({ low: v.number(), high: v.number(), judged: v.number(), right: v.number(), precision: v.nullable(v.number()), /** Wilson's 95 % interval. */ interval: v.nullable(v.tuple([v.number(), v.number()])), pairs: v.number() });
/** What judged pairs say about a threshold: each band of the score weighs as many pairs as it holds. */
export const evidence = v.object({
  column: v.string(), judged: v.number(), /** Pairs of which only the asker's own judgements count, because they judge them blind. */ withheld: v.number(), bands: v.array(evidenceBand),
  /** Precision of what a cut keeps, with its interval and how many pairs that are; from the loosest cut to the strictest. */
  curve: v.array(v.object({ cut: v.number(), precision: v.number(), low: v.number(), high: v.number(), kept: v.number() })),
  /** The loosest cut whose precision reaches the wanted one; null: none does, or there is too little evidence, as `reason` says. */
  cut: v.nullable(v.number()), reason: v.nullable(v.string()),
});
export type Evidence = v.InferOutput<typeof evidence>;

const mergedWork = v.object({
  /** Pairs of which something was taken over, and pairs that said nothing new. */
  merged: v.number(), unchanged: v.number(),
  /** Pairs of the file that now wait for adjudication. */
  conflicts: v.number(),
  /** The first lines that could not be taken over, and how many more there are. */
  unknown: v.array(v.object({ line: v.number(), reason: v.string() })), unlisted: v.number(),
});
export type MergedWork = v.InferOutput<typeof mergedWork>;

export const annotatorsContract = {
  'review.annotators': query(nothing, v.array(annotator)),
  'review.addAnnotator': command(v.strictObject({ name: v.string() }), annotator, { undoable: false, touches: ['project'] }),
  'review.renameAnnotator': command(v.strictObject({ id: v.number(), name: v.string() }), annotator, { undoable: false, touches: ['project'] }),
} as const;

/** Who asks. Of what they judge blind they are told figures only of their own judgements, until everybody has judged all they were given or the queue is opened up; left out: somebody who has not said who they are, and judges all that is blind. */
const asker = v.optional(v.number());

export const teamContract = {
  'review.agreement': query(v.strictObject({ origin: pairOrigin, scheme: v.nullable(v.string()), seed: v.number(), annotator: asker }), agreement),
  'review.evidence': query(v.strictObject({ origin: pairOrigin, column: v.string(), bands: v.number(), wanted: v.number(), annotator: asker }), evidence),
  /** Places the run's cut where the evidence says, and keeps with the run that evidence, as whoever places it may know it. */
  'review.cutByEvidence': command(v.strictObject({ run: v.number(), cut: v.number(), wanted: v.number(), bands: v.number(), annotator: asker }), nothing, { undoable: true, touches: ['runs', 'pairs', 'history'] }),

  /** A work package: queue, scheme and texts as one file for one annotator. */
  'review.writePackage': command(v.strictObject({ queue: v.number(), annotator: v.number(), path: v.string(), overwrite: v.boolean() }), v.object({ path: v.string(), pairs: v.number(), bytes: v.number() }), { undoable: false, touches: [] }),
  /** Opens a work package as a collection with its queue in the open project. */
  'review.openPackage': command(v.strictObject({ path: v.string() }), v.object({ collection: v.number(), queue: v.number(), annotator: v.number() }), { undoable: false, touches: ['collections', 'project'] }),
  /** The decisions made on a package, as a file to send back. */
  'review.writeWork': command(v.strictObject({ queue: v.number(), annotator: v.number(), path: v.string(), overwrite: v.boolean() }), v.object({ path: v.string(), judged: v.number() }), { undoable: false, touches: [] }),
  /** Merges what came back by pair and time: the newer of one annotator's own judgements wins; what two annotators see differently goes to adjudication. */
  'review.mergeWork': command(v.strictObject({ path: v.string() }), mergedWork, { undoable: true, touches: ['pairs', 'history', 'project'] }),
  /** Decisions, labels, flags and edited texts from a table that this program exported (or one with the columns `pair_id` or both texts, and `decision`). */
  'review.importDecisions': command(v.strictObject({ origin: pairOrigin, path: v.string(), annotator: v.number() }), mergedWork, { undoable: true, touches: ['pairs', 'history'] }),
} as const;

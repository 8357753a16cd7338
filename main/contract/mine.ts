import * as v from 'valibot';
import { command, query } from './method.ts';
import { provider } from './models.ts';
import { evidence } from './review-team.ts';

/** Two monolingual collections in, scored and explained pairs out; the same numbers for an existing bitext. */

export const margin = v.picklist(['ratio', 'distance', 'absolute']);
export type Margin = v.InferOutput<typeof margin>;
export const retrieval = v.picklist(['forward', 'backward', 'intersection', 'max', 'union']);
export type Retrieval = v.InferOutput<typeof retrieval>;
export const indexKind = v.picklist(['exact', 'hnsw-usearch', 'hnsw-hnswlib']);
export type IndexKind = v.InferOutput<typeof indexKind>;

export const mineSettings = v.object({
  /** `auto`, `both`, or the id of an encoder. */
  encoder: v.string(),
  provider: v.union([v.literal('auto'), provider]),
  /** Absent: as this machine's settings say. */
  threads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512))),
  index: v.picklist(['auto', 'exact', 'hnsw', 'hnsw-usearch', 'hnsw-hnswlib']),
  k: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
  margin,
  retrieval,
  refine: v.picklist(['auto', 'on', 'off']),
  threshold: v.union([v.literal('auto'), v.number()]),
  /** Pairs below this cosine are never candidates; null: no floor. */
  cosineFloor: v.nullable(v.number()),
  /** Margins above this are kept but counted and marked (stopes' `score_max`, 1.25 for ratio there); null: no warning. */
  upperBound: v.nullable(v.number()),
  /** Numbers in which vectors are kept on disk. */
  precision: v.picklist(['f32', 'f16']),
  seed: v.number(),
});
export type MineSettings = v.InferOutput<typeof mineSettings>;

export const defaultMineSettings: MineSettings = {
  encoder: 'auto', provider: 'auto', index: 'auto', k: 4, margin: 'ratio', retrieval: 'max', refine: 'auto', threshold: 'auto',
  cosineFloor: null, upperBound: null, precision: 'f32', seed: 42,
};

export const planStage = v.object({ name: v.string(), subject: v.optional(v.string()), seconds: v.number() });

/** What will be done, before it is done: everything that decides the bytes of the result is in here, and goes into the manifest. */
export const minePlan = v.object({
  encoders: v.array(v.object({
    id: v.string(), hash: v.string(), dimension: v.number(), prefix: v.string(),
    /** Batches hold at most so many tokens, padding counted; it follows from the encoder's size alone. */
    batchTokens: v.number(),
  })),
  provider,
  threads: v.number(),
  /** Sentences are tokenised and length-sorted inside blocks of this many, in order of the collection. */
  blockSentences: v.number(),
  precision: v.picklist(['f32', 'f16']),
  index: indexKind,
  tileRows: v.number(),
  /** HNSW only: connectivity M, expansion at build and at search. */
  hnsw: v.nullable(v.object({ connectivity: v.number(), expansionAdd: v.number(), expansionSearch: v.number(), threads: v.number() })),
  /** Neighbours fetched beyond k in f32 before cosines are recomputed in float64. */
  guard: v.number(),
  centre: v.boolean(),
  linearMap: v.picklist(['off', 'self-check']),
  /** The run that this one carries on: its means stay and its neighbours are taken over where `carried`; else the warnings say why not. */
  earlier: v.optional(v.nullable(v.object({ run: v.number(), carried: v.boolean(), newSources: v.number(), newTargets: v.number() }))),
  stages: v.array(planStage),
  seconds: v.number(),
  memoryBytes: v.number(),
  diskBytes: v.number(),
  /** One sentence each: why this encoder, this index, this provider, no centring ... */
  reasons: v.array(v.object({ about: v.picklist(['encoder', 'provider', 'index', 'refinement', 'repeatability']), text: v.string() })),
  warnings: v.array(v.string()),
  /** False where the bytes of a second run may differ (HNSW built by several threads). */
  repeatable: v.boolean(),
});
export type MinePlan = v.InferOutput<typeof minePlan>;

export const thresholdPoint = v.object({ margin: v.number(), precision: v.number(), low: v.number(), high: v.number(), kept: v.number() });
/** `cut: null` = not enough evidence, with the reason. */
export const thresholdEstimate = v.object({
  cut: v.nullable(v.number()),
  reason: v.nullable(v.string()),
  precision: v.nullable(v.number()), precisionLow: v.nullable(v.number()), precisionHigh: v.nullable(v.number()),
  expectedTrue: v.nullable(v.number()),
  curve: v.array(thresholdPoint),
  /** What judged pairs said when a cut was last placed by them: the cut chosen, the precision it was to reach, and the evidence for it. */
  evidence: v.optional(v.object({ placed: v.number(), wanted: v.number(), at: v.number(), ...v.omit(evidence, ['withheld']).entries })),
});
export type ThresholdReport = v.InferOutput<typeof thresholdEstimate>;

export const runCounts = v.object({
  sourceSentences: v.number(), targetSentences: v.number(), merged: v.number(), malformed: v.number(),
  encoded: v.number(), reused: v.number(), truncated: v.number(),
  candidates: v.number(), belowFloor: v.number(), aboveUpperBound: v.number(),
  mutualBest: v.number(), kept: v.number(), dropped: v.number(),
});
export type RunCounts = v.InferOutput<typeof runCounts>;

export const run = v.object({
  id: v.number(),
  kind: v.picklist(['mine', 'score-bitext']),
  name: v.string(),
  state: v.picklist(['planned', 'running', 'ready', 'failed', 'cancelled']),
  job: v.nullable(v.number()),
  /** Collections; for `score-bitext` both are the bitext collection. */
  source: v.object({ collection: v.number(), name: v.string(), language: v.string(), sentences: v.number() }),
  target: v.object({ collection: v.number(), name: v.string(), language: v.string(), sentences: v.number() }),
  settings: mineSettings,
  plan: minePlan,
  createdAt: v.number(),
  endedAt: v.nullable(v.number()),
  seconds: v.number(),
  counts: v.nullable(runCounts),
  threshold: v.nullable(thresholdEstimate),
  /** The cut in force, and who placed it; null: none. */
  cut: v.nullable(v.number()),
  cutBy: v.nullable(v.picklist(['auto', 'user'])),
  /** Recall@k of the index on a sample, against exact; null where the index is exact. */
  indexRecall: v.nullable(v.object({ recall: v.number(), sample: v.number() })),
  warnings: v.array(v.object({ kind: v.picklist(['blind', 'hubs', 'upper-bound', 'truncated', 'language', 'refinement', 'evidence', 'reused', 'provider', 'index']), text: v.string() })),
  /** What the refinement learned: kinds, sizes, self-check figures, hashes of means and maps. */
  refinement: v.nullable(v.record(v.string(), v.union([v.number(), v.string(), v.boolean(), v.null()]))),
  signature: v.string(),
});
export type Run = v.InferOutput<typeof run>;

export const neighbour = v.object({ ordinal: v.number(), text: v.string(), cosine: v.number(), thisPair: v.boolean() });

export type Neighbour = v.InferOutput<typeof neighbour>;

/** All parts of one margin. */
export const why = v.object({
  pair: v.number(),
  margin: v.number(), cosine: v.number(),
  /** Mean cosine of each side's k neighbours, and their mean: the margin's denominator (before + 1). */
  sourceMean: v.number(), targetMean: v.number(), denominator: v.number(),
  /** 1 where the margin was taken on cosine + 1 (after centring), else 0. */
  offset: v.number(),
  kind: margin,
  /** Rank of the partner among the neighbours by cosine, from 1; null: not among the k. */
  forwardRank: v.nullable(v.number()), backwardRank: v.nullable(v.number()),
  sourceNeighbours: v.array(neighbour), targetNeighbours: v.array(neighbour),
  /** How often each side is a nearest neighbour of somebody (k-occurrence); a hub has many. */
  sourceOccurrence: v.number(), targetOccurrence: v.number(),
  /** How many more pairs a cut at this margin would keep than the cut in force; negative: fewer. */
  keptDifference: v.nullable(v.number()),
});
export type Why = v.InferOutput<typeof why>;

export const goldReport = v.object({
  gold: v.number(), ignored: v.number(), unknownIds: v.number(),
  precision: v.nullable(v.number()), recall: v.nullable(v.number()), f1: v.nullable(v.number()), cut: v.nullable(v.number()),
  bestF1: v.number(), bestCut: v.nullable(v.number()),
});
export type GoldReport = v.InferOutput<typeof goldReport>;

const oneRun = { run: v.number() };

export const mineContract = {
  /** `earlier`: a finished run to carry on, so that only what is new is encoded and compared. */
  'mine.plan': query(v.strictObject({ source: v.number(), target: v.number(), settings: mineSettings, earlier: v.optional(v.nullable(v.number())) }), minePlan),
  'mine.start': command(v.strictObject({ source: v.number(), target: v.number(), settings: mineSettings, plan: v.nullable(minePlan), name: v.nullable(v.string()), earlier: v.optional(v.nullable(v.number())) }), v.object({ job: v.number(), run: v.number() }), { undoable: false, touches: ['runs', 'jobs'] }),
  'mine.scoreBitext': command(v.strictObject({ collection: v.number(), settings: mineSettings }), v.object({ job: v.number(), run: v.number() }), { undoable: false, touches: ['runs', 'jobs'] }),
  /** Encodes a collection and nothing more: vectors that later runs reuse; with `out` also as a NumPy file. `both` is two encodings and has no file. */
  'mine.embed': command(v.strictObject({ collection: v.number(), settings: mineSettings, out: v.nullable(v.string()) }), v.object({ job: v.number() }), { undoable: false, touches: ['jobs'] }),
  'mine.runs': query(v.strictObject({}), v.array(run)),
  'mine.run': query(v.strictObject(oneRun), run),
  /** While the run goes on: the histogram and best pairs of what is there so far, for viewing only. */
  'mine.partial': query(v.strictObject(oneRun), v.object({
    pairs: v.number(), note: v.string(), edges: v.array(v.number()), counts: v.array(v.number()),
    rows: v.array(v.object({ source: v.string(), target: v.string(), margin: v.number(), cosine: v.number() })),
  })),
  'mine.explain': query(v.strictObject({ ...oneRun, pair: v.number() }), why),
  /** Places the cut; `auto` goes back to the estimated one. The histogram's brush calls `mine.cutPreview` while it moves. */
  'mine.cut': command(v.strictObject({ ...oneRun, cut: v.union([v.literal('auto'), v.number()]) }), run, { undoable: true, touches: ['runs', 'pairs', 'history'] }),
  'mine.cutPreview': query(v.strictObject({ ...oneRun, cut: v.number() }), v.object({
    kept: v.number(), dropped: v.number(), precision: v.nullable(v.number()), low: v.nullable(v.number()), high: v.nullable(v.number()),
    gold: v.nullable(v.object({ precision: v.number(), recall: v.number(), f1: v.number() })),
  })),
  /** A gold list for the run (file of source id, target id): figures at the cut and the best F1 with its cut. */
  'mine.gold': query(v.strictObject({ ...oneRun, gold: v.nullable(v.string()), ignore: v.nullable(v.string()) }), goldReport),
  'mine.hubs': query(v.strictObject({ ...oneRun, side: v.picklist(['source', 'target']), count: v.pipe(v.number(), v.maxValue(500)) }), v.array(v.object({ ordinal: v.number(), text: v.string(), occurrence: v.number() }))),
  'mine.compare': query(v.strictObject({ left: v.number(), right: v.number(), kind: v.picklist(['gained', 'lost', 'moved']), from: v.number(), count: v.pipe(v.number(), v.maxValue(500)) }), v.object({
    gained: v.number(), lost: v.number(), same: v.number(), moved: v.number(),
    rows: v.array(v.object({ source: v.string(), target: v.string(), left: v.nullable(v.number()), right: v.nullable(v.number()) })),
  })),
  'mine.rename': command(v.strictObject({ ...oneRun, name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }), run, { undoable: true, touches: ['runs', 'history'] }),
  'mine.remove': command(v.strictObject(oneRun), v.object({ removed: v.number() }), { undoable: true, touches: ['runs', 'pairs', 'history'] }),
} as const;

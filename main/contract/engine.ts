import * as v from 'valibot';
import { nothing, query, stream } from './method.ts';
import { encoderDescription, modelAnswers, modelInspection, provider, providerMeasure } from './models.ts';
import { projectionEngineContract } from './projection-engine.ts';
import { translationEngineContract } from './translation.ts';
import { minePlan, mineSettings, runCounts, run, thresholdEstimate } from './mine.ts';

/**
 * What the workbench asks of the engine process. Texts go in, ids and numbers come out; vectors stay in the engine and its files.
 *
 * All folders are absolute paths inside the project's side folder. Everything long is a stream that can be cancelled within a second and, called again
 * with the same input, goes on from its files: pause = cancel, resume = call again, kill -9 = the same.
 */

/** Where the vectors of a project under one encoder lie: `vectors.bin`, `hashes.bin`, `journal.jsonl`. */
const vectorFolder = { folder: v.string() };

export const encodeProgress = v.object({
  /** Sentences of this collection that have a vector now. */
  done: v.number(), total: v.number(), rate: v.number(),
  reused: v.number(), truncated: v.number(), note: v.optional(v.string()),
});

export const side = v.object({
  /** One vector folder an encoder, in the plan's order; `rows` is a little-endian u32 file: sentence ordinal -> row in the vector file. */
  vectors: v.array(v.object({ folder: v.string(), rows: v.string() })),
  sentences: v.number(),
  language: v.string(),
});

/** A finished run: its folder and the two sides it was made of. */
export const earlierRun = v.strictObject({ folder: v.string(), source: side, target: side });

export const mineProgress = v.object({
  stage: v.picklist(['prepare', 'neighbours', 'refine', 'margin', 'retrieve', 'threshold']),
  done: v.number(), total: v.number(), unit: v.picklist(['tiles', 'vectors', 'pairs', 'steps']), rate: v.number(), note: v.optional(v.string()),
});

export const mineResult = v.object({
  /**
   * Candidate pairs by (margin desc, cosine desc, source asc, target asc) in `<folder>/pairs.bin`: little-endian records of 32 bytes:
   * f64 margin, f64 cosine, u32 source ordinal, u32 target ordinal, u16 forward rank (0 = not among the k), u16 backward rank, u32 zero.
   */
  pairs: v.string(),
  count: v.number(),
  counts: v.pick(runCounts, ['candidates', 'belowFloor', 'aboveUpperBound', 'mutualBest']),
  threshold: thresholdEstimate,
  indexRecall: run.entries.indexRecall,
  warnings: run.entries.warnings,
  refinement: run.entries.refinement,
  offset: v.picklist([0, 1]),
});
export type MineResult = v.InferOutput<typeof mineResult>;

export const neighbourList = v.object({ ordinals: v.array(v.number()), cosines: v.array(v.number()), mean: v.number(), occurrence: v.number() });

const textWithWords = v.object({ text: v.string(), words: v.array(v.tuple([v.number(), v.number()])) });

export const engineContract = {
  'engine.facts': query(nothing, v.object({
    pid: v.number(), cores: v.number(), memoryBytes: v.number(), residentBytes: v.number(),
    versions: v.record(v.string(), v.string()),
    providers: v.array(provider),
    /** One line for each optional part that is absent: "hnswlib-node is not installed: ..." */
    absent: v.array(v.string()),
  })),
  'engine.inspectModel': query(v.strictObject({ folder: v.string(), answers: modelAnswers }), modelInspection),
  /** Reads every byte: throws `model-corrupt` naming file, expected and found checksum. */
  'engine.verifyModel': query(v.strictObject({ encoder: encoderDescription }), v.object({ bytes: v.number(), verified: v.number() })),
  'engine.probeModel': stream(v.strictObject({ encoder: encoderDescription, providers: v.nullable(v.array(provider)), threads: v.optional(v.number()) }), providerMeasure, v.object({ chosen: provider, measures: v.array(providerMeasure) })),
  /** Speed of the exact tile and of HNSW on this machine, measured once in about a second and kept; input of the pure planner. */
  'engine.probeIndex': query(v.strictObject({ dimension: v.number() }), v.object({
    gigaflops: v.number(), hnswAddPerSecond: v.number(), hnswSearchPerSecond: v.number(), hnswlib: v.boolean(), threads: v.number(),
  })),
  /**
   * Opens an encoding of one collection. Texts follow by `engine.encodeBlock`, which may be called ahead: block n + 1 is tokenised while block n is inferred.
   * The batch plan follows from the input alone: blocks of `blockSentences` in order of the collection; inside one, sentences without a known vector are
   * sorted by (token count, ordinal) and cut into batches of at most `batchTokens` tokens, padding counted.
   */
  'engine.openEncoding': query(v.strictObject({
    ...vectorFolder, encoder: encoderDescription, provider, threads: v.number(), precision: v.picklist(['f32', 'f16']),
    blockSentences: v.number(), batchTokens: v.number(),
    /** Where `rows` is written: u32 a sentence, appended block by block. */
    rows: v.string(), total: v.number(),
    /** Names the vectors that this encoding makes, for manifests ("run:12:source"); a reused vector tells the name of its origin. */
    origin: v.string(),
  }), v.object({ encoding: v.number(), /** Blocks that are already done and need not be sent. */ doneBlocks: v.number(), provider, note: v.nullable(v.string()) })),
  'engine.encodeBlock': stream(v.strictObject({ encoding: v.number(), block: v.number(), texts: v.array(v.string()) }), encodeProgress, v.object({
    encoded: v.number(), reused: v.number(), tokens: v.number(), paddedTokens: v.number(),
    /** Ordinals (in the collection) that were cut at the encoder's maximum. */
    truncated: v.array(v.number()),
  })),
  'engine.closeEncoding': query(v.strictObject({ encoding: v.number() }), v.object({
    encoded: v.number(), reused: v.number(), truncated: v.number(), origins: v.array(v.object({ origin: v.string(), vectors: v.number() })),
  })),
  /** Writes a collection's vectors as one NumPy file (`.npy`, little-endian f32, C order, shape sentences x dimension), atomically. */
  'engine.writeVectors': query(v.strictObject({ ...vectorFolder, rows: v.string(), sentences: v.number(), dimension: v.number(), precision: v.picklist(['f32', 'f16']), out: v.string() }), v.object({ bytes: v.number(), sha256: v.string() })),
  /**
   * Neighbours, refinement, margins, retrieval and threshold of one run; files in `folder`. `earlier` names a finished run in the same vector folders:
   * its means stay, its neighbours are taken over, and only what is new is compared; where that cannot be, a warning says why and everything is.
   */
  'engine.mine': stream(v.strictObject({ folder: v.string(), source: side, target: side, settings: mineSettings, plan: minePlan, earlier: v.optional(v.nullable(earlierRun)) }), mineProgress, mineResult),
  /** Margins of given pairs (u32 source, u32 target records in `pairs`) with the same neighbours as mining; result order = input order. */
  'engine.scorePairs': stream(v.strictObject({ folder: v.string(), source: side, target: side, settings: mineSettings, plan: minePlan, pairs: v.string(), count: v.number() }), mineProgress, mineResult),
  /** Histogram and best pairs of the tiles that are done. */
  'engine.partial': query(v.strictObject({ folder: v.string(), bins: v.number(), rows: v.number() }), v.object({
    pairs: v.number(), note: v.string(), edges: v.array(v.number()), counts: v.array(v.number()),
    rows: v.array(v.object({ source: v.number(), target: v.number(), margin: v.number(), cosine: v.number() })),
  })),
  /** Neighbour lists of single sentences of a finished run. */
  'engine.neighbours': query(v.strictObject({ folder: v.string(), side: v.picklist(['source', 'target']), ordinals: v.pipe(v.array(v.number()), v.maxLength(500)) }), v.array(neighbourList)),
  /** The sentences of a side whose vectors are nearest to that of one of them, itself left out, or to that of a text, which is encoded for it: (cosine desc, ordinal asc). Exact, over all stored vectors. */
  'engine.similar': query(v.strictObject({ ...vectorFolder, rows: v.string(), sentences: v.number(), dimension: v.number(), precision: v.picklist(['f32', 'f16']), of: v.union([v.object({ ordinal: v.number() }), v.object({ encoder: encoderDescription, text: v.string() })]), count: v.pipe(v.number(), v.maxValue(4096)) }),
    v.object({ ordinals: v.array(v.number()), cosines: v.array(v.number()) })),
  /** Which words belong together: words are half-open UTF-16 ranges, links their numbers with the similarity of their tokens. `model-unsupported` where the graph gives no states of single tokens. */
  'engine.wordLinks': query(v.strictObject({ encoder: encoderDescription, source: textWithWords, target: textWithWords }), v.object({ links: v.array(v.object({ source: v.number(), target: v.number(), similarity: v.number() })) })),
  /** k-occurrence leaders of a finished run. */
  'engine.hubs': query(v.strictObject({ folder: v.string(), side: v.picklist(['source', 'target']), count: v.number() }), v.array(v.object({ ordinal: v.number(), occurrence: v.number() }))),
  ...translationEngineContract,
  ...projectionEngineContract,
} as const;

import * as v from 'valibot';
import { command, nothing, query, stream } from './method.ts';

/** Encoders (later MT models and heads): what is here, licence, checksum, languages, provider, speed measured on this machine. */

export const provider = v.picklist(['cpu', 'webgpu', 'cuda', 'coreml', 'directml']);
export type Provider = v.InferOutput<typeof provider>;

export const pooling = v.picklist(['mean', 'cls', 'last', 'in-graph']);

/** What the engine needs to know of an encoder; read from its folder's config files, or asked. */
export const encoderDescription = v.object({
  id: v.string(),
  title: v.string(),
  folder: v.string(),
  /** The graph and the tokenizer, relative to the folder; `.gz` and `.zst` are unpacked at load. */
  graph: v.string(),
  tokenizer: v.string(),
  /** A sentence-transformers Dense layer after pooling: its folder, and its activation. */
  dense: v.nullable(v.object({ file: v.string(), activation: v.picklist(['identity', 'tanh']) })),
  dimension: v.number(),
  pooling,
  normalise: v.boolean(),
  prefix: v.string(),
  maximumTokens: v.number(),
  inputs: v.array(v.string()),
  output: v.string(),
  padId: v.number(),
  /** BCP-47 tags; empty: not stated. */
  languages: v.array(v.string()),
  licence: v.nullable(v.string()),
  source: v.nullable(v.string()),
  /** sha256 by file, where the folder states them; computed when it was added otherwise. */
  checksums: v.record(v.string(), v.object({ bytes: v.number(), sha256: v.string() })),
  /** sha256 over the sorted checksums of graph, tokenizer and dense layer: the key of its vectors. */
  hash: v.string(),
});
export type EncoderDescription = v.InferOutput<typeof encoderDescription>;

export const providerMeasure = v.object({
  provider,
  state: v.picklist(['works', 'absent', 'failed']),
  sentencesPerSecond: v.nullable(v.number()),
  /** Largest absolute difference of a vector component from the CPU's. */
  difference: v.nullable(v.number()),
  note: v.nullable(v.string()),
  /** With how many it was measured. */
  threads: v.optional(v.number()),
});
export type ProviderMeasure = v.InferOutput<typeof providerMeasure>;

export const model = v.object({
  encoder: encoderDescription,
  bundled: v.boolean(),
  bytes: v.number(),
  state: v.picklist(['ready', 'unverified', 'missing', 'corrupt']),
  note: v.nullable(v.string()),
  measures: v.array(providerMeasure),
});
export type Model = v.InferOutput<typeof model>;

/** What a folder does not say and the user is asked before it can be added. */
export const modelQuestion = v.object({ field: v.picklist(['pooling', 'prefix', 'normalise', 'maximumTokens', 'languages', 'licence']), proposal: v.string(), why: v.string() });
export const modelInspection = v.object({ encoder: encoderDescription, questions: v.array(modelQuestion), warnings: v.array(v.string()) });
export type ModelInspection = v.InferOutput<typeof modelInspection>;

export const modelAnswers = v.object({
  pooling: v.optional(pooling), prefix: v.optional(v.string()), normalise: v.optional(v.boolean()), maximumTokens: v.optional(v.number()),
  languages: v.optional(v.array(v.string())), licence: v.optional(v.string()), title: v.optional(v.string()),
});
export type ModelAnswers = v.InferOutput<typeof modelAnswers>;

export const modelsContract = {
  'models.list': query(nothing, v.array(model)),
  'models.inspect': query(v.strictObject({ folder: v.string() }), modelInspection),
  'models.add': command(v.strictObject({ folder: v.string(), answers: modelAnswers }), model, { undoable: false, touches: ['models'] }),
  'models.remove': command(v.strictObject({ id: v.string() }), v.object({ removed: v.string() }), { undoable: false, touches: ['models'] }),
  'models.verify': query(v.strictObject({ id: v.string() }), model),
  /** Measures an encoder on each provider this machine has, with a correctness check against CPU. */
  'models.probe': stream(v.strictObject({ id: v.string(), providers: v.nullable(v.array(provider)) }), providerMeasure, v.object({ chosen: provider, measures: v.array(providerMeasure) })),
} as const;

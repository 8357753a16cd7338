import type { EncoderDescription, Provider } from '../contract/models.ts';
import type { TokenBatch } from './encoder-inference.ts';
import { openInference } from './encoder-inference.ts';
import { openLanes } from './inference-lanes.ts';
import { cutGraphFile } from './graph-cut.ts';
import { checkFiles, graphFile } from './model-files.ts';
import { labelDepth, stateOutput } from './token-outputs.ts';
import { openTokenizer, type Tokenizer, type TokenTable } from './tokenizer.ts';

/** A sentence encoder, loaded: its tokenizer and its inference. */
export type Encoder = {
  readonly description: EncoderDescription;
  readonly provider: Provider;
  /** How many batches may be inferred at once. */
  readonly lanes: number;
  readonly tokenise: Tokenizer['tokenise'];
  readonly tokeniseWords: Tokenizer['tokeniseWords'];
  /** Vectors of the sentences `batch` of the table, in the batch's order: [batch.length, dimension]. To be called from the run queue only. */
  infer(table: TokenTable, batch: Uint32Array): Promise<Float32Array>;
  /** States of all tokens, [sentences, longest, hidden]; `model-unsupported` where the graph does not show them. From the run queue only. */
  tokenStates(sentences: readonly Int32Array[]): Promise<Float32Array>;
  dispose(): Promise<void>;
};

/** `states`: only the layers up to the one that links words best, for which only `tokenStates` can be asked. */
export type EncoderPart = 'whole' | 'states';

export type EncoderOptions = { readonly provider: Provider; readonly threads: number; readonly cacheFolder: string; readonly part?: EncoderPart };

/** The files that decide the vectors; each must equal its checksum. */
export const filesOf = (description: EncoderDescription): readonly string[] => {
  const external = Object.keys(description.checksums).filter((name) => name.startsWith(description.graph) || /\.onnx_data(?:_\d+)?$/.test(name));
  return [...new Set([description.graph, ...external, description.tokenizer, ...(description.dense === null ? [] : [description.dense.file])])];
};

/** Verifies and loads an encoder. The tokenizer is shared by all sessions of the same encoder, so it may be handed in. */
export const openEncoder = async (description: EncoderDescription, { provider, threads, cacheFolder, part = 'whole' }: EncoderOptions, tokenizer?: Tokenizer): Promise<Encoder> => {
  await checkFiles(description.folder, description.checksums, filesOf(description));
  const cut = part === 'whole' ? null : await cutGraphFile(description.folder, description.graph, cacheFolder, (outputs) => stateOutput(outputs, description, labelDepth));
  const graph = cut?.graph ?? await graphFile(description.folder, description.graph, cacheFolder);
  const { tokenise, tokeniseWords } = tokenizer ?? await openTokenizer(description);
  const inference = await (provider === 'cpu' ? openLanes : openInference)({ description, graph, provider, threads, ...(cut === null ? {} : { states: cut.output }) });
  return {
    description, provider, lanes: inference.lanes, tokenise, tokeniseWords,
    infer: (table, batch) => inference.infer(gather(table, batch)),
    tokenStates: (sentences) => inference.infer({ ids: Int32Array.from(sentences.flatMap((ids) => [...ids])), lengths: Uint32Array.from(sentences, (ids) => ids.length), states: true }),
    dispose: inference.close,
  };
};

const gather = (table: TokenTable, batch: Uint32Array): TokenBatch => {
  const lengths = Uint32Array.from(batch, (index) => (table.offsets[index + 1] ?? 0) - (table.offsets[index] ?? 0));
  const ids = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const [row, index] of batch.entries()) {
    const from = table.offsets[index] ?? 0;
    ids.set(table.ids.subarray(from, from + (lengths[row] ?? 0)), start);
    start += lengths[row] ?? 0;
  }
  return { ids, lengths };
};

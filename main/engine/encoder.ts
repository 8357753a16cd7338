import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription, Provider } from '../contract/models.ts';
import { applyDense, readDense, type Dense } from './encoder-dense.ts';
import { normaliseRows, pool } from './encoder-pooling.ts';
import { checkFiles, graphFile } from './model-files.ts';
import { openSession, tokenTensor } from './provider.ts';
import { openTokenizer, type Tokenizer, type TokenTable } from './tokenizer.ts';
import { halfToFloat } from './vectors-half.ts';

/** A sentence encoder, loaded: its tokenizer, its session, and what comes after the graph. */
export type Encoder = {
  readonly description: EncoderDescription;
  readonly provider: Provider;
  readonly tokenise: Tokenizer['tokenise'];
  /** Vectors of the sentences `batch` of the table, in the batch's order: [batch.length, dimension]. To be called from the run queue only. */
  infer(table: TokenTable, batch: Uint32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
};

export type EncoderOptions = { readonly provider: Provider; readonly threads: number; readonly cacheFolder: string };

/** The files that decide the vectors; each must equal its checksum. */
export const filesOf = (description: EncoderDescription): readonly string[] => {
  const external = Object.keys(description.checksums).filter((name) => name.startsWith(description.graph) || /\.onnx_data(?:_\d+)?$/.test(name));
  return [...new Set([description.graph, ...external, description.tokenizer, ...(description.dense === null ? [] : [description.dense.file])])];
};

/** Verifies and loads an encoder. The tokenizer is shared by all sessions of the same encoder, so it may be handed in. */
export const openEncoder = async (description: EncoderDescription, options: EncoderOptions, tokenizer?: Tokenizer): Promise<Encoder> => {
  await checkFiles(description.folder, description.checksums, filesOf(description));
  const graph = await graphFile(description.folder, description.graph, options.cacheFolder);
  const session = await openSession(graph, options);
  try {
    const dense = await readDense(description);
    const { tokenise } = tokenizer ?? await openTokenizer(description);
    const feeds = feeder(session, description);
    const infer = async (table: TokenTable, batch: Uint32Array): Promise<Float32Array> => {
      const { inputs, lengths, width } = feeds(table, batch);
      const results = await run(session, inputs, description, options.provider);
      return finish(numbersOf(results, description), lengths, width, description, dense);
    };
    return { description, provider: options.provider, tokenise, infer, dispose: () => session.release() };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
};

type Feed = { readonly inputs: Record<string, Tensor>; readonly lengths: Uint32Array; readonly width: number };

/** Builds the padded input tensors; which ones, and of which integer type, the graph says. */
const feeder = (session: InferenceSession, description: EncoderDescription): ((table: TokenTable, batch: Uint32Array) => Feed) => {
  const types = session.inputMetadata.map((input) => ({ name: input.name, type: input.isTensor && input.type === 'int32' ? 'int32' as const : 'int64' as const }));
  const unknown = types.filter(({ name }) => !knownInputs.has(name));
  if (unknown.length > 0) throw new Failure('model-unsupported', `The graph of ${description.title} wants inputs that no sentence encoder needs: ${unknown.map(({ name }) => name).join(', ')}.`, { hint: 'Use the encoder half of the model, exported for feature extraction.' });
  if (!session.outputNames.includes(description.output)) throw new Failure('model-unsupported', `The graph of ${description.title} has no output "${description.output}".`);
  return (table, batch) => {
    const count = batch.length;
    const lengths = Uint32Array.from(batch, (index) => (table.offsets[index + 1] ?? 0) - (table.offsets[index] ?? 0));
    const width = lengths.reduce((most, length) => Math.max(most, length), 1);
    const ids = new Int32Array(count * width).fill(description.padId);
    const mask = new Int32Array(count * width);
    for (const [row, index] of batch.entries()) {
      const start = table.offsets[index] ?? 0;
      ids.set(table.ids.subarray(start, table.offsets[index + 1] ?? 0), row * width);
      mask.fill(1, row * width, row * width + (lengths[row] ?? 0));
    }
    const inputs: Record<string, Tensor> = {};
    for (const { name, type } of types) inputs[name] = tokenTensor(type, name === 'input_ids' ? ids : name === 'attention_mask' ? mask : new Int32Array(count * width), [count, width]);
    return { inputs, lengths, width };
  };
};

const knownInputs = new Set(['input_ids', 'attention_mask', 'token_type_ids']);

const run = async (session: InferenceSession, inputs: Record<string, Tensor>, description: EncoderDescription, provider: Provider): Promise<Tensor> => {
  let results: Readonly<Record<string, Tensor>>;
  try {
    results = await session.run(inputs, [description.output]);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Failure(provider === 'cpu' ? 'model-unsupported' : 'provider-failed', `${description.title} failed on ${provider}: ${why.split('\n')[0] ?? ''}`, { hint: provider === 'cpu' ? 'Check that graph and tokenizer belong together.' : 'Choose the provider cpu.' });
  }
  const result = results[description.output];
  if (result === undefined) throw new Failure('model-unsupported', `The graph of ${description.title} gave no "${description.output}".`);
  return result;
};

const numbersOf = (tensor: Tensor, description: EncoderDescription): Float32Array => {
  const { data } = tensor;
  if (data instanceof Float32Array) return data;
  if (tensor.type === 'float16' && data instanceof Uint16Array) return Float32Array.from(data, halfToFloat);
  if (tensor.type === 'float16' && ArrayBuffer.isView(data)) return Float32Array.from(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), halfToFloat);
  throw new Failure('model-unsupported', `The output of ${description.title} is ${tensor.type}; float32 or float16 is read.`);
};

/** Pooling, dense layer and normalisation, where the graph leaves them to us. */
const finish = (numbers: Float32Array, lengths: Uint32Array, width: number, description: EncoderDescription, dense: Dense | null): Float32Array => {
  const count = lengths.length;
  const hidden = dense?.inputs ?? description.dimension;
  const expected = description.pooling === 'in-graph' ? count * hidden : count * width * hidden;
  if (numbers.length !== expected) {
    throw new Failure('model-unsupported', `The output of ${description.title} has ${numbers.length} numbers for ${count} sentences of ${width} tokens; ${expected} were expected.`, { hint: 'Dimension or pooling of this model are described wrongly: remove it and add it again.' });
  }
  const pooled = description.pooling === 'in-graph' ? numbers : pool(description.pooling, numbers, lengths, width, hidden);
  const vectors = dense === null ? pooled : applyDense(dense, pooled, count);
  return description.normalise ? normaliseRows(vectors, description.dimension) : vectors;
};

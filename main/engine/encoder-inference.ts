import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { Failure } from '../contract/errors.ts';
import type { EncoderDescription, Provider } from '../contract/models.ts';
import { applyDense, readDense, type Dense } from './encoder-dense.ts';
import { normaliseRows, pool } from './encoder-pooling.ts';
import { openSession, tokenTensor, type SessionSettings } from './provider.ts';
import { stateOutput } from './token-outputs.ts';
import { halfToFloat } from './vectors-half.ts';

/** Token ids of a batch's sentences, one after the other, and how many each has. */
export type TokenBatch = {
  readonly ids: Int32Array<ArrayBuffer>; readonly lengths: Uint32Array<ArrayBuffer>;
  /** Asks for the state of every token of an inner layer, [sentences, longest, hidden], instead of sentence vectors. */
  readonly states?: boolean;
};

/** An encoder without its tokenizer: the graph's session and what comes after the graph. */
export type Inference = {
  /** How many batches may be inferred at once. */
  readonly lanes: number;
  /** Vectors of a batch: [sentences, dimension]. */
  infer(batch: TokenBatch): Promise<Float32Array>;
  close(): Promise<void>;
};

export type InferenceSettings = SessionSettings & {
  readonly description: EncoderDescription;
  readonly graph: string;
  /** The output with the states of single tokens, where the graph is one that was cut there: it has no other. */
  readonly states?: string;
};

/** Opens the graph in this thread, which stands still while a batch is computed. */
export const openInference = async ({ description, graph, provider, threads, states }: InferenceSettings): Promise<Inference> => {
  const session = await openSession(graph, { provider, threads });
  try {
    const dense = await readDense(description);
    if (!session.outputNames.includes(states ?? description.output)) throw new Failure('model-unsupported', `The graph of ${description.title} has no output "${states ?? description.output}".`);
    const feeds = feeder(session, description);
    const infer = async (batch: TokenBatch): Promise<Float32Array> => {
      const { inputs, width } = feeds(batch);
      const output = batch.states === true ? states ?? stateOutput(session.outputNames, description) : description.output;
      const results = await run(session, inputs, output, description, provider);
      if (batch.states === true) return numbersOf(results, description);
      return finish(numbersOf(results, description), batch.lengths, width, description, dense);
    };
    return { lanes: 1, infer, close: () => session.release() };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
};

type Feed = { readonly inputs: Record<string, Tensor>; readonly width: number };

/** Builds the padded input tensors; which ones, and of which integer type, the graph says. */
const feeder = (session: InferenceSession, description: EncoderDescription): ((batch: TokenBatch) => Feed) => {
  const types = session.inputMetadata.map((input) => ({ name: input.name, type: input.isTensor && input.type === 'int32' ? 'int32' as const : 'int64' as const }));
  const unknown = types.filter(({ name }) => !knownInputs.has(name));
  if (unknown.length > 0) throw new Failure('model-unsupported', `The graph of ${description.title} wants inputs that no sentence encoder needs: ${unknown.map(({ name }) => name).join(', ')}.`, { hint: 'Use the encoder half of the model, exported for feature extraction.' });
  return (batch) => {
    const count = batch.lengths.length;
    const width = batch.lengths.reduce((most, length) => Math.max(most, length), 1);
    const ids = new Int32Array(count * width).fill(description.padId);
    const mask = new Int32Array(count * width);
    let start = 0;
    for (const [row, length] of batch.lengths.entries()) {
      ids.set(batch.ids.subarray(start, start + length), row * width);
      mask.fill(1, row * width, row * width + length);
      start += length;
    }
    const inputs: Record<string, Tensor> = {};
    for (const { name, type } of types) inputs[name] = tokenTensor(type, name === 'input_ids' ? ids : name === 'attention_mask' ? mask : new Int32Array(count * width), [count, width]);
    return { inputs, width };
  };
};

const knownInputs = new Set(['input_ids', 'attention_mask', 'token_type_ids']);

const run = async (session: InferenceSession, inputs: Record<string, Tensor>, output: string, description: EncoderDescription, provider: Provider): Promise<Tensor> => {
  let results: Readonly<Record<string, Tensor>>;
  try {
    results = await session.run(inputs, [output]);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Failure(provider === 'cpu' ? 'model-unsupported' : 'provider-failed', `${description.title} failed on ${provider}: ${why.split('\n')[0] ?? ''}`, { hint: provider === 'cpu' ? 'Check that graph and tokenizer belong together.' : 'Choose the provider cpu.' });
  }
  const result = results[output];
  if (result === undefined) throw new Failure('model-unsupported', `The graph of ${description.title} gave no "${output}".`);
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

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { writeGraph, type Graph } from '../graph-writer.ts';
import { openSession, runtime, tokenTensor } from '../provider.ts';

/**
 * From logits to log-probabilities, by tiny graphs of their own on the processor.
 *
 * The normaliser needs an exp of every token of the vocabulary, which onnxruntime takes several at once: many times as fast as a loop here
 * (scripts/bench/log-softmax.ts), and a loop would hold the engine's thread for tenths of a second a step with NLLB's 256,206 tokens.
 */
export type LogSoftmax = {
  /** [rows, vocabulary] in, [rows, vocabulary] out. */
  all(logits: Float32Array, vocabularySize: number): Promise<Float32Array>;
  /** The numbers of some ids only, [rows, k] in and out: nothing else is written down. */
  some(logits: Float32Array, vocabularySize: number, ids: Int32Array): Promise<Float32Array>;
  release(): Promise<void>;
};

const logits = { name: 'logits', type: 'float32', shape: ['rows', 'vocabulary'] } as const;
const allGraph: Graph = {
  name: 'log-softmax', inputs: [logits], outputs: [{ name: 'scores', type: 'float32', shape: ['rows', 'vocabulary'] }],
  nodes: [{ op: 'LogSoftmax', inputs: ['logits'], outputs: ['scores'], attributes: { axis: 1 } }],
};
const someGraph: Graph = {
  name: 'log-softmax-of-some', inputs: [logits, { name: 'ids', type: 'int64', shape: ['rows', 'k'] }], outputs: [{ name: 'scores', type: 'float32', shape: ['rows', 'k'] }],
  nodes: [{ op: 'LogSoftmax', inputs: ['logits'], outputs: ['all'], attributes: { axis: 1 } }, { op: 'GatherElements', inputs: ['all', 'ids'], outputs: ['scores'], attributes: { axis: 1 } }],
};

export const openLogSoftmax = async (threads: number): Promise<LogSoftmax> => {
  const all = await openSession(writeGraph(allGraph), { provider: 'cpu', threads });
  const some = await openSession(writeGraph(someGraph), { provider: 'cpu', threads });
  const tensorOf = (values: Float32Array, vocabularySize: number): Tensor => new (runtime().Tensor)('float32', values, [values.length / vocabularySize, vocabularySize]);
  return {
    all: (values, vocabularySize) => scores(all, { logits: tensorOf(values, vocabularySize) }),
    some: (values, vocabularySize, ids) => {
      const rows = values.length / vocabularySize;
      return scores(some, { logits: tensorOf(values, vocabularySize), ids: tokenTensor('int64', ids, [rows, ids.length / rows]) });
    },
    release: async () => { await Promise.all([all.release(), some.release()]); },
  };
};

const scores = async (session: InferenceSession, feeds: Record<string, Tensor>): Promise<Float32Array> => {
  const found = (await session.run(feeds))['scores']?.data;
  if (!(found instanceof Float32Array)) throw new Error('The graph of the log-softmax gave no numbers.');
  return found;
};

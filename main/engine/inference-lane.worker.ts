import { parentPort, workerData } from 'node:worker_threads';
import { toFailureData, type FailureData } from '../contract/errors.ts';
import { openInference, type InferenceSettings, type TokenBatch } from './encoder-inference.ts';

/** A lane: one inference session in a thread of its own. It answers once when the session is open, or why it is not, and then batch by batch. */

/** No vectors: the session is open. */
export type LaneAnswer = { readonly vectors: Float32Array | null } | { readonly failure: FailureData };

const answer = async (compute: () => Promise<Float32Array | null>): Promise<void> => {
  try {
    const vectors = await compute();
    parentPort?.postMessage({ vectors } satisfies LaneAnswer, vectors?.buffer instanceof ArrayBuffer ? [vectors.buffer] : []);
  } catch (thrown) {
    parentPort?.postMessage({ failure: toFailureData(thrown) } satisfies LaneAnswer);
  }
};

const settings: InferenceSettings = workerData;
const opening = openInference(settings);
parentPort?.on('message', (batch: TokenBatch) => answer(async () => (await opening).infer(batch)));
await answer(async () => {
  await opening;
  return null;
});

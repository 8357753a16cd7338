import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { Failure } from '../contract/errors.ts';
import { graphBytes } from '../domain/models/encode-effort.ts';
import { fromFailureData } from '../rpc/client.ts';
import { openInference, type Inference, type InferenceSettings, type TokenBatch } from './encoder-inference.ts';
import type { LaneAnswer } from './inference-lane.worker.ts';

/**
 * Inference on the CPU, in threads beside the engine's own: `session.run` holds its thread, and the engine has to answer meanwhile.
 *
 * A small encoder has two lanes that share the processor cores: two batches on half the cores each have less to wait for than one on all of them.
 * `DRAGOMAN_INFERENCE_LANES=off` keeps inference in the engine's own thread, for hosts where a native module must not be loaded in threads (the window).
 */
export const openLanes = async (settings: InferenceSettings): Promise<Inference> => {
  if (process.env['DRAGOMAN_INFERENCE_LANES'] === 'off') return openInference(settings);
  const count = lanesFor(settings);
  const lanes = Array.from({ length: count }, () => createLane({ ...settings, threads: settings.threads / count }));
  const close = async (): Promise<void> => { await Promise.all(lanes.map((lane) => lane.close())); };
  try {
    await Promise.all(lanes.map((lane) => lane.open()));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const free = [...lanes];
  const waiting: ((lane: Lane) => void)[] = [];
  const infer = async (batch: TokenBatch): Promise<Float32Array> => {
    const lane = free.pop() ?? await new Promise<Lane>((resolve) => { waiting.push(resolve); });
    try {
      return await lane.infer(batch);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(lane); else next(lane);
    }
  };
  return { lanes: count, infer, close };
};

/** Weights are held once a lane. */
const largestGraphHeldTwice = 160_000_000;

const lanesFor = ({ description, threads }: InferenceSettings): number => (threads % 2 === 0 && graphBytes(description) <= largestGraphHeldTwice ? 2 : 1);

type Lane = {
  open(): Promise<void>;
  /** One batch at a time. A thread that has died is started again. */
  infer(batch: TokenBatch): Promise<Float32Array>;
  close(): Promise<void>;
};

const createLane = (settings: InferenceSettings): Lane => {
  let thread: Thread | undefined;
  let closed = false;
  const running = (): Thread => {
    if (closed) throw new Failure('engine-lost', 'The encoder was closed.');
    return thread ??= startThread(settings, () => { thread = undefined; });
  };
  return {
    open: async () => { await running().opened; },
    infer: async (batch) => {
      await running().opened;
      const vectors = await running().ask(batch);
      if (vectors === null) throw new Failure('internal', 'A lane answered without vectors.');
      return vectors;
    },
    close: async () => {
      closed = true;
      await thread?.close();
    },
  };
};

type Thread = {
  readonly opened: Promise<unknown>;
  ask(batch: TokenBatch): Promise<Float32Array | null>;
  /** Ends the thread after what it is at: a session that computes must not be torn down, which aborts the process. */
  close(): Promise<void>;
};

/** From the sources, or built into one file beside the engine's. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './inference-lane.worker.ts' : './inference-lane.js', import.meta.url);

const startThread = (settings: InferenceSettings, gone: () => void): Thread => {
  const worker = new Worker(workerFile, { workerData: settings, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  let asked: PromiseWithResolvers<Float32Array | null>;
  /** A question keeps the process alive until it is answered; a thread that waits for one does not. */
  const ask = (send: () => void): Promise<Float32Array | null> => {
    asked = Promise.withResolvers();
    worker.ref();
    send();
    return asked.promise;
  };
  worker.on('message', (answer: LaneAnswer) => {
    worker.unref();
    if ('failure' in answer) asked.reject(fromFailureData(answer.failure)); else asked.resolve(answer.vectors);
  });
  let why = '';
  worker.on('error', (thrown) => { why = `: ${thrown.message}`; });
  worker.on('exit', () => {
    gone();
    asked.reject(new Failure('engine-lost', `The thread that computes has stopped${why}.`, { detail: 'Everything up to the last checkpoint is kept.', hint: 'Resume the job; if it stops again at the same place, choose a smaller encoder.' }));
  });
  return {
    opened: ask(() => undefined),
    ask: (batch) => ask(() => { worker.postMessage(batch, [batch.ids.buffer, batch.lengths.buffer]); }),
    close: async () => {
      await asked.promise.catch(() => undefined);
      await worker.terminate();
    },
  };
};

import * as ort from 'onnxruntime-node';
import { Failure } from '../../contract/errors.ts';
import { writeGraph, type Graph } from '../graph-writer.ts';
import type { RunQueue } from '../run-queue.ts';

/** Rows times a square map: x [q,d], map [d,d] -> [q,d]. */
const mapGraph: Graph = {
  name: 'knn-map',
  inputs: [{ name: 'x', type: 'float32', shape: ['q', 'd'] }, { name: 'map', type: 'float32', shape: ['d', 'd'] }],
  outputs: [{ name: 'mapped', type: 'float32', shape: ['q', 'd'] }],
  nodes: [{ op: 'MatMul', inputs: ['x', 'map'], outputs: ['mapped'] }],
};

export type MapSession = {
  /** `rows` vectors times a row-major map. */
  map(values: Float32Array, rows: number, map: Float64Array, signal?: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
};

/** Applies learned linear maps through the run queue: a loop in JavaScript would take a microsecond a dimension and sentence. */
export const openMapSession = async (options: { readonly dimension: number; readonly threads: number; readonly queue: RunQueue }): Promise<MapSession> => {
  const { dimension, threads, queue } = options;
  const session = await ort.InferenceSession.create(writeGraph(mapGraph), { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 });
  return {
    map: (values, rows, map, signal) => queue.run('batch', async () => {
      const out = await session.run({ x: new ort.Tensor('float32', values, [rows, dimension]), map: new ort.Tensor('float32', new Float32Array(map), [dimension, dimension]) });
      const mapped = out['mapped']?.data;
      if (!(mapped instanceof Float32Array)) throw new Failure('internal', 'The map graph answered with an unexpected type.');
      return mapped;
    }, signal),
    close: () => session.release(),
  };
};

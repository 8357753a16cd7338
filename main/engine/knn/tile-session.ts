import * as ort from 'onnxruntime-node';
import { Failure } from '../../contract/errors.ts';
import { writeGraph, type Graph } from '../graph-writer.ts';
import type { RunQueue } from '../run-queue.ts';
import { forwardGraph, groupRows, plainTileGraph, tileGraph } from './tile-graph.ts';

/** Best of a tile, row by row, by value descending (equal values: lower index first). Indices count inside the tile. */
export type TileBest = { readonly width: number; readonly values: Float32Array; readonly indices: Int32Array };

export type TileOperand = { readonly rows: number; readonly values: Float32Array };

export type TileSession = {
  /** Both directions of `q` against `b`; `keep` neighbours a row, fewer where the other operand is smaller. */
  both(q: TileOperand, b: TileOperand, keep: number, signal?: AbortSignal): Promise<{ readonly forward: TileBest; readonly backward: TileBest }>;
  /** Only the rows of `q`. */
  forward(q: TileOperand, b: TileOperand, keep: number, signal?: AbortSignal): Promise<TileBest>;
  close(): Promise<void>;
};

/** Opens the graph of the exact tile on the CPU with a stated number of threads, which the plan fixes. */
export const openTileSession = async (options: { readonly dimension: number; readonly threads: number; readonly queue: RunQueue }): Promise<TileSession> => {
  const { dimension, threads, queue } = options;
  const open = (graph: Graph): Promise<ort.InferenceSession> => ort.InferenceSession.create(writeGraph(graph), {
    executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all', logSeverityLevel: 3,
  });
  const grouped = await open(tileGraph);
  const plain = await open(plainTileGraph);
  const oneWay = await open(forwardGraph);

  const matrix = (operand: TileOperand): ort.Tensor => new ort.Tensor('float32', operand.values.subarray(0, operand.rows * dimension), [operand.rows, dimension]);
  const number = (value: number): ort.Tensor => new ort.Tensor('int64', BigInt64Array.of(BigInt(value)), [1]);

  return {
    both: (q, b, keep, signal) => queue.run('batch', async () => {
      const forwardKeep = Math.min(keep, b.rows);
      const backwardKeep = Math.min(keep, q.rows);
      const session = q.rows % groupRows === 0 && q.rows / groupRows >= backwardKeep ? grouped : plain;
      const out = await session.run({ q: matrix(q), b: matrix(b), forward_keep: number(forwardKeep), backward_keep: number(backwardKeep) });
      return { forward: best(out, 'forward', forwardKeep), backward: best(out, 'backward', backwardKeep) };
    }, signal),
    forward: (q, b, keep, signal) => queue.run('batch', async () => {
      const forwardKeep = Math.min(keep, b.rows);
      return best(await oneWay.run({ q: matrix(q), b: matrix(b), forward_keep: number(forwardKeep) }), 'forward', forwardKeep);
    }, signal),
    close: async () => {
      await grouped.release();
      await plain.release();
      await oneWay.release();
    },
  };
};

const best = (out: ort.InferenceSession.ReturnType, direction: string, width: number): TileBest => {
  const values = out[`${direction}_values`]?.data;
  const indices = out[`${direction}_indices`]?.data;
  if (!(values instanceof Float32Array) || !(indices instanceof Int32Array)) throw new Failure('internal', 'The search graph answered with an unexpected type.');
  return { width, values, indices };
};

import { availableParallelism } from 'node:os';
import { defaultGraph } from '../../domain/mine/plan-index.ts';
import { hnswlibAbsence } from '../hnsw/hnswlib-index.ts';
import { openHnsw } from '../hnsw/hnsw-index.ts';
import { usearchAbsence } from '../hnsw/usearch-index.ts';
import type { RunQueue } from '../run-queue.ts';
import { openTileSession } from './tile-session.ts';

export type IndexProbe = { gigaflops: number; hnswAddPerSecond: number; hnswSearchPerSecond: number; hnswlib: boolean; threads: number };

/** The product that is timed, and the graph: small enough for about a second in all. */
const tileRows = 2048;
const graphRows = 2048;
const searchRows = 512;

const known = new Map<number, Promise<IndexProbe>>();

/**
 * Speed of the exact tile (both directions, in GFLOP/s of its product) and of HNSW on this machine, measured once a dimension and kept.
 *
 * The vectors are pseudo-random with a fixed start; HNSW speeds are of a graph of 2,048 vectors, which the planner scales to the size at hand.
 */
export const probeIndex = (dimension: number, queue: RunQueue, signal: AbortSignal): Promise<IndexProbe> => {
  const started = known.get(dimension) ?? measure(dimension, queue, signal);
  known.set(dimension, started);
  started.catch(() => { known.delete(dimension); });
  return started;
};

const measure = async (dimension: number, queue: RunQueue, signal: AbortSignal): Promise<IndexProbe> => {
  const threads = availableParallelism();
  const values = unitVectors(Math.max(tileRows, graphRows), dimension);
  const session = await openTileSession({ dimension, threads, queue });
  const operand = { rows: tileRows, values };
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const start = performance.now();
    await session.both(operand, operand, 8, signal);
    if (round > 0) times.push(performance.now() - start);
  }
  await session.close();
  const gigaflops = 2 * tileRows * tileRows * dimension / Math.min(...times) / 1e6;
  const hnswlib = hnswlibAbsence() === null;
  if (usearchAbsence() !== null) return { gigaflops, hnswAddPerSecond: 0, hnswSearchPerSecond: 0, hnswlib, threads };
  const index = openHnsw('hnsw-usearch', { dimension, capacity: graphRows, parameters: { ...defaultGraph }, seed: 42, searchThreads: 1 });
  const addStart = performance.now();
  const slice = 256;
  for (let first = 0; first < graphRows; first += slice) {
    await queue.run('batch', async () => { index.add(first, slice, values.subarray(first * dimension, (first + slice) * dimension)); }, signal);
  }
  const searchStart = performance.now();
  await queue.run('batch', async () => index.search(searchRows, values, 8), signal);
  const end = performance.now();
  index.close();
  return {
    gigaflops, hnswlib, threads,
    hnswAddPerSecond: graphRows / (searchStart - addStart) * 1000, hnswSearchPerSecond: searchRows / (end - searchStart) * 1000,
  };
};

/** Vectors around a few dozen directions, as sentences lie around topics: wholly random ones would make a graph look slower than it is. */
const unitVectors = (rows: number, dimension: number): Float32Array => {
  const state = { seed: 0x2545f491 };
  const next = (): number => {
    state.seed = (Math.imul(state.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return state.seed / 2 ** 32 - 0.5;
  };
  const topics = 48;
  const centres = Float32Array.from({ length: topics * dimension }, next);
  const values = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row += 1) {
    const centre = (row % topics) * dimension;
    let squares = 0;
    for (let column = 0; column < dimension; column += 1) {
      const value = (centres[centre + column] ?? 0) + next();
      values[row * dimension + column] = value;
      squares += value * value;
    }
    const scale = 1 / Math.sqrt(squares);
    for (let column = 0; column < dimension; column += 1) values[row * dimension + column] = (values[row * dimension + column] ?? 0) * scale;
  }
  return values;
};

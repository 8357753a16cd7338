import { createRequire } from 'node:module';
import type * as Hnswlib from 'hnswlib-node';
import { Failure } from '../../contract/errors.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import type { HnswIndex, HnswRequest } from './hnsw-types.ts';

/**
 * HNSW by hnswlib, the reference implementation: one thread, f32, one point a call.
 *
 * Slower here than usearch (each vector has to become a JavaScript array first), kept for comparison and because its graphs are what papers report.
 */
export const createHnswlibIndex = (request: HnswRequest): HnswIndex => {
  const library = load();
  if (library === undefined) throw new Failure('plan-impossible', hnswlibAbsence() ?? 'hnswlib-node is not installed.');
  const { dimension, parameters, capacity, seed } = request;
  const graph = new library.HierarchicalNSW('ip', dimension);
  const state = { ready: false };
  const vectorOf = (values: Float32Array, row: number): number[] => Array.from(values.subarray(row * dimension, (row + 1) * dimension));
  return {
    add: (first, rows, values) => {
      if (!state.ready) graph.initIndex(capacity, parameters.connectivity, parameters.expansionAdd, seed);
      state.ready = true;
      for (let row = 0; row < rows; row += 1) graph.addPoint(vectorOf(values, row), first + row);
    },
    search: (rows, values, keep) => {
      const width = Math.min(keep, graph.getCurrentCount());
      graph.setEf(Math.max(parameters.expansionSearch, width));
      const ordinals = new Uint32Array(rows * width).fill(noNeighbour);
      const found = new Float32Array(rows * width).fill(-Infinity);
      for (let row = 0; row < rows; row += 1) {
        const { neighbors, distances } = graph.searchKnn(vectorOf(values, row), width);
        for (const [slot, ordinal] of neighbors.entries()) {
          ordinals[row * width + slot] = ordinal;
          found[row * width + slot] = 1 - (distances[slot] ?? 0);
        }
      }
      return { width, ordinals, values: found };
    },
    size: () => (state.ready ? graph.getCurrentCount() : 0),
    save: (path) => { graph.writeIndexSync(path); },
    load: (path) => {
      graph.readIndexSync(path);
      state.ready = true;
    },
    // The library would free the graph only when its handle is collected.
    close: () => { graph.initIndex(1); },
  };
};

const loaded: { binding: typeof Hnswlib | undefined; tried: boolean } = { binding: undefined, tried: false };

const load = (): typeof Hnswlib | undefined => {
  if (loaded.tried) return loaded.binding;
  loaded.tried = true;
  try {
    loaded.binding = createRequire(import.meta.url)('hnswlib-node') as typeof Hnswlib;
  } catch {
    loaded.binding = undefined;
  }
  return loaded.binding;
};

/** Null where hnswlib-node can be used, else one line. */
export const hnswlibAbsence = (): string | null => load() === undefined
  ? 'hnswlib-node is not installed (it needs a C++ compiler): the index hnsw-hnswlib is not offered; hnsw by usearch and the exact index are.' : null;

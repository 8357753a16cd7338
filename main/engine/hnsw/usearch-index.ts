import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Usearch from 'usearch';
import { Failure } from '../../contract/errors.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import type { HnswFound, HnswIndex, HnswRequest } from './hnsw-types.ts';

/**
 * HNSW by usearch: threads, flat typed arrays, vectors kept as f16.
 *
 * A graph that one thread built from the same vectors in the same slices is the same graph: levels come from a generator with a fixed start. The vectors
 * inside are halves because the graph only nominates candidates: their cosines are recomputed in float64 from the stored vectors.
 */
export const createUsearchIndex = (request: HnswRequest): HnswIndex => {
  const library = load();
  if (library === undefined) throw new Failure('plan-impossible', usearchAbsence() ?? 'usearch is not installed.');
  const { dimension, parameters } = request;
  const empty = (): Usearch.Index => new library.Index({
    dimensions: dimension, metric: library.MetricKind.IP, quantization: library.ScalarKind.F16, connectivity: parameters.connectivity,
    expansion_add: parameters.expansionAdd, expansion_search: parameters.expansionSearch, multi: false,
  });
  const index = empty();
  return {
    add: (first, rows, values) => {
      const keys = BigUint64Array.from({ length: rows }, (_, row) => BigInt(first + row));
      index.add(keys, values.subarray(0, rows * dimension), parameters.threads);
    },
    search: (rows, values, keep) => {
      const width = Math.min(keep, index.size());
      const found = index.search(values.subarray(0, rows * dimension), width, request.searchThreads);
      return readFound(found, rows, width);
    },
    size: () => index.size(),
    save: (path) => { index.save(path); },
    load: (path) => { index.load(path); },
    close: () => { putInPlace(index, empty()); },
  };
};

/**
 * Frees a graph's memory at once by loading an empty one over it.
 *
 * The library frees a graph when its small JavaScript handle is collected, which V8 has no reason to do soon: several graphs of a gigabyte would pile up.
 */
const putInPlace = (index: Usearch.Index, empty: Usearch.Index): void => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-graph-'));
  try {
    const path = join(folder, 'empty');
    empty.save(path);
    index.load(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const readFound = (found: Usearch.Matches | Usearch.BatchMatches, rows: number, width: number): HnswFound => {
  const ordinals = new Uint32Array(rows * width).fill(noNeighbour);
  const values = new Float32Array(rows * width).fill(-Infinity);
  for (let row = 0; row < rows; row += 1) {
    const count = 'counts' in found ? Number(found.counts[row] ?? 0n) : found.keys.length;
    for (let slot = row * width; slot < row * width + Math.min(count, width); slot += 1) {
      ordinals[slot] = Number(found.keys[slot] ?? 0n);
      values[slot] = 1 - (found.distances[slot] ?? 0);
    }
  }
  return { width, ordinals, values };
};

const loaded: { binding: typeof Usearch | undefined; error: string | null } = { binding: undefined, error: null };

const load = (): typeof Usearch | undefined => {
  if (loaded.binding !== undefined || loaded.error !== null) return loaded.binding;
  try {
    loaded.binding = createRequire(import.meta.url)('usearch') as typeof Usearch;
  } catch (thrown) {
    loaded.error = thrown instanceof Error ? thrown.message.split('\n')[0] ?? '' : String(thrown);
  }
  return loaded.binding;
};

/** Null where usearch can be used, else one line. */
export const usearchAbsence = (): string | null => load() === undefined ? `usearch cannot be loaded (${loaded.error ?? 'unknown reason'}): mining uses the exact index only.` : null;

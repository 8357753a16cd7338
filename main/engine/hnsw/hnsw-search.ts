import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexKind } from '../../contract/mine.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import { emptyLists, listRowBytes, mergeTile, packLists, type TopLists } from '../knn/top-lists.ts';
import { recomputeLists } from '../knn/recompute.ts';
import type { RefinedSide } from '../knn/refined-side.ts';
import type { TileSession } from '../knn/tile-session.ts';
import type { ListsFile } from '../neighbours/lists-file.ts';
import { openRecords, readJson, writeWhole } from '../mining/run-files.ts';
import { breathe, throwIfCancelled, type RunQueue } from '../run-queue.ts';
import { openHnsw } from './hnsw-index.ts';
import type { HnswFound, HnswIndex, HnswParameters } from './hnsw-types.ts';

/**
 * Neighbours of one side through a graph over the other.
 *
 * The graph is built in slices of a fixed size (so that a cancel is heard, and so that the same slices make the same graph) and saved when it is whole;
 * a kill during the build starts the build again. Found lists are appended; the checkpoint names how many are there.
 */
export type HnswSearch = {
  readonly folder: string;
  readonly kind: Exclude<IndexKind, 'exact'>;
  readonly parameters: HnswParameters;
  readonly seed: number;
  readonly searchThreads: number;
  readonly queue: RunQueue;
  /** Whose neighbours are looked for, and among whom. */
  readonly side: RefinedSide;
  readonly other: RefinedSide;
  /** Names the graph's file and its checkpoint: the side that is in the graph. */
  readonly name: 'source' | 'target';
  /** Where the lists go. */
  readonly raw: string;
  readonly keep: number;
  /** Milliseconds between checkpoints of the search. */
  readonly checkpointEvery?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number) => void | Promise<void>;
};

/** A slice takes well under a quarter of a second even in a graph of a million vectors. */
const sliceRows = 64;

export const searchHnsw = async (search: HnswSearch): Promise<void> => {
  const { folder, side, other, keep } = search;
  const checkpoint = join(folder, `${search.name}-index.json`);
  const known = readJson(checkpoint);
  const from = typeof known === 'object' && known !== null && 'searched' in known && typeof known.searched === 'number' ? known.searched : 0;
  if (from >= side.sentences) return;
  const total = side.sentences + other.sentences;
  const index = await buildOrLoad(search, total);
  const file = openRecords(join(folder, search.raw), listRowBytes(keep), 'write');
  const values = new Float32Array(sliceRows * side.dimension);
  const saved = { at: Date.now() };
  try {
    for (let first = from; first < side.sentences; first += sliceRows) {
      throwIfCancelled(search.signal);
      const rows = Math.min(sliceRows, side.sentences - first);
      side.tile(first, rows, values);
      const found = await search.queue.run('batch', async () => index.search(rows, values, keep), search.signal);
      file.write(first, packLists(toLists(found, rows, keep)));
      if (Date.now() - saved.at >= (search.checkpointEvery ?? 2000) && first + rows < side.sentences) {
        file.sync();
        writeWhole(checkpoint, JSON.stringify({ searched: first + rows }));
        saved.at = Date.now();
      }
      await search.progress?.(other.sentences + first + rows, total);
    }
    file.sync();
    writeWhole(checkpoint, JSON.stringify({ searched: side.sentences }));
  } finally {
    file.close();
    index.close();
  }
};

/** The graph as it was saved: a resumed run and one that was never interrupted search the same thing (and usearch makes room for searching threads only on loading). */
const buildOrLoad = async (search: HnswSearch, total: number): Promise<HnswIndex> => {
  const path = join(search.folder, `${search.name}.index`);
  if (!existsSync(path)) await build(search, path, total);
  const index = openGraph(search);
  index.load(path);
  return index;
};

const openGraph = (search: HnswSearch): HnswIndex => openHnsw(search.kind, {
  dimension: search.other.dimension, capacity: search.other.sentences, parameters: search.parameters, seed: search.seed, searchThreads: search.searchThreads,
});

const build = async (search: HnswSearch, path: string, total: number): Promise<void> => {
  const { other } = search;
  const index = openGraph(search);
  const values = new Float32Array(sliceRows * other.dimension);
  for (let first = 0; first < other.sentences; first += sliceRows) {
    throwIfCancelled(search.signal);
    const rows = Math.min(sliceRows, other.sentences - first);
    other.tile(first, rows, values);
    await search.queue.run('batch', async () => { index.add(first, rows, values); }, search.signal);
    await search.progress?.(first + rows, total);
  }
  const beside = `${path}.part`;
  rmSync(beside, { force: true });
  index.save(beside);
  index.close();
  renameSync(beside, path);
};

const toLists = (found: HnswFound, rows: number, keep: number): TopLists => {
  const lists = emptyLists(rows, keep);
  for (let row = 0; row < rows; row += 1) {
    for (let slot = 0; slot < found.width; slot += 1) {
      lists.values[row * keep + slot] = found.values[row * found.width + slot] ?? -Infinity;
      lists.ordinals[row * keep + slot] = found.ordinals[row * found.width + slot] ?? noNeighbour;
    }
  }
  return lists;
};

/** Removes graphs and their checkpoints when the lists are final. */
export const forgetGraphs = (folder: string): void => {
  for (const name of ['source', 'target']) for (const kind of ['.index', '.index.part', '-index.json']) rmSync(join(folder, `${name}${kind}`), { force: true });
};

export type RecallSample = { readonly recall: number; readonly sample: number };

/**
 * Share of the true k nearest neighbours that the lists have, on evenly spaced sentences.
 *
 * The truth is an exact search of the sample against the whole other side, with float64 cosines. A listed neighbour that is tied with the k-th true
 * one counts as found.
 */
export const measureRecall = async (
  side: RefinedSide, other: RefinedSide, lists: ListsFile, session: TileSession,
  options: { readonly k: number; readonly guard: number; readonly tileRows: number; readonly sample: number; readonly signal?: AbortSignal },
): Promise<RecallSample> => {
  const sample = Math.min(options.sample, side.sentences);
  const rows = Uint32Array.from({ length: sample }, (_, place) => Math.floor(place * side.sentences / sample));
  const q = new Float32Array(sample * side.dimension);
  side.someRows(rows, q);
  const best = emptyLists(sample, options.k + options.guard);
  const b = new Float32Array(Math.min(options.tileRows, other.sentences) * other.dimension);
  for (let first = 0; first < other.sentences; first += options.tileRows) {
    throwIfCancelled(options.signal);
    const count = Math.min(options.tileRows, other.sentences - first);
    other.tile(first, count, b);
    mergeTile(best, await session.forward({ rows: sample, values: q }, { rows: count, values: b }, options.k + options.guard, options.signal), first);
    await breathe();
  }
  const truth = recomputeLists(side, other, rows, 0, best, options.k).block;
  let wanted = 0;
  let found = 0;
  for (let place = 0; place < sample; place += 1) {
    const listed = lists.read(rows[place] ?? 0, 1);
    const width = Math.min(options.k, other.sentences);
    const last = truth.cosines[place * options.k + width - 1] ?? 0;
    wanted += width;
    for (let slot = 0; slot < width; slot += 1) if (listed.ordinals[slot] !== noNeighbour && (listed.cosines[slot] ?? 0) >= last - 1e-12) found += 1;
  }
  return { recall: wanted === 0 ? 1 : found / wanted, sample };
};

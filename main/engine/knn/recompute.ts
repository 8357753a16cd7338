import { cosineKey } from '../../domain/mine/margin.ts';
import { noNeighbour, type NeighbourBlock } from '../../domain/mine/neighbours.ts';
import { emptyBlock, type ListsFile } from '../neighbours/lists-file.ts';
import { openRecords } from '../mining/run-files.ts';
import { breathe, throwIfCancelled } from '../run-queue.ts';
import { exactCosines, type RefinedSide } from './refined-side.ts';
import type { TileSession } from './tile-session.ts';
import { emptyLists, listRowBytes, mergeTile, unpackLists, type TopLists } from './top-lists.ts';

/**
 * The largest error of an f32 cosine against its float64 value that is reckoned with.
 *
 * Unit vectors, up to about two thousand dimensions, blocked products: measured errors stay below 3e-7; rounding the operands adds 6e-8.
 */
export const f32Error = 2e-6;

/** Lists that the guard cannot settle are searched again with this many slots, at most. */
export const widestSearch = 256;

export type Recomputed = { readonly block: NeighbourBlock; /** Rows (in the block) where something not listed might still belong to the k. */ readonly unsettled: readonly number[] };

/**
 * Float64 cosines of listed candidates, and the best `listed` of them (k, or more where a run chooses among more) by (cosine desc, ordinal asc).
 *
 * A row is settled when its k-th float64 cosine is larger than the last listed f32 value by more than the f32 error, or when the list is the whole
 * other side: then nothing that the search left out can belong to the k.
 */
export const recomputeLists = (side: RefinedSide, other: RefinedSide, rows: Uint32Array, first: number, lists: TopLists, k: number, listed: number = k): Recomputed => {
  const block = emptyBlock(first, rows.length, listed);
  const unsettled: number[] = [];
  const cosines = new Float64Array(lists.ordinals.length);
  exactCosines(side, other, rows, lists.ordinals, lists.width, noNeighbour, cosines);
  const order: number[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const start = row * lists.width;
    order.length = 0;
    for (let slot = start; slot < start + lists.width && lists.ordinals[slot] !== noNeighbour; slot += 1) order.push(slot);
    order.sort((a, b) => cosineKey(cosines[b] ?? 0) - cosineKey(cosines[a] ?? 0) || (lists.ordinals[a] ?? 0) - (lists.ordinals[b] ?? 0));
    const kept = Math.min(listed, order.length);
    for (let place = 0; place < kept; place += 1) {
      const slot = order[place] ?? 0;
      block.ordinals[row * listed + place] = lists.ordinals[slot] ?? noNeighbour;
      block.cosines[row * listed + place] = cosines[slot] ?? 0;
    }
    const full = order.length === lists.width && order.length < other.sentences;
    if (full && (lists.values[start + lists.width - 1] ?? 0) + f32Error >= (cosines[order[Math.min(k, order.length) - 1] ?? start] ?? 0)) unsettled.push(row);
  }
  return { block, unsettled };
};

export type Finalising = {
  readonly side: RefinedSide;
  readonly other: RefinedSide;
  readonly session: TileSession;
  /** Path of the f32 lists and their slots a row. */
  readonly raw: string;
  readonly keep: number;
  readonly k: number;
  /** Slots of a final list: k, or more where a run chooses among more; only the k are guarded. */
  readonly listed: number;
  readonly tileRows: number;
  readonly into: ListsFile;
  /** The lists know every candidate (exact search); false for an approximate index, whose gaps a wider search must not hide. */
  readonly guarded: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number) => void | Promise<void>;
};

const blockRows = 1024;

/** Writes the final lists of one side. Returns how many rows were searched more widely, and how many stayed tied beyond that. */
export const finaliseLists = async (work: Finalising): Promise<{ readonly widened: number; readonly tied: number }> => {
  const raw = openRecords(work.raw, listRowBytes(work.keep), 'read');
  const counts = { widened: 0, tied: 0 };
  try {
    for (let first = 0; first < work.side.sentences; first += blockRows) {
      throwIfCancelled(work.signal);
      const count = Math.min(blockRows, work.side.sentences - first);
      const rows = Uint32Array.from({ length: count }, (_, row) => first + row);
      const { block, unsettled } = recomputeLists(work.side, work.other, rows, first, unpackLists(raw.read(first, count), work.keep), work.k, work.listed);
      if (work.guarded && unsettled.length > 0) {
        const tied = await widen(work, block, unsettled);
        counts.widened += unsettled.length;
        counts.tied += tied;
      }
      work.into.write(block);
      await work.progress?.(first + count, work.side.sentences);
      await breathe();
    }
    work.into.sync();
  } finally {
    raw.close();
  }
  return counts;
};

/** Searches unsettled rows again with `widestSearch` slots against the whole other side, and puts the answer into the block. */
const widen = async (work: Finalising, block: NeighbourBlock, unsettled: readonly number[]): Promise<number> => {
  const { side, other, tileRows, k, listed } = work;
  const rows = Uint32Array.from(unsettled, (row) => block.first + row);
  const q = new Float32Array(rows.length * side.dimension);
  side.someRows(rows, q);
  const lists = emptyLists(rows.length, widestSearch);
  const b = new Float32Array(Math.min(tileRows, other.sentences) * other.dimension);
  for (let first = 0; first < other.sentences; first += tileRows) {
    throwIfCancelled(work.signal);
    const count = Math.min(tileRows, other.sentences - first);
    other.tile(first, count, b);
    mergeTile(lists, await work.session.forward({ rows: rows.length, values: q }, { rows: count, values: b }, widestSearch, work.signal), first);
  }
  const again = recomputeLists(side, other, rows, 0, lists, k, listed);
  for (const [index, row] of unsettled.entries()) {
    block.ordinals.set(again.block.ordinals.subarray(index * listed, (index + 1) * listed), row * listed);
    block.cosines.set(again.block.cosines.subarray(index * listed, (index + 1) * listed), row * listed);
  }
  return again.unsettled.length;
};

import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Column, Views } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import { putKey, sortByKey } from './order.ts';
import type { Keyed } from './order.ts';
import { createPacer } from './pacer.ts';
import type { Pacer } from './pacer.ts';
import type { PairRows } from './pair-rows.ts';
import { columnNamed, selectedIds } from './select.ts';
import type { Select } from './select.ts';

type Sort = { readonly column: Column; readonly descending: boolean };
type Frozen = { readonly origin: PairOrigin; readonly ids: Uint32Array; readonly total: number; readonly sort: Sort | null };

/**
 * Frozen orders: the ids that matched, sorted once; a page is a slice.
 *
 * They live in memory, 4 bytes a pair, the last 256 MB of them; an older one is asked for again by the page.
 */
export const createViews = (columns: ColumnStore, select: Select, rows: PairRows): Views => {
  const kept = createByteCache<Frozen>(256 * 1024 * 1024, ({ ids }) => ids.byteLength + 1_024);
  const session = Date.now().toString(36);
  let made = 0;
  const frozen = (view: string): Frozen => {
    const found = kept.get(view);
    if (found === undefined) throw new Failure('not-found', 'This list of pairs is no longer in memory.', { detail: 'The pairs themselves are all there.', hint: 'Open the list again.' });
    return found;
  };
  return {
    create: async ({ origin, predicate, sort }, signal) => {
      const pace = createPacer(signal);
      const by = sort === null ? null : { column: columnNamed(columns, origin, sort.column), descending: sort.descending };
      const selection = await select(origin, predicate, pace);
      await pace();
      const unsorted = selectedIds(selection);
      const ids = by === null ? unsorted : await sorted(columns, by, unsorted, pace);
      const view = `${session}-${made += 1}`;
      kept.set(view, { origin, ids, total: selection.block.count, sort: by });
      return { view, count: ids.length, total: selection.block.count };
    },
    get: (view) => {
      const { ids, total, origin } = frozen(view);
      return { view, count: ids.length, total, origin };
    },
    ids: (view, from, count) => frozen(view).ids.slice(from, from + count),
    page: (view, from, count) => {
      const { ids, origin } = frozen(view);
      return rows(origin, ids.subarray(from, from + Math.min(count, 500)), null, from);
    },
    locate: (view, value) => {
      const { ids, sort } = frozen(view);
      if (sort === null || sort.column.kind === 'label') throw new Failure('bad-input', 'This list is not sorted by a number, so that a value has no place in it.');
      return locate(columns, sort, ids, value);
    },
  };
};

const sorted = async (columns: ColumnStore, sort: Sort, ids: Uint32Array, pace: Pacer): Promise<Uint32Array> => {
  const keyed: Keyed = { high: new Uint32Array(ids.length), low: new Uint32Array(ids.length), items: ids };
  const rankOf = sort.column.kind === 'label' ? labelRanks(columns.labels(sort.column)) : null;
  for (let at = 0; at < ids.length;) {
    const no = Math.floor(((ids[at] ?? 0) - sort.column.first) / chunkLength);
    const values = columns.chunk(sort.column, no);
    const base = sort.column.first + no * chunkLength;
    for (; at < ids.length && (ids[at] ?? 0) < base + chunkLength; at += 1) {
      const value = values[(ids[at] ?? 0) - base] ?? NaN;
      putKey(keyed, at, rankOf === null ? value : rankOf[value] ?? NaN, sort.descending);
    }
    await pace();
  }
  return sortByKey(keyed, pace);
};

/** Rank of each code in the order of code points, the same on every machine; none (code 0) is a missing value. */
const labelRanks = (labels: readonly string[]): Float64Array => {
  const ranks = new Float64Array(labels.length + 1);
  ranks[0] = NaN;
  labels.map((label, at) => ({ label, code: at + 1 }))
    .toSorted((left, right) => (left.label < right.label ? -1 : left.label > right.label ? 1 : 0))
    .forEach(({ code }, rank) => { ranks[code] = rank; });
  return ranks;
};

/** Values are read as they are now: a sorted column that was written since the view was made answers approximately. */
const locate = (columns: ColumnStore, { column, descending }: Sort, ids: Uint32Array, value: number): number => {
  const valueAt = (position: number): number => {
    const at = (ids[position] ?? 0) - column.first;
    return columns.chunk(column, Math.floor(at / chunkLength))[at % chunkLength] ?? NaN;
  };
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = valueAt(middle);
    const reached = Number.isNaN(there) || (descending ? there <= value : there >= value);
    if (reached) high = middle;
    else low = middle + 1;
  }
  return low;
};

import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { PairOrigin, Predicate } from '../contract/pairs.ts';
import type { Views } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { LivingPairs } from './living-pairs.ts';
import type { Numbers, NumbersStore } from './numbers.ts';
import { firstWhere, putKey, sortByKey } from './order.ts';
import type { Keyed } from './order.ts';
import { createPacer } from './pacer.ts';
import type { Pacer } from './pacer.ts';
import type { PairRows } from './pair-rows.ts';
import { selectedIds } from './select.ts';
import type { Select } from './select.ts';

type Sort = { readonly by: Numbers; readonly descending: boolean };
/** `until`: ids from here on were not there yet. */
export type FrozenOrder = { readonly origin: PairOrigin; readonly ids: Uint32Array; readonly until: number };
type Frozen = FrozenOrder & { readonly sort: Sort | null };
type Parts = { readonly columns: ColumnStore; readonly numbers: NumbersStore; readonly select: Select; readonly living: LivingPairs; readonly rows: PairRows; readonly orders: FrozenOrders };

/** The orders by the names of their views, in memory: 4 bytes a pair, the last 256 MB of them. */
export type FrozenOrders = { find(view: string): Frozen; add(order: Frozen): string };

/** @param kept orders in the file: those of queues, read again when they were pushed out of memory. */
export const createFrozenOrders = (kept: (view: string) => FrozenOrder | null): FrozenOrders => {
  const frozen = createByteCache<Frozen>(256 * 1024 * 1024, ({ ids }) => ids.byteLength + 1_024);
  const session = Date.now().toString(36);
  let made = 0;
  const find = (view: string): Frozen => {
    const known = frozen.get(view);
    if (known !== undefined) return known;
    const stored = kept(view);
    if (stored === null) throw knownFailure('list-gone');
    const order = { ...stored, sort: null };
    frozen.set(view, order);
    return order;
  };
  return {
    find,
    add: (order) => {
      const view = `${session}-${made += 1}`;
      frozen.set(view, order);
      return view;
    },
  };
};

/**
 * Frozen orders: the ids that matched, sorted once; a page is a slice. One that was pushed out of memory is asked for again by the page.
 *
 * What is gone since leaves an order, and what was split off stands behind the pair it comes from: nothing else ever moves.
 */
export const createViews = ({ columns, numbers, select, living, rows, orders }: Parts): Views => {
  const found = orders.find;
  /** Values are read as they are now: a sorted column that was written since the view was made answers approximately. */
  const numbersIn = (view: string) => {
    const order = found(view);
    if (order.sort === null || order.sort.by.labels !== null) throw new Failure('bad-input', 'This list is not sorted by a number, so that a value has no place in it.');
    const { by, descending } = order.sort;
    const ids = living.ids(order);
    const valueAt = (position: number): number => {
      const at = (ids[position] ?? 0) - by.first;
      return by.chunk(Math.floor(at / chunkLength))[at % chunkLength] ?? Number.NaN;
    };
    return { descending, length: firstWhere(ids.length, (position) => Number.isNaN(valueAt(position))), valueAt };
  };
  return {
    create: async ({ origin, predicate, sort }, signal) => {
      const by = sort === null ? null : { by: await numbers.named(origin, sort.column, signal), descending: sort.descending };
      const selection = await select(origin, predicate, signal);
      const pace = createPacer(signal);
      const within = sort === null ? orderOf(predicate) : null;
      const unsorted = within === null ? selectedIds(selection) : living.ids(found(within)).filter((id) => selection.marks[id - selection.block.first] === 1);
      const ids = by === null ? unsorted : await sorted(columns, by, unsorted, pace);
      const view = orders.add({ origin, ids, until: selection.block.first + selection.block.count, sort: by });
      return { view, count: ids.length, total: selection.total };
    },
    get: (view) => {
      const order = found(view);
      return { view, count: living.ids(order).length, total: living.total(order.origin), origin: order.origin };
    },
    ids: (view, from, count) => living.ids(found(view)).slice(from, from + count),
    page: (view, from, count) => {
      const order = found(view);
      return rows(order.origin, living.ids(order).subarray(from, from + Math.min(count, 500)), null, from);
    },
    locate: (view, value) => {
      const { descending, length, valueAt } = numbersIn(view);
      return firstWhere(length, (position) => (descending ? valueAt(position) <= value : valueAt(position) >= value));
    },
    find: (view, pair) => {
      const position = living.ids(found(view)).indexOf(pair);
      return position < 0 ? null : position;
    },
    sortedValues: numbersIn,
  };
};

/** The queue whose order its pairs keep where no other is asked for: it stands alone, or beside what narrows it. */
const orderOf = (predicate: Predicate | null): string | null => {
  const parts = predicate?.kind === 'all' ? predicate.of : [predicate];
  return parts.find((part) => part?.kind === 'queue')?.view ?? null;
};

const sorted = async (columns: ColumnStore, sort: Sort, ids: Uint32Array, pace: Pacer): Promise<Uint32Array> => {
  const keyed: Keyed = { high: new Uint32Array(ids.length), low: new Uint32Array(ids.length), items: ids };
  const { first, labels, chunk } = sort.by;
  const rankOf = labels === null ? null : labelRanks(columns.labels(labels));
  for (let at = 0; at < ids.length;) {
    const no = Math.floor(((ids[at] ?? 0) - first) / chunkLength);
    const values = chunk(no);
    const base = first + no * chunkLength;
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

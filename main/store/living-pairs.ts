import type { PairOrigin } from '../contract/pairs.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { goneColumn } from './review-columns.ts';
import type { FrozenOrder } from './views.ts';

/** Which pairs of an origin there are now: merges hide pairs, splits add some. */
export type LivingPairs = {
  total(origin: PairOrigin): number;
  /** The order as it reads now. Found again only after a merge, a split, or their undo (about 5 ms a million pairs). */
  ids(order: FrozenOrder): Uint32Array;
};

type State = { readonly stamp: string; readonly ids: Uint32Array };

export const createLivingPairs = (sql: Sql, blocks: PairBlocks, columns: ColumnStore): LivingPairs => {
  const known = new WeakMap<FrozenOrder, State>();
  const hidden = new Map<number, { readonly stamp: string; readonly count: number }>();
  return {
    total: (origin) => {
      const gone = columns.find(origin, goneColumn);
      if (gone === null) return blocks.get(origin).count;
      const stamp = `${gone.count}:${columns.writes(gone)}`;
      const before = hidden.get(gone.id);
      const count = before?.stamp === stamp ? before.count : columns.hiddenPairs(origin);
      hidden.set(gone.id, { stamp, count });
      return gone.count - count;
    },
    ids: (order) => {
      const block = blocks.get(order.origin);
      const end = block.first + block.count;
      const gone = columns.find(order.origin, goneColumn);
      if (gone === null && order.until >= end) return order.ids;
      const stamp = `${end}:${gone === null ? 0 : columns.writes(gone)}`;
      const before = known.get(order);
      if (before?.stamp === stamp) return before.ids;
      const goneOf = gone === null ? () => 0 : columns.reader(gone);
      const added = sql.arrays<[number, number]>('SELECT pair, split_from FROM pair_added WHERE pair >= ? AND pair < ? ORDER BY pair', order.until, end);
      const ids = withAdded(order.ids, added).filter((id) => goneOf(id) === 0);
      known.set(order, { stamp, ids });
      return ids;
    },
  };
};

/** Each added pair behind the one it comes from, of two the later first: it was cut from the nearer end. */
const withAdded = (ids: Uint32Array, added: readonly (readonly [number, number])[]): Uint32Array => {
  if (added.length === 0) return ids;
  const children = new Map<number, number[]>();
  for (const [pair, from] of added) children.set(from, [pair, ...children.get(from) ?? []]);
  const all: number[] = [];
  const put = (id: number): void => {
    all.push(id);
    children.get(id)?.forEach(put);
  };
  ids.forEach(put);
  return Uint32Array.from(all);
};

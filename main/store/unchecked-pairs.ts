import type { Column } from './api.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { checksColumn, marksColumn, uncheckedColumn } from './review-columns.ts';

/**
 * Pairs whose texts a change of many has written, or its undo, since the checks looked at them: what the columns of the checks say of them is old.
 *
 * A single edit is checked in its own operation. A change of a million would have to wait for a minute of rules; its pairs are marked here instead, in the
 * transaction that marks them as edited, and checked behind it.
 */
export type UncheckedPairs = {
  /** To be told of every change of a column, inside its transaction. */
  changed(op: number, column: Column, no: number, offsets: ArrayLike<number>): void;
  /** Where there are some, and how many. */
  all(): readonly { readonly origin: PairOrigin; readonly count: number }[];
  /** Grows whenever pairs were marked; 1 at first, because there may be some from before. */
  version(): number;
};

export const createUncheckedPairs = (sql: Sql, columns: ColumnStore): UncheckedPairs => {
  let version = 1;
  const columnBeside = (marks: Column): Column => columns.beside(marks, uncheckedColumn) ?? columns.createIn({
    block: sql.value<number>('SELECT block FROM pair_column WHERE id = ?', marks.id) ?? 0, run: null, first: marks.first, count: marks.count, name: uncheckedColumn, kind: 'u8', producer: 'review', signature: '',
  });
  return {
    changed: (op, column, no, offsets) => {
      if (column.name !== marksColumn || columns.beside(column, checksColumn) === null || sql.value<number>('SELECT bulk FROM op WHERE id = ?', op) !== 1) return;
      const unchecked = columnBeside(column);
      const next = columns.chunk(unchecked, no).slice();
      for (let at = 0; at < offsets.length; at += 1) next[offsets[at] ?? 0] = 1;
      columns.writeChunk(unchecked, no, next);
      version += 1;
    },
    all: () => sql.all<{ readonly id: number; readonly run: number | null; readonly collection: number | null }>('SELECT pair_column.id, pair_block.run, collection FROM pair_column JOIN pair_block ON pair_block.id = block WHERE name = ? AND first >= 0', uncheckedColumn)
      .map(({ id, run, collection }) => ({ origin: run === null ? { collection: collection ?? 0 } : { run }, count: marked(columns, columns.byId(id)) })).filter(({ count }) => count > 0),
    version: () => version,
  };
};

const marked = (columns: ColumnStore, column: Column): number => {
  let count = 0;
  for (let no = 0; no * chunkLength < column.count; no += 1) for (const value of columns.chunk(column, no)) count += value;
  return count;
};

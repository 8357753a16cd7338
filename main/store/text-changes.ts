import type { Side } from '../contract/review.ts';
import type { Cell, Sql } from './database.ts';
import { sideNumber } from './overlay.ts';
import type { Overlay } from './overlay.ts';

/**
 * Changes of texts of pairs that can be taken back and done again.
 *
 * The record keeps both texts of each changed side, so that taking back and doing again only write the overlay, and doing either twice does no harm:
 * a kill between two slices needs no mark of how far it went.
 */
export type TextChanges = {
  /** One text a pair; null gives the original back. One step of the generator is one transaction, except that the caller may be in one. */
  apply(op: number, side: Side, ids: Uint32Array, bodies: readonly (string | null)[]): Generator<void, void>;
  bring(op: number, applied: boolean): Generator<void, void>;
};

const slice = 2_048;

/** Many rows a statement take half the time of as many statements. */
const manyRows = 128;
const recordRows = (rows: number): string => `INSERT INTO op_text(op, pair, side, before, after)
  SELECT ?, given.column1, ?, edit.body, given.column2 FROM (VALUES ${Array.from({ length: rows }, () => '(?, ?)').join(', ')}) given LEFT JOIN edit ON edit.pair = given.column1 AND edit.side = ?
  WHERE true ON CONFLICT(op, pair, side) DO UPDATE SET after = excluded.after`;
const recordOne = recordRows(1);
const recordMany = recordRows(manyRows);

export const createTextChanges = (sql: Sql, overlay: Overlay): TextChanges => {
  const record = (op: number, side: 0 | 1, pairs: Uint32Array, bodies: readonly (string | null)[]): void => {
    for (let from = 0; from < pairs.length;) {
      const count = pairs.length - from < manyRows ? 1 : manyRows;
      const cells: Cell[] = [];
      for (let at = from; at < from + count; at += 1) cells.push(pairs[at] ?? 0, bodies[at] ?? null);
      sql.run(count === 1 ? recordOne : recordMany, op, side, ...cells, side);
      from += count;
    }
  };
  /** The overlay as one end of the operation has it, for pairs `first` to `last`. */
  const write = (op: number, end: 'before' | 'after', first: number, last: number, hasOriginals = true): void => {
    if (hasOriginals) sql.run(`DELETE FROM edit WHERE pair >= ? AND pair <= ? AND EXISTS
      (SELECT 1 FROM op_text WHERE op = ? AND op_text.pair = edit.pair AND op_text.side = edit.side AND ${end} IS NULL)`, first, last, op);
    sql.run(`INSERT OR REPLACE INTO edit(pair, side, body) SELECT pair, side, ${end} FROM op_text WHERE op = ? AND pair >= ? AND pair <= ? AND ${end} IS NOT NULL`, op, first, last);
    overlay.changed(first, last);
  };
  return {
    apply: function* (op, side, ids, bodies) {
      const number = sideNumber(side);
      for (let from = 0; from < ids.length; from += slice) {
        yield;
        const part = ids.subarray(from, from + slice);
        const texts = bodies.slice(from, from + slice);
        sql.transaction(() => {
          record(op, number, part, texts);
          write(op, 'after', Math.min(...part), Math.max(...part), texts.includes(null));
        });
      }
    },
    bring: function* (op, applied) {
      for (let first = sql.value<number>('SELECT pair FROM op_text WHERE op = ? ORDER BY pair LIMIT 1', op); first !== undefined;) {
        const next = sql.value<number>('SELECT pair FROM op_text WHERE op = ? AND pair >= ? ORDER BY pair LIMIT 1 OFFSET ?', op, first, slice);
        // A pair's two sides stay in one slice: at the edge the pair goes to the next one whole.
        const last = next === undefined ? sql.value<number>('SELECT pair FROM op_text WHERE op = ? ORDER BY pair DESC LIMIT 1', op) ?? first : Math.max(first, next - 1);
        const from = first;
        sql.transaction(() => write(op, applied ? 'after' : 'before', from, last));
        yield;
        first = next === undefined ? undefined : last + 1;
      }
    },
  };
};

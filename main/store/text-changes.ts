import type { NewTexts } from './api-review.ts';
import type { Cell, Sql } from './database.ts';
import type { Overlay } from './overlay.ts';

/**
 * Changes of texts of pairs that can be taken back and done again.
 *
 * The record keeps both texts of each changed side, and the overlay names the operation whose record holds the text. Taking back and doing again only
 * write the overlay, and doing either twice does no harm: a kill between two slices needs no mark of how far it went.
 */
export type TextChanges = {
  /** One text a pair and side; null gives the original back, undefined leaves it. One step of the generator is one transaction, except that the caller may be in one. */
  apply(op: number, ids: Uint32Array, texts: NewTexts): Generator<void, void>;
  bring(op: number, applied: boolean): Generator<void, void>;
};

/** Pairs written in one transaction: with both their records, and with the overlay alone. */
const [slice, broughtSlice] = [1_024, 2_048];

/** Many rows a statement take half the time of as many statements. */
const manyRows = 128;
type Rows = { readonly one: string; readonly many: string; readonly width: number };
const rows = (row: string, insert: (values: string) => string): Rows => ({ width: row.split('?').length - 1, one: insert(row), many: insert(Array.from({ length: manyRows }, () => row).join(', ')) });
const recordRows = rows('(?, ?, ?, ?, ?)', (values) => `INSERT INTO op_text(op, pair, side, before, after) VALUES ${values} ON CONFLICT(op, pair, side) DO UPDATE SET after = excluded.after`);
const editRows = rows("(?, ?, ?, '')", (values) => `INSERT OR REPLACE INTO edit(pair, side, op, body) VALUES ${values}`);

export const createTextChanges = (sql: Sql, overlay: Overlay): TextChanges => {
  const insert = ({ one, many, width }: Rows, cells: readonly Cell[]): void => {
    let from = 0;
    for (; cells.length - from >= manyRows * width; from += manyRows * width) sql.run(many, ...cells.slice(from, from + manyRows * width));
    for (; from < cells.length; from += width) sql.run(one, ...cells.slice(from, from + width));
  };
  /** Both sides of a pair follow each other, as they do in the file: a page of it is written once. */
  const change = (op: number, ids: Uint32Array, { source, target }: NewTexts): void => {
    const [oldSources, oldTargets] = [source === undefined ? [] : overlay.texts('source', ids), target === undefined ? [] : overlay.texts('target', ids)];
    const [records, edits]: [Cell[], Cell[]] = [[], []];
    const add = (pair: number, side: 0 | 1, before: string | null, after: string | null | undefined): void => {
      if (after === undefined) return;
      records.push(op, pair, side, before, after);
      if (after !== null) edits.push(pair, side, op);
      else if (before !== null) sql.run('DELETE FROM edit WHERE pair = ? AND side = ?', pair, side);
    };
    for (let at = 0; at < ids.length; at += 1) {
      const pair = ids[at] ?? 0;
      add(pair, 0, oldSources[at] ?? null, source?.[at]);
      add(pair, 1, oldTargets[at] ?? null, target?.[at]);
    }
    insert(recordRows, records);
    insert(editRows, edits);
    if (records.length > 0) overlay.changed(...extentOf(ids));
  };
  /** The overlay as one end of the operation has it, for pairs `first` to `last`. */
  const write = (op: number, end: 'before' | 'after', first: number, last: number): void => {
    sql.run(`DELETE FROM edit WHERE pair >= ? AND pair <= ? AND EXISTS
      (SELECT 1 FROM op_text WHERE op = ? AND op_text.pair = edit.pair AND op_text.side = edit.side AND ${end} IS NULL)`, first, last, op);
    sql.run(`INSERT OR REPLACE INTO edit(pair, side, body, op) SELECT pair, side, ${end === 'after' ? "'', op" : 'before, NULL'} FROM op_text WHERE op = ? AND pair >= ? AND pair <= ? AND ${end} IS NOT NULL`, op, first, last);
    overlay.changed(first, last);
  };
  return {
    apply: function* (op, ids, texts) {
      for (let from = 0; from < ids.length; from += slice) {
        yield;
        const part = (side: 'source' | 'target') => texts[side]?.slice(from, from + slice);
        const [source, target] = [part('source'), part('target')];
        sql.transaction(() => change(op, ids.subarray(from, from + slice), { ...(source === undefined ? {} : { source }), ...(target === undefined ? {} : { target }) }));
      }
    },
    bring: function* (op, applied) {
      for (let first = sql.value<number>('SELECT pair FROM op_text WHERE op = ? ORDER BY pair LIMIT 1', op); first !== undefined;) {
        const next = sql.value<number>('SELECT pair FROM op_text WHERE op = ? AND pair >= ? ORDER BY pair LIMIT 1 OFFSET ?', op, first, broughtSlice);
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

const extentOf = (ids: Uint32Array): [first: number, last: number] => {
  let [first, last] = [ids[0] ?? 0, ids[0] ?? 0];
  for (const id of ids) {
    if (id < first) first = id;
    if (id > last) last = id;
  }
  return [first, last];
};

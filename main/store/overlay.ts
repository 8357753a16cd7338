import type { Side } from '../contract/review.ts';
import type { Sql } from './database.ts';

/** The texts as they read now where they are not those that were imported. */
export type Overlay = {
  /** Grows with every change of any text, so that what was computed from texts can be told from what is old. */
  version(): number;
  /** The same about the pairs `first` to `end - 1` alone; changes nearby may count. */
  versionOf(first: number, end: number): number;
  /** Texts of pairs `first` to `last`; of any pair where that is not said. */
  changed(first?: number, last?: number): void;
  /** In the order of `ids`; null: not edited. About 2 µs a pair. */
  texts(side: Side, ids: ArrayLike<number>): (string | null)[];
  /** The edited pairs among ids `first` to `end - 1`, ascending; ask for slices (1,000 edited ones take about a millisecond). */
  scan(side: Side, first: number, end: number): { readonly pairs: Uint32Array; readonly bodies: readonly string[] };
};

/** Pairs whose changes are counted together. */
const rangeLength = 65_536;

/** The text of a row of `edit`: its own, or what the operation that it names has written. */
const bodyOf = "CASE WHEN edit.op IS NULL THEN edit.body ELSE (SELECT after FROM op_text WHERE op_text.op = edit.op AND op_text.pair = edit.pair AND op_text.side = edit.side) END";

const oneBody = `SELECT ${bodyOf} FROM edit WHERE pair = ? AND side = ?`;

/** One side of a pair as it reads now; null: not edited. */
export const editedText = (sql: Sql, pair: number, side: Side): string | null => sql.value<string>(oneBody, pair, sideNumber(side)) ?? null;

/** Gives the edited texts of pairs `first` to `last` a place of their own: before the records of operations are deleted. */
export const settleTexts = (sql: Sql, first: number, last: number): void => void sql.run(`UPDATE edit SET body = ${bodyOf}, op = NULL WHERE pair >= ? AND pair <= ? AND op IS NOT NULL`, first, last);

/** `side` in the file. */
export const sideNumber = (side: Side): 0 | 1 => (side === 'source' ? 0 : 1);

export const createOverlay = (sql: Sql): Overlay => {
  let version = 0;
  let everywhere = 0;
  const ranges = new Map<number, number>();
  const isEmpty = (): boolean => sql.value<number>('SELECT 1 FROM edit LIMIT 1') === undefined;
  const scan: Overlay['scan'] = (side, first, end) => {
    const rows = sql.arrays<[number, string]>(`SELECT pair, ${bodyOf} FROM edit WHERE pair >= ? AND pair < ? AND side = ? ORDER BY pair`, first, end, sideNumber(side));
    return { pairs: Uint32Array.from(rows, ([pair]) => pair), bodies: rows.map(([, body]) => body) };
  };
  return {
    version: () => version,
    versionOf: (first, end) => {
      let newest = everywhere;
      for (let range = Math.floor(first / rangeLength); range * rangeLength < end; range += 1) newest = Math.max(newest, ranges.get(range) ?? 0);
      return newest;
    },
    changed: (first, last) => {
      version += 1;
      if (first === undefined || last === undefined) everywhere = version;
      else for (let range = Math.floor(first / rangeLength); range * rangeLength <= last; range += 1) ranges.set(range, version);
    },
    scan,
    texts: (side, ids) => {
      if (isEmpty()) return Array.from(ids, () => null);
      const [first, last] = [ids[0] ?? 0, ids[ids.length - 1] ?? 0];
      // Neighbours are read as one range; ids that turn out to lie elsewhere cost nothing but that.
      if (ids.length > 16 && last >= first && last - first < ids.length * 3) {
        const { pairs, bodies } = scan(side, first, last + 1);
        const found = new Map(bodies.map((body, at) => [pairs[at] ?? 0, body]));
        if (Array.prototype.every.call(ids, (id: number) => id >= first && id <= last)) return Array.from(ids, (id) => found.get(id) ?? null);
      }
      return Array.from(ids, (id) => editedText(sql, id, side));
    },
  };
};

import { SacrebleuError } from '../errors.ts';
import type { Statistics } from '../metric.ts';

/** Where a statistic is found: a column of doubles, alone in it or with a neighbour above or below `scale`. */
export type Place = { readonly column: number; readonly part: 'whole' | 'low' | 'high'; readonly scale: number };

/** The statistics of all systems and metrics by column, each kept once. */
export type Columns = {
  readonly count: number;
  readonly columns: readonly Float64Array[];
  /** Whole numbers stand in the columns before this one, fractions from here on. */
  readonly fractionsFrom: number;
  /** By table, then by statistic. */
  readonly tables: readonly (readonly Place[])[];
};

/** Doubles are exact whole numbers up to here. */
const exact = 2 ** 53;

/**
 * Lays statistics out for fast sums, a column a step.
 *
 * A column that two tables share (one reference gives every system the same reference counts; chrF2 is a part of chrF2++) is kept once, and two
 * columns of whole numbers share one double where no sum of `count` draws can pass 2^53, which stays exact. So a resample costs one
 * multiplication and addition for about three statistics.
 *
 * All tables have one row a segment, the same segments in the same order. @throws SacrebleuError `unequal-lengths`, `empty-corpus` or `bad-statistics`
 */
export function* layOut(tables: readonly Statistics[]): Generator<void, Columns, void> {
  const count = commonCount(tables);
  const distinct: Float64Array[] = [];
  const indices: number[][] = [];
  for (const table of tables) {
    const list: number[] = [];
    for (let index = 0; index < table.width; index += 1) {
      list.push(indexOfEqual(distinct, columnOf(table, index)));
      yield;
    }
    indices.push(list);
  }
  const packed = yield* pack(distinct);
  return { ...packed, count, tables: indices.map((list) => list.flatMap((index) => packed.places[index] ?? [])) };
}

/** Whole numbers first, two to a column where they fit. */
function* pack(distinct: readonly Float64Array[]): Generator<void, Pick<Columns, 'columns' | 'fractionsFrom'> & { readonly places: readonly Place[] }, void> {
  const columns: Float64Array[] = [];
  const places: Place[] = [];
  const keep = (column: Float64Array, part: Place['part'], scale: number): Place => ({ column: columns.push(column) - 1, part, scale });
  let waiting: { readonly index: number; readonly column: Float64Array; readonly scale: number } | null = null;
  for (const [index, column] of distinct.entries()) {
    yield;
    const limit = sumLimit(column);
    if (limit === null) continue;
    if (waiting !== null && (limit + 1) * waiting.scale <= exact) {
      const high = keep(joined(waiting.column, column, waiting.scale), 'high', waiting.scale);
      places[index] = high;
      places[waiting.index] = { ...high, part: 'low' };
      waiting = null;
      continue;
    }
    if (waiting !== null) places[waiting.index] = keep(waiting.column, 'whole', 1);
    waiting = { index, column, scale: 2 ** Math.ceil(Math.log2(limit + 1)) };
  }
  if (waiting !== null) places[waiting.index] = keep(waiting.column, 'whole', 1);
  const fractionsFrom = columns.length;
  for (const [index, column] of distinct.entries()) places[index] ??= keep(column, 'whole', 1);
  return { columns, fractionsFrom, places };
}

const joined = (low: Float64Array, high: Float64Array, scale: number): Float64Array => {
  const column = new Float64Array(low.length);
  for (let row = 0; row < column.length; row += 1) column[row] = (low[row] ?? 0) + scale * (high[row] ?? 0);
  return column;
};

const columnOf = ({ count, width, values }: Statistics, index: number): Float64Array => {
  const column = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const value = values[row * width + index] ?? 0;
    if (!Number.isFinite(value)) {
      throw new SacrebleuError('bad-statistics', `The statistics of segment ${row + 1} hold ${value}, which cannot be added up.`, [{ segment: row, reference: null }]);
    }
    column[row] = value;
  }
  return column;
};

const indexOfEqual = (columns: Float64Array[], column: Float64Array): number => {
  const found = columns.findIndex((other) => areEqual(other, column));
  return found === -1 ? columns.push(column) - 1 : found;
};

const areEqual = (a: Float64Array, b: Float64Array): boolean => {
  for (let row = 0; row < a.length; row += 1) if (a[row] !== b[row]) return false;
  return true;
};

/** The largest sum that `count` draws from a column of whole numbers can have; null where it holds others, or a sum could be inexact. */
const sumLimit = (column: Float64Array): number | null => {
  let largest = 0;
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] ?? 0;
    if (value < 0 || !Number.isInteger(value)) return null;
    if (value > largest) largest = value;
  }
  const limit = largest * column.length;
  return limit < exact ? limit : null;
};

const commonCount = (tables: readonly Statistics[]): number => {
  const count = tables[0]?.count ?? 0;
  if (count === 0) throw new SacrebleuError('empty-corpus', 'There is no segment to resample.');
  for (const table of tables) {
    if (table.count !== count) {
      throw new SacrebleuError('unequal-lengths', `Systems can only be compared on the same segments: one has ${count}, another ${table.count}.`);
    }
    if (table.values.length !== count * table.width) {
      throw new SacrebleuError('bad-statistics', `${count} rows of ${table.width} numbers need ${count * table.width} values; there are ${table.values.length}.`);
    }
  }
  return count;
};

import { Failure } from '../contract/errors.ts';
import type { Column, ColumnValues } from './api.ts';
import { chunkLength, decodeValues, emptyValues, encodeValues } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { isInternal } from './review-columns.ts';

/**
 * Changes of single values of columns that can be taken back and done again.
 *
 * Each touched chunk is one transaction: the column's chunk and the record of what it does not hold now (old values while applied, new ones while
 * reverted) change together, so that a kill between two chunks leaves nothing half.
 */
export type ColumnChanges = {
  /** Applies values chunk by chunk; one step of the generator is one transaction. */
  apply(op: number, column: Column, ids: Uint32Array, values: number | ArrayLike<number>): Generator<void, void>;
  /** Brings every recorded chunk of the operation to the wanted side; what is there already stays. */
  bring(op: number, applied: boolean): Generator<void, void>;
};

/** `told`: of each chunk that changes, in its transaction. */
export const createColumnChanges = (sql: Sql, columns: ColumnStore, told: (op: number, column: Column, no: number, offsets: Uint16Array) => void): ColumnChanges => {
  const changed = (body: () => void): void => {
    try {
      sql.transaction(body);
    } catch (thrown) {
      columns.forgetChunks();
      throw thrown;
    }
  };
  const exchange = (column: Column, no: number, offsets: Uint16Array, data: ColumnValues): ColumnValues => {
    const now = columns.chunk(column, no);
    const before = emptyValues(column.kind, data.length);
    for (let at = 0; at < data.length; at += 1) before[at] = now[offsets[at] ?? 0] ?? 0;
    if (data.length <= patchedAtMost && isInternal(column.name)) {
      columns.patch(column, no, offsets, data);
      return before;
    }
    const next = now.slice();
    for (let at = 0; at < data.length; at += 1) next[offsets[at] ?? 0] = data[at] ?? 0;
    columns.writeChunk(column, no, next);
    return before;
  };
  return {
    apply: function* (op, column, ids, values) {
      for (const part of byChunk(column, ids, values)) {
        yield;
        if (part === null) continue;
        const { no, offsets, data } = part;
        changed(() => {
          const before = exchange(column, no, offsets, data);
          const number = sql.value<number>('SELECT coalesce(max(no) + 1, 0) FROM op_chunk WHERE op = ?', op) ?? 0;
          sql.run('INSERT INTO op_chunk(op, no, pair_column, chunk, applied, offsets, data) VALUES (?, ?, ?, ?, 1, ?, ?)', op, number, column.id, no, encodeValues(offsets), encodeValues(before));
          told(op, column, no, offsets);
        });
      }
    },
    bring: function* (op, applied) {
      // The later of two changes to one value is taken back first, and done again last.
      const numbers = sql.column<number>(`SELECT no FROM op_chunk WHERE op = ? AND applied <> ? ORDER BY no ${applied ? 'ASC' : 'DESC'}`, op, Number(applied));
      for (const number of numbers) {
        changed(() => {
          const row = sql.get<{ pair_column: number; chunk: number; offsets: Buffer; data: Buffer }>('SELECT pair_column, chunk, offsets, data FROM op_chunk WHERE op = ? AND no = ?', op, number);
          if (row === undefined) return;
          const column = columns.byId(row.pair_column);
          const offsets = offsetsOf(row.offsets);
          const before = exchange(column, row.chunk, offsets, decodeValues(column.kind, row.data));
          sql.run('UPDATE op_chunk SET applied = ?, data = ? WHERE op = ? AND no = ?', Number(applied), encodeValues(before), op, number);
          told(op, column, row.chunk, offsets);
        });
        yield;
      }
    },
  };
};

type Part = { readonly no: number; readonly offsets: Uint16Array; readonly data: ColumnValues };

const pauseAfter = 131_072;
/** Up to so many values of a chunk are written one by one. */
const patchedAtMost = 64;

/** Groups by chunk, ascending, in two passes; in the order given inside one, so that the last of two values for one pair wins. Null: a place to pause. */
const byChunk = function* (column: Column, ids: Uint32Array, values: number | ArrayLike<number>): Generator<Part | null, void> {
  const starts = new Uint32Array(Math.ceil(column.count / chunkLength) + 1);
  for (let index = 0; index < ids.length; index += 1) {
    if (index % pauseAfter === pauseAfter - 1) yield null;
    const id = ids[index] ?? 0;
    const at = id - column.first;
    if (at < 0 || at >= column.count) throw new Failure('bad-input', `Pair ${id} is not in column “${column.name}”.`);
    const no = Math.floor(at / chunkLength) + 1;
    starts[no] = (starts[no] ?? 0) + 1;
  }
  for (let no = 1; no < starts.length; no += 1) starts[no] = (starts[no] ?? 0) + (starts[no - 1] ?? 0);
  const places = new Uint32Array(ids.length);
  const next = starts.slice();
  for (let at = 0; at < ids.length; at += 1) {
    if (at % pauseAfter === pauseAfter - 1) yield null;
    const no = Math.floor(((ids[at] ?? 0) - column.first) / chunkLength);
    const place = next[no] ?? 0;
    next[no] = place + 1;
    places[place] = at;
  }
  for (let no = 0; no + 1 < starts.length; no += 1) {
    const part = places.subarray(starts[no], starts[no + 1]);
    if (part.length === 0) continue;
    const data = emptyValues(column.kind, part.length);
    const offsets = new Uint16Array(part.length);
    part.forEach((at, index) => {
      offsets[index] = (ids[at] ?? 0) - column.first - no * chunkLength;
      data[index] = typeof values === 'number' ? values : values[at] ?? Number.NaN;
    });
    yield { no, offsets, data };
  }
};

const offsetsOf = (blob: Buffer): Uint16Array => {
  const bytes = new Uint8Array(blob.byteLength);
  bytes.set(blob);
  return new Uint16Array(bytes.buffer);
};

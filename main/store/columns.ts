import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Column, ColumnKind, ColumnValues, Columns } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength, decodeValues, emptyValues, encodeValues, extent } from './column-data.ts';
import type { Sql } from './database.ts';
import { createLabels } from './labels.ts';
import type { PairBlocks } from './pair-blocks.ts';

/** Not offered as a score: it is asked through the predicate `kept`. */
export const decisionColumn = 'decision';

type Row = { readonly id: number; readonly name: string; readonly kind: ColumnKind; readonly producer: string; readonly signature: string; readonly run: number | null };
type NewColumn = Omit<Column, 'id'> & { readonly block: number; readonly run: number | null };

/** The columns, and what only the store itself may use of them. */
export type ColumnStore = Columns & {
  createIn(column: NewColumn): Column;
  byId(id: number): Column;
  /** The chunk as kept in memory: read it, never write into it. */
  chunk(column: Column, no: number): ColumnValues;
  writeChunk(column: Column, no: number, values: ColumnValues): void;
  decisions(origin: PairOrigin): Column;
  /** After a transaction was rolled back: what is in memory may not be what is in the file. */
  forgetChunks(): void;
};

export const createColumns = (sql: Sql, blocks: PairBlocks): ColumnStore => {
  const cache = createByteCache<ColumnValues>(256 * 1024 * 1024, (values) => values.byteLength);
  const labels = createLabels(sql);
  const range = (block: { readonly first: number; readonly count: number }, { id, name, kind, producer, signature }: Row): Column => ({ id, name, kind, producer, signature, first: block.first, count: block.count });

  const chunk = (column: Column, no: number): ColumnValues => {
    const known = cache.get(`${column.id}:${no}`);
    if (known !== undefined) return known;
    const blob = sql.value<Buffer>('SELECT data FROM column_chunk WHERE pair_column = ? AND no = ?', column.id, no);
    const values = blob === undefined ? emptyValues(column.kind, Math.min(chunkLength, column.count - no * chunkLength)) : decodeValues(column.kind, blob);
    cache.set(`${column.id}:${no}`, values);
    return values;
  };
  const writeChunk = (column: Column, no: number, values: ColumnValues): void => {
    if (column.kind === 'label') labels.flush(column.id);
    const { minimum, maximum } = extent(values);
    sql.run('INSERT OR REPLACE INTO column_chunk(pair_column, no, minimum, maximum, data) VALUES (?, ?, ?, ?, ?)', column.id, no, minimum, maximum, encodeValues(values));
    cache.set(`${column.id}:${no}`, values);
  };
  const createIn = ({ block, run, ...column }: NewColumn): Column => {
    const id = sql.run('INSERT INTO pair_column(block, run, name, kind, producer, signature) VALUES (?, ?, ?, ?, ?, ?)', block, run, column.name, column.kind, column.producer, column.signature).id;
    return { ...column, id };
  };
  const drop = (id: number): void => {
    for (const table of ['column_chunk', 'column_label', 'op_chunk']) sql.run(`DELETE FROM ${table} WHERE pair_column = ?`, id);
    sql.run('DELETE FROM pair_column WHERE id = ?', id);
    labels.forget(id);
  };
  const visible = (origin: PairOrigin): readonly Column[] => visibleColumns(sql, blocks, origin).map(({ block, row }) => range(block, row));
  const find = (origin: PairOrigin, name: string): Column | null => visible(origin).find((column) => column.name === name) ?? null;
  const changed = <T>(body: () => T): T => {
    try {
      return sql.transaction(body);
    } catch (thrown) {
      cache.clear();
      labels.forgetAll();
      throw thrown;
    }
  };

  return {
    createIn,
    chunk,
    writeChunk,
    find,
    forgetChunks: () => {
      cache.clear();
      labels.forgetAll();
    },
    byId: (id) => {
      const row = sql.get<Row & { readonly block: number }>('SELECT * FROM pair_column WHERE id = ?', id);
      const block = row && sql.get<{ first: number; count: number }>('SELECT first, count FROM pair_block WHERE id = ?', row.block);
      if (row === undefined || block === undefined) throw new Failure('not-found', `There is no column ${id}.`);
      return range(block, row);
    },
    create: ({ origin, ...column }) => changed(() => {
      const block = blocks.get(origin);
      const run = 'run' in origin ? origin.run : null;
      const earlier = sql.column<number>('SELECT id FROM pair_column WHERE block = ? AND run IS ? AND name = ? AND producer = ?', block.id, run, column.name, column.producer);
      earlier.forEach(drop);
      return createIn({ ...column, first: block.first, count: block.count, block: block.id, run });
    }),
    decisions: (origin) => find(origin, decisionColumn) ?? changed(() => {
      const { id: block, first, count } = blocks.get(origin);
      return createIn({ block, run: null, first, count, name: decisionColumn, kind: 'u8', producer: 'review', signature: '' });
    }),
    list: (origin) => visible(origin).filter(({ name }) => name !== decisionColumn).map((column) => {
      const bounds = sql.get<{ minimum: number | null; maximum: number | null }>('SELECT min(minimum) AS minimum, max(maximum) AS maximum FROM column_chunk WHERE pair_column = ?', column.id);
      return { ...column, minimum: column.kind === 'label' ? null : bounds?.minimum ?? null, maximum: column.kind === 'label' ? null : bounds?.maximum ?? null };
    }),
    write: (column, firstPair, values) => changed(() => {
      checkRange(column, firstPair, values.length);
      eachChunk(column, firstPair, values.length, (no, from, offset, length) => {
        const part = values.subarray(offset, offset + length);
        const next = emptyValues(column.kind, Math.min(chunkLength, column.count - no * chunkLength));
        if (part.length < next.length) next.set(chunk(column, no));
        next.set(part, from);
        writeChunk(column, no, next);
      });
    }),
    read: (column, firstPair, count) => {
      checkRange(column, firstPair, count);
      const values = emptyValues(column.kind, count);
      eachChunk(column, firstPair, count, (no, from, offset, length) => values.set(chunk(column, no).subarray(from, from + length), offset));
      return values;
    },
    valuesOf: (column, ids) => Array.from(ids, (id) => {
      checkRange(column, id, 1);
      const at = id - column.first;
      const value = chunk(column, Math.floor(at / chunkLength))[at % chunkLength] ?? Number.NaN;
      if (column.kind === 'label') return labels.textOf(column.id, value);
      return Number.isNaN(value) ? null : value;
    }),
    labelCode: (column, label) => labels.codeOf(column.id, label),
    labels: (column) => labels.all(column.id),
  };
};

/** Columns an origin sees, the nearest first: a run's own, then those of the pairs; a bitext also those of the runs that scored it, the newest first. */
const visibleColumns = (sql: Sql, blocks: PairBlocks, origin: PairOrigin): readonly { readonly block: { readonly first: number; readonly count: number }; readonly row: Row }[] => {
  const block = blocks.find(origin);
  if (block === null) return [];
  const rows = sql.all<Row>(`SELECT pair_column.* FROM pair_column LEFT JOIN run ON run.id = pair_column.run
    WHERE block = ? AND (pair_column.run IS NULL OR ${'run' in origin ? 'pair_column.run = ?' : '? = 0 AND run.removed = 0'}) ORDER BY pair_column.id`, block.id, 'run' in origin ? origin.run : 0);
  const rank = ({ run }: Row): number => ('run' in origin ? (run === null ? 1 : 0) : (run === null ? 0 : -run + Number.MAX_SAFE_INTEGER));
  const nearest = rows.toSorted((left, right) => rank(left) - rank(right));
  return nearest.filter((row, at) => nearest.findIndex(({ name }) => name === row.name) === at).map((row) => ({ block, row }));
};

const checkRange = (column: Column, first: number, count: number): void => {
  if (first >= column.first && count >= 0 && first + count <= column.first + column.count) return;
  throw new Failure('bad-input', `Pairs ${first} to ${first + count - 1} are not all in column “${column.name}”, which covers ${column.first} to ${column.first + column.count - 1}.`);
};

/** Calls `body` for each chunk that a range of pairs touches: first value inside the chunk, offset inside the range, and how many. */
const eachChunk = (column: Column, firstPair: number, count: number, body: (no: number, from: number, offset: number, length: number) => void): void => {
  for (let offset = 0; offset < count;) {
    const at = firstPair - column.first + offset;
    const from = at % chunkLength;
    const length = Math.min(chunkLength - from, count - offset);
    body(Math.floor(at / chunkLength), from, offset, length);
    offset += length;
  }
};

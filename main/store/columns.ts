import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Column, ColumnKind, ColumnValues, Columns } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength, decodeValues, emptyValues, encodeValues, extent, placeOf } from './column-data.ts';
import type { Sql } from './database.ts';
import { createLabels } from './labels.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import { goneColumn, isInternal } from './review-columns.ts';

type Row = { readonly id: number; readonly name: string; readonly kind: ColumnKind; readonly producer: string; readonly signature: string; readonly run: number | null };
type NewColumn = Omit<Column, 'id'> & { readonly block: number; readonly run: number | null };

/** The columns, and what only the store itself may use of them. */
export type ColumnStore = Columns & {
  createIn(column: NewColumn): Column;
  byId(id: number): Column;
  /** The chunk as kept in memory: read it, never write into it. */
  chunk(column: Column, no: number): ColumnValues;
  writeChunk(column: Column, no: number, values: ColumnValues): void;
  /**
   * Single values of a chunk, a few bytes each instead of the whole chunk; folded into it when there are many.
   *
   * For columns whose bounds nobody asks, or values that stand in the column already: a chunk's smallest and largest value are not looked at.
   */
  patch(column: Column, no: number, offsets: ArrayLike<number>, values: ArrayLike<number>): void;
  /** The number that stands for a pair, label codes as they are; NaN outside of the column. */
  valueAt(column: Column, pair: number): number;
  /** The text behind a code; null for 0. */
  labelText(column: Column, code: number): string | null;
  /** Another column of reviewing of the same pairs. */
  beside(column: Column, name: string): Column | null;
  /** `valueAt` for many pairs in order, for as long as nobody writes the column. */
  reader(column: Column): (pair: number) => number;
  /** All columns that the origin sees, those of reviewing too. */
  visible(origin: PairOrigin): readonly Column[];
  /** How many pairs of the origin are in no list. */
  hiddenPairs(origin: PairOrigin): number;
  /** All columns of a block, of whichever run. */
  ofBlock(block: StoredBlock): readonly Column[];
  /** A column of reviewing, made at its first use. */
  internal(origin: PairOrigin, name: string, kind: ColumnKind): Column;
  /** Grows with every change of the column, so that what was computed from it can be told from what is old. */
  writes(column: Column): number;
  /** After a transaction was rolled back: what is in memory may not be what is in the file. */
  forgetChunks(): void;
};

/** What is read of columns, from their chunks. */
type ColumnReading = Pick<ColumnStore, 'valueAt' | 'reader' | 'read' | 'valuesOf'>;

export const columnReading = (chunk: ColumnStore['chunk'], labelText: ColumnStore['labelText']): ColumnReading => ({
  valueAt: (column, pair) => {
    const { no, at } = placeOf(column, pair);
    return chunk(column, no)[at] ?? Number.NaN;
  },
  reader: (column) => {
    let base = Number.NaN;
    let values: ColumnValues = new Uint8Array(0);
    return (pair) => {
      if (!(pair >= base && pair < base + chunkLength)) {
        const { no } = placeOf(column, pair);
        base = column.first + no * chunkLength;
        values = chunk(column, no);
      }
      return values[pair - base] ?? Number.NaN;
    };
  },
  read: (column, firstPair, count) => {
    checkRange(column, firstPair, count);
    const values = emptyValues(column.kind, count);
    eachChunk(column, firstPair, count, (no, from, offset, length) => values.set(chunk(column, no).subarray(from, from + length), offset));
    return values;
  },
  valuesOf: (column, ids) => {
    let [held, values]: [number, ColumnValues] = [-1, new Uint8Array(0)];
    return Array.from(ids, (id) => {
      checkRange(column, id, 1);
      const { no, at } = placeOf(column, id);
      if (no !== held) [held, values] = [no, chunk(column, no)];
      const value = values[at] ?? Number.NaN;
      if (column.kind === 'label') return labelText(column, value);
      return Number.isNaN(value) ? null : value;
    });
  },
});

export const createColumns = (sql: Sql, blocks: PairBlocks): ColumnStore => {
  const cache = createByteCache<ColumnValues>(256 * 1024 * 1024, (values) => values.byteLength);
  const labels = createLabels(sql);
  const writes = new Map<number, number>();
  let forgotten = 0;
  /** How many patches lie over a chunk, at most. */
  const patches = new Map<string, number>();
  const range = (block: { readonly first: number; readonly count: number }, { id, name, kind, producer, signature }: Row): Column => ({ id, name, kind, producer, signature, first: block.first, count: block.count });

  const chunk = (column: Column, no: number): ColumnValues => {
    const length = Math.min(chunkLength, column.count - no * chunkLength);
    const known = cache.get(`${column.id}:${no}`);
    // Pairs may have been added since; an older `column` may ask for fewer than there are.
    if (known !== undefined && known.length >= length) return known;
    const values = readChunk(sql, column, no, length);
    cache.set(`${column.id}:${no}`, values);
    return values;
  };
  const written = (column: Column): void => void writes.set(column.id, (writes.get(column.id) ?? 0) + 1);
  const writeChunk = (column: Column, no: number, values: ColumnValues): void => {
    written(column);
    if (column.kind === 'label') labels.flush(column.id);
    const { minimum, maximum } = extent(values);
    sql.run('INSERT OR REPLACE INTO column_chunk(pair_column, no, minimum, maximum, data) VALUES (?, ?, ?, ?, ?)', column.id, no, minimum, maximum, encodeValues(values));
    sql.run('DELETE FROM column_patch WHERE pair_column = ? AND chunk = ?', column.id, no);
    patches.delete(`${column.id}:${no}`);
    cache.set(`${column.id}:${no}`, values);
  };
  const patch: ColumnStore['patch'] = (column, no, offsets, values) => {
    written(column);
    if (column.kind === 'label') labels.flush(column.id);
    const key = `${column.id}:${no}`;
    const next = chunk(column, no);
    const count = (patches.get(key) ?? sql.value<number>('SELECT count(*) FROM column_patch WHERE pair_column = ? AND chunk = ?', column.id, no) ?? 0) + offsets.length;
    for (let at = 0; at < offsets.length; at += 1) next[offsets[at] ?? 0] = values[at] ?? Number.NaN;
    if (count > foldAfter) return writeChunk(column, no, next);
    for (let at = 0; at < offsets.length; at += 1) {
      const value = values[at] ?? Number.NaN;
      sql.run('INSERT OR REPLACE INTO column_patch(pair_column, chunk, at, value) VALUES (?, ?, ?, ?)', column.id, no, offsets[at] ?? 0, Number.isNaN(value) ? null : value);
    }
    patches.set(key, count);
  };
  const createIn = ({ block, run, ...column }: NewColumn): Column => {
    const id = sql.run('INSERT INTO pair_column(block, run, name, kind, producer, signature) VALUES (?, ?, ?, ?, ?, ?)', block, run, column.name, column.kind, column.producer, column.signature).id;
    return { ...column, id };
  };
  const drop = (id: number): void => {
    for (const table of ['column_chunk', 'column_patch', 'column_label', 'op_chunk']) sql.run(`DELETE FROM ${table} WHERE pair_column = ?`, id);
    sql.run('DELETE FROM pair_column WHERE id = ?', id);
    labels.forget(id);
  };
  const forgetChunks = (): void => {
    forgotten += 1;
    cache.clear();
    patches.clear();
    labels.forgetAll();
    blocks.forgetChunks();
  };
  const visible = (origin: PairOrigin): readonly Column[] => visibleColumns(sql, blocks, origin).map(({ block, row }) => range(block, row));
  const find = (origin: PairOrigin, name: string): Column | null => visible(origin).find((column) => column.name === name) ?? null;
  const changed = <T>(body: () => T): T => {
    try {
      return sql.transaction(body);
    } catch (thrown) {
      forgetChunks();
      throw thrown;
    }
  };

  return {
    createIn,
    chunk,
    writeChunk,
    patch,
    find,
    ...columnReading(chunk, (column, code) => labels.textOf(column.id, code)),
    labelText: (column, code) => labels.textOf(column.id, code),
    beside: ({ first }, name) => {
      const row = sql.get<Row & { readonly first: number; readonly count: number }>('SELECT pair_column.*, first, count FROM pair_column JOIN pair_block ON pair_block.id = block WHERE first = ? AND pair_column.run IS NULL AND name = ?', first, name);
      return row === undefined ? null : range(row, row);
    },
    visible,
    hiddenPairs: (origin) => {
      const gone = find(origin, goneColumn);
      let hidden = 0;
      for (let no = 0; gone !== null && no * chunkLength < gone.count; no += 1) for (const value of chunk(gone, no)) hidden += value;
      return hidden;
    },
    ofBlock: (block) => sql.all<Row>('SELECT * FROM pair_column WHERE block = ?', block.id).map((row) => range(block, row)),
    writes: (column) => (writes.get(column.id) ?? 0) + forgotten,
    forgetChunks,
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
    internal: (origin, name, kind) => find(origin, name) ?? changed(() => {
      const { id: block, first, count } = blocks.get(origin);
      return createIn({ block, run: null, first, count, name, kind, producer: 'review', signature: '' });
    }),
    list: (origin) => visible(origin).filter(({ name }) => !isInternal(name)).map((column) => {
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
    labelCode: (column, label) => labels.codeOf(column.id, label),
    labels: (column) => labels.all(column.id),
  };
};

/** Patches over a chunk are read one by one when it is loaded: about a microsecond each. */
const foldAfter = 2_048;

/** The chunk as it stands in the file, with the single values that are newer than it, as long as the pairs of the block reach now. */
const readChunk = (sql: Sql, { id, kind }: Column, no: number, length: number): ColumnValues => {
  const blob = sql.value<Buffer>('SELECT data FROM column_chunk WHERE pair_column = ? AND no = ?', id, no);
  const stored = blob === undefined ? emptyValues(kind, length) : decodeValues(kind, blob);
  const values = stored.length >= length ? stored : emptyValues(kind, length);
  if (values !== stored) values.set(stored);
  for (const [at, value] of sql.arrays<[number, number | null]>('SELECT at, value FROM column_patch WHERE pair_column = ? AND chunk = ?', id, no)) values[at] = value ?? Number.NaN;
  return values;
};

/** Columns an origin sees, the nearest first: a run's own, then those of the pairs; a bitext also those of the runs that scored it, the newest first. */
const visibleColumns = (sql: Sql, blocks: PairBlocks, origin: PairOrigin): readonly { readonly block: { readonly first: number; readonly count: number }; readonly row: Row }[] => {
  const block = blocks.find(origin);
  if (block === null) return [];
  const rows = sql.all<Row>(`SELECT pair_column.* FROM pair_column LEFT JOIN run ON run.id = pair_column.run
    WHERE block = ? AND (pair_column.run IS NULL OR ${'run' in origin ? 'pair_column.run = ?' : '? = 0 AND run.removed = 0'}) ORDER BY pair_column.id`, block.id, 'run' in origin ? origin.run : 0);
  const rank = ({ run }: Row): number => ('run' in origin ? (run === null ? 1 : 0) : (run === null ? 0 : -run + Number.MAX_SAFE_INTEGER));
  const nearest = new Map<string, Row>();
  for (const row of rows.toSorted((left, right) => rank(left) - rank(right))) if (!nearest.has(row.name)) nearest.set(row.name, row);
  return [...nearest.values()].map((row) => ({ block, row }));
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

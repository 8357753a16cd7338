import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Failure } from '../contract/errors.ts';
import { breathe } from './run-queue.ts';
import { openPlainFile, type PlainFile } from './vectors-files.ts';
import { toPrecision } from './vectors-half.ts';
import { openJournal, type BlockLine, type DoneLine, type EncodingLine, type FolderLine, type Journal } from './vectors-journal.ts';
import { createKeyTable, keyBytes, keyWords, type KeyTable } from './vectors-keys.ts';

/**
 * The vectors of a project under one encoder: `vectors.bin` (rows of f32 or f16), `hashes.bin` (16 bytes a row), `journal.jsonl`.
 *
 * The files only grow. A block of sentences is begun (its new sentences get consecutive rows), its batches are written at their places, and it is done
 * once everything is on the disk. Whatever a killed job left is compared with the journal's checksums: whole batches are kept, the rest is written again,
 * and the files end with the same bytes as if nothing had happened.
 */
export type VectorFolder = {
  readonly header: FolderLine;
  readonly table: KeyTable;
  readonly encodings: readonly OpenedEncoding[];
  addEncoding(line: EncodingLine): number;
  /** Starts a block, or goes on with the one that was interrupted; tells which batches need not be computed again. */
  begin(block: BlockPlan): { readonly firstRow: number; readonly doneBatches: number };
  /** Writes the vectors of the next batch. */
  writeBatch(block: BlockPlan, batch: number, vectors: Float32Array): void;
  finish(block: BlockPlan, rowsFile: PlainFile, rows: Uint32Array, counts: Pick<DoneLine, 'encoded' | 'reused' | 'truncated'>): Promise<void>;
  /** Which encoding made a row. */
  encodingOf(row: number): number;
  close(): void;
};

export type OpenedEncoding = { readonly line: EncodingLine; readonly done: readonly DoneLine[] };

export type BlockPlan = {
  readonly encoding: number;
  readonly block: number;
  readonly digest: string;
  /** Keys of the new sentences, in order of the collection. */
  readonly newKeys: Uint32Array;
  readonly newRows: number;
  /** For each batch the places of its sentences among the new ones. */
  readonly batches: readonly Uint32Array[];
};

type Range = { readonly firstRow: number; readonly newRows: number; readonly encoding: number };
type Pending = { readonly line: BlockLine; readonly start: number; readonly batches: { readonly crc: number; readonly rows: number; readonly end: number }[] };

export const openVectorFolder = async (folder: string, wanted: FolderLine): Promise<VectorFolder> => {
  await mkdir(folder, { recursive: true });
  const journal = openJournal(join(folder, 'journal.jsonl'));
  const vectors = openPlainFile(join(folder, 'vectors.bin'));
  const hashes = openPlainFile(join(folder, 'hashes.bin'));
  const closeAll = (): void => { for (const file of [journal, vectors, hashes]) file.close(); };
  try {
    const header = readHeader(journal, wanted, folder);
    const rowBytes = header.dimension * (header.precision === 'f16' ? 2 : 4);
    const state = replay(journal);
    dropDamaged(state, journal, vectors, hashes, rowBytes);
    const table = await loadTable(hashes, committedRows(state.ranges));
    return { header, table, ...operations(state, { journal, vectors, hashes, table, rowBytes, precision: header.precision }), close: closeAll };
  } catch (thrown) {
    closeAll();
    throw thrown;
  }
};

/** Vectors of two models, or of one model read in two ways, never share a folder. */
const readHeader = (journal: Journal, wanted: FolderLine, folder: string): FolderLine => {
  const first = journal.lines[0]?.line;
  if (first === undefined) {
    journal.append(wanted);
    return wanted;
  }
  if (first.kind !== 'folder') throw new Failure('project-corrupt', `The journal of the vectors in ${folder} does not begin as it should.`, { hint: 'Remove that folder; its vectors are computed again.' });
  const different = (Object.keys(wanted) as (keyof FolderLine)[]).filter((name) => first[name] !== wanted[name]);
  if (different.length > 0) {
    const list = different.map((name) => `${name} ${String(first[name])} there, ${String(wanted[name])} here`).join('; ');
    throw new Failure('conflict', `The vectors in ${folder} were made by another encoder or in another way (${list}).`, { detail: 'They are untouched.', hint: 'Use another folder for this encoder.' });
  }
  return first;
};

type State = {
  readonly encodings: { readonly line: EncodingLine; readonly done: DoneLine[] }[];
  readonly ranges: Range[];
  readonly finished: { readonly start: number; readonly block: BlockLine; readonly done: DoneLine }[];
  pending: Pending | undefined;
};

/** Reads the journal's story; a line that cannot follow the one before it ends it there. */
const replay = (journal: Journal): State => {
  const state: State = { encodings: [], ranges: [], finished: [], pending: undefined };
  for (const [index, { line, start }] of journal.lines.entries()) {
    if (!fits(state, line.kind, index)) { journal.cut(start); break; }
    const end = journal.lines[index + 1]?.start ?? journal.length();
    if (line.kind === 'encoding') state.encodings.push({ line, done: [] });
    else if (line.kind === 'block') state.pending = { line, start, batches: [] };
    else if (line.kind === 'batch') state.pending?.batches.push({ crc: line.crc, rows: line.rows, end });
    else if (line.kind === 'done' && state.pending !== undefined) {
      state.finished.push({ start: state.pending.start, block: state.pending.line, done: line });
      state.encodings[line.encoding]?.done.push(line);
      state.ranges.push({ firstRow: state.pending.line.firstRow, newRows: state.pending.line.newRows, encoding: line.encoding });
      state.pending = undefined;
    }
  }
  return state;
};

const fits = (state: State, kind: string, index: number): boolean => {
  if (kind === 'folder') return index === 0;
  return kind === 'batch' || kind === 'done' ? state.pending !== undefined : state.pending === undefined;
};

const committedRows = (ranges: readonly Range[]): number => {
  const last = ranges.at(-1);
  return last === undefined ? 0 : last.firstRow + last.newRows;
};

/** Compares the last blocks with their checksums, and forgets those that a power cut has damaged. */
const dropDamaged = (state: State, journal: Journal, vectors: PlainFile, hashes: PlainFile, rowBytes: number): void => {
  for (;;) {
    const last = state.finished.at(-1);
    if (last === undefined) break;
    const { firstRow, newRows } = last.block;
    const whole = vectors.size() >= (firstRow + newRows) * rowBytes && hashes.size() >= (firstRow + newRows) * keyBytes
      && vectors.crc(firstRow * rowBytes, newRows * rowBytes) === last.done.vectorsCrc && hashes.crc(firstRow * keyBytes, newRows * keyBytes) === last.done.hashesCrc;
    if (whole) break;
    journal.cut(last.start);
    state.pending = undefined;
    state.finished.pop();
    state.ranges.pop();
    state.encodings[last.done.encoding]?.done.pop();
  }
  const rows = committedRows(state.ranges);
  hashes.truncate(rows * keyBytes);
  vectors.truncate((rows + (state.pending?.line.newRows ?? 0)) * rowBytes);
};

const rowsPerSlice = 50_000;

const loadTable = async (hashes: PlainFile, rows: number): Promise<KeyTable> => {
  const table = createKeyTable(rows);
  for (let start = 0; start < rows; start += rowsPerSlice) {
    const count = Math.min(rowsPerSlice, rows - start);
    const keys = new Uint32Array(hashes.read(start * keyBytes, count * keyBytes).slice().buffer);
    for (let index = 0; index < count; index += 1) table.append(keys, index);
    await breathe();
  }
  return table;
};

type Files = { readonly journal: Journal; readonly vectors: PlainFile; readonly hashes: PlainFile; readonly table: KeyTable; readonly rowBytes: number; readonly precision: 'f32' | 'f16' };

const operations = (state: State, files: Files): Pick<VectorFolder, 'encodings' | 'addEncoding' | 'begin' | 'writeBatch' | 'finish' | 'encodingOf'> => {
  const { journal, vectors, hashes, table, rowBytes } = files;

  /** Forgets an interrupted block that nobody goes on with. */
  const abandon = (): void => {
    if (state.pending === undefined) return;
    journal.cut(state.pending.start);
    state.pending = undefined;
    vectors.truncate(table.size() * rowBytes);
  };

  const addEncoding = (line: EncodingLine): number => {
    abandon();
    journal.append(line);
    state.encodings.push({ line, done: [] });
    return state.encodings.length - 1;
  };

  const crcOfBatch = (firstRow: number, places: Uint32Array): number => {
    let crc = 0;
    for (const place of places) crc = crc32(vectors.read((firstRow + place) * rowBytes, rowBytes), crc);
    return crc;
  };

  const begin = (block: BlockPlan): { firstRow: number; doneBatches: number } => {
    const firstRow = table.size();
    const line: BlockLine = { kind: 'block', encoding: block.encoding, block: block.block, firstRow, newRows: block.newRows, batches: block.batches.length, digest: block.digest };
    const { pending } = state;
    if (pending === undefined || JSON.stringify(pending.line) !== JSON.stringify(line)) {
      abandon();
      const start = journal.length();
      journal.append(line);
      state.pending = { line, start, batches: [] };
      return { firstRow, doneBatches: 0 };
    }
    const damaged = pending.batches.findIndex((batch, index) => {
      const places = block.batches[index];
      return places === undefined || places.length !== batch.rows || crcOfBatch(firstRow, places) !== batch.crc;
    });
    if (damaged >= 0) {
      journal.cut(damaged === 0 ? endOfLine(pending) : pending.batches[damaged - 1]?.end ?? pending.start);
      pending.batches.splice(damaged);
    }
    return { firstRow, doneBatches: pending.batches.length };
  };

  const writeBatch = (block: BlockPlan, batch: number, numbers: Float32Array): void => {
    const { pending } = state;
    const places = block.batches[batch];
    if (pending === undefined || places === undefined || pending.batches.length !== batch) throw new Failure('internal', `Batch ${batch} of block ${block.block} came out of turn.`);
    const bytes = toPrecision(numbers, files.precision);
    for (const [index, place] of places.entries()) vectors.write(bytes.subarray(index * rowBytes, (index + 1) * rowBytes), (pending.line.firstRow + place) * rowBytes);
    const crc = crc32(bytes);
    journal.append({ kind: 'batch', batch, rows: places.length, crc });
    pending.batches.push({ crc, rows: places.length, end: journal.length() });
  };

  const finish: VectorFolder['finish'] = async (block, rowsFile, rows, counts) => {
    const { pending } = state;
    const encoding = state.encodings[block.encoding];
    if (pending === undefined || encoding === undefined || pending.batches.length !== block.batches.length) throw new Failure('internal', `Block ${block.block} is not complete.`);
    const { firstRow } = pending.line;
    const keys = new Uint8Array(block.newKeys.buffer, block.newKeys.byteOffset, block.newKeys.byteLength);
    const rowNumbers = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    hashes.write(keys, firstRow * keyBytes);
    rowsFile.write(rowNumbers, block.block * encoding.line.blockSentences * 4);
    await Promise.all([vectors.sync(), hashes.sync(), rowsFile.sync()]);
    const done: DoneLine = {
      kind: 'done', encoding: block.encoding, block: block.block,
      vectorsCrc: vectors.crc(firstRow * rowBytes, block.newRows * rowBytes), hashesCrc: crc32(keys), rowsCrc: crc32(rowNumbers), ...counts,
    };
    journal.append(done);
    await journal.sync();
    for (let index = 0; index < block.newKeys.length / keyWords; index += 1) table.append(block.newKeys, index);
    state.ranges.push({ firstRow, newRows: block.newRows, encoding: block.encoding });
    encoding.done.push(done);
    state.pending = undefined;
  };

  const encodingOf = (row: number): number => {
    let low = 0;
    let high = state.ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((state.ranges[middle]?.firstRow ?? Infinity) <= row) low = middle; else high = middle - 1;
    }
    return state.ranges[low]?.encoding ?? -1;
  };

  return { encodings: state.encodings, addEncoding, begin, writeBatch, finish, encodingOf };
};

/** Where the line that began the pending block ends. */
const endOfLine = (pending: Pending): number => pending.start + new TextEncoder().encode(`${JSON.stringify(pending.line)}\n`).length;

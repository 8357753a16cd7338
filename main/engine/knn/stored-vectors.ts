import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import { halfToFloat } from '../vectors-half.ts';

/**
 * Reads vectors of one encoder for one collection: rows of `vectors.bin`, found through the `rows` file (sentence ordinal -> row, u32).
 *
 * Nothing is held but one read buffer, so collections may be larger than memory. Neighbouring rows are read in one go; sentences that were encoded
 * together lie together, so a tile is usually a few reads.
 */
export type StoredVectors = {
  readonly dimension: number;
  readonly sentences: number;
  /** Bytes that a pass over the collection reads. */
  readonly bytes: number;
  /** Sentences `first .. first + count - 1` as f32, into `out` from element 0. */
  read(first: number, count: number, out: Float32Array): void;
  /** The same for any sentences; ascending ordinals read fastest. */
  readSome(ordinals: Uint32Array, out: Float32Array): void;
  close(): void;
};

/** All 65,536 half-precision numbers: a look-up is several times faster than a conversion. Made on first use. */
const halves: { table: Float32Array | undefined } = { table: undefined };
const halfTable = (): Float32Array => {
  halves.table ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfToFloat(bits));
  return halves.table;
};

export type StoredVectorsPlace = {
  readonly folder: string;
  readonly rows: string;
  readonly dimension: number;
  readonly precision: 'f32' | 'f16';
  readonly sentences: number;
};

/** At most so many bytes are asked of the disk at once. */
const readBytes = 8 * 1024 * 1024;
/** Rows that lie this close are read together with what is between them. */
const gapRows = 8;

export const openStoredVectors = (place: StoredVectorsPlace): StoredVectors => {
  const { dimension, sentences } = place;
  const rowBytes = dimension * (place.precision === 'f16' ? 2 : 4);
  const rowsFile = openForReading(place.rows);
  const vectorsFile = openForReading(join(place.folder, 'vectors.bin'));
  if (fstatSync(rowsFile).size < sentences * 4) {
    throw new Failure('plan-impossible', `The vectors of this collection are not complete: ${place.rows} has ${Math.floor(fstatSync(rowsFile).size / 4)} of ${sentences} entries.`, { hint: 'Run the encoding again; what is there is used.' });
  }
  const storedRows = Math.floor(fstatSync(vectorsFile).size / rowBytes);
  const buffer = new ArrayBuffer(Math.max(rowBytes, Math.floor(readBytes / rowBytes) * rowBytes));
  const bufferRows = buffer.byteLength / rowBytes;

  const copyRow = (bufferRow: number, out: Float32Array, outRow: number): void => {
    const at = outRow * dimension;
    if (place.precision === 'f32') {
      out.set(new Float32Array(buffer, bufferRow * rowBytes, dimension), at);
      return;
    }
    const table = halfTable();
    const bits = new Uint16Array(buffer, bufferRow * rowBytes, dimension);
    for (let column = 0; column < dimension; column += 1) out[at + column] = table[bits[column] ?? 0] ?? 0;
  };

  /** Rows by place in the output; runs of nearly consecutive rows become one read. */
  const readRows = (rows: Uint32Array, out: Float32Array): void => {
    for (let start = 0; start < rows.length;) {
      const firstRow = rows[start] ?? 0;
      let end = start + 1;
      let lastRow = firstRow;
      while (end < rows.length) {
        const next = rows[end] ?? 0;
        if (next < lastRow || next - lastRow > gapRows || next - firstRow >= bufferRows) break;
        lastRow = next;
        end += 1;
      }
      if (lastRow >= storedRows) throw new Failure('plan-impossible', `The vector file ${join(place.folder, 'vectors.bin')} has ${storedRows} rows, but row ${lastRow + 1} is asked for.`, { hint: 'Run the encoding again; damaged vectors are made anew.' });
      readFully(vectorsFile, new Uint8Array(buffer, 0, (lastRow - firstRow + 1) * rowBytes), firstRow * rowBytes);
      for (let index = start; index < end; index += 1) copyRow((rows[index] ?? 0) - firstRow, out, index);
      start = end;
    }
  };

  return {
    dimension, sentences, bytes: sentences * rowBytes,
    read: (first, count, out) => {
      const rows = new Uint32Array(count);
      readFully(rowsFile, new Uint8Array(rows.buffer), first * 4);
      readRows(rows, out);
    },
    readSome: (ordinals, out) => {
      const rows = new Uint32Array(ordinals.length);
      const run = new Uint32Array(1);
      for (let start = 0; start < ordinals.length;) {
        const first = ordinals[start] ?? 0;
        let end = start + 1;
        while (end < ordinals.length && (ordinals[end] ?? 0) === first + end - start) end += 1;
        const part = end - start === 1 ? run : new Uint32Array(end - start);
        readFully(rowsFile, new Uint8Array(part.buffer), first * 4);
        rows.set(part, start);
        start = end;
      }
      readRows(rows, out);
    },
    close: () => {
      closeSync(rowsFile);
      closeSync(vectorsFile);
    },
  };
};

/**
 * Keeps a whole collection in memory, where it fits into the budget: tiles are then read once instead of once a stripe.
 *
 * `block` gives rows without copying when they are kept; a reader that wants many scattered rows uses it.
 */
export type VectorRows = StoredVectors & {
  /** The values of these ascending sentences and where each starts. */
  rowsOf(ordinals: Uint32Array): { readonly values: Float32Array; readonly startOf: (index: number) => number };
};

export const keepWhereItFits = (stored: StoredVectors, budgetBytes: number): VectorRows => {
  const { dimension, sentences } = stored;
  if (sentences * dimension * 4 > budgetBytes) {
    return {
      ...stored,
      rowsOf: (ordinals) => {
        const values = new Float32Array(ordinals.length * dimension);
        stored.readSome(ordinals, values);
        return { values, startOf: (index) => index * dimension };
      },
    };
  }
  const all = new Float32Array(sentences * dimension);
  const step = 16_384;
  for (let first = 0; first < sentences; first += step) {
    const count = Math.min(step, sentences - first);
    stored.read(first, count, all.subarray(first * dimension, (first + count) * dimension));
  }
  return {
    ...stored,
    read: (first, count, out) => { out.set(all.subarray(first * dimension, (first + count) * dimension)); },
    readSome: (ordinals, out) => {
      for (let index = 0; index < ordinals.length; index += 1) {
        const from = (ordinals[index] ?? 0) * dimension;
        out.set(all.subarray(from, from + dimension), index * dimension);
      }
    },
    rowsOf: (ordinals) => ({ values: all, startOf: (index) => (ordinals[index] ?? 0) * dimension }),
  };
};

const openForReading = (path: string): number => {
  try {
    return openSync(path, 'r');
  } catch {
    throw new Failure('file-missing', `The vector file ${path} is not there.`, { hint: 'Run the encoding again; it makes what is missing.' });
  }
};

const readFully = (file: number, into: Uint8Array, position: number): void => {
  for (let done = 0; done < into.length;) {
    const got = readSync(file, into, done, into.length - done, position + done);
    if (got === 0) throw new Failure('file-unreadable', 'A vector file ends too early.', { hint: 'Run the encoding again; damaged vectors are made anew.' });
    done += got;
  }
};

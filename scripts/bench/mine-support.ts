import { mkdirSync, openSync, readSync, closeSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { defaultMineSettings, type MinePlan, type MineSettings } from '../../main/contract/mine.ts';
import type { MineInput } from '../../main/engine/mining/run-sides.ts';
import type { MiningCall } from '../../main/engine/mining/pair-up.ts';
import { createRunQueue } from '../../main/engine/run-queue.ts';

/** What the mining benchmarks share: vectors from NumPy files into the engine's vector folders, inputs, calls without a listener. */

export type Matrix = { readonly rows: number; readonly dimension: number; readonly values: Float32Array };

/** Reads a C-ordered little-endian float32 matrix of `numpy.save`. */
export const readNpy = (path: string): Matrix => {
  const file = openSync(path, 'r');
  try {
    const start = new Uint8Array(12);
    readSync(file, start, 0, 12, 0);
    const version = start[6] ?? 1;
    const view = new DataView(start.buffer);
    const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
    const dataStart = (version === 1 ? 10 : 12) + headerBytes;
    const header = new Uint8Array(headerBytes);
    readSync(file, header, 0, headerBytes, dataStart - headerBytes);
    const text = new TextDecoder().decode(header);
    const shape = /'shape': \((\d+), (\d+)\)/.exec(text);
    if (!text.includes("'<f4'") || text.includes("'fortran_order': True") || shape === null) throw new Error(`${path}: not a C-ordered float32 matrix: ${text}`);
    const [rows, dimension] = [Number(shape[1]), Number(shape[2])];
    const values = new Float32Array(rows * dimension);
    const bytes = new Uint8Array(values.buffer);
    for (let done = 0; done < bytes.length;) done += readSync(file, bytes, done, Math.min(bytes.length - done, 1 << 28), dataStart + done);
    return { rows, dimension, values };
  } finally {
    closeSync(file);
  }
};

export const join2 = (parts: readonly Matrix[]): Matrix => {
  const dimension = parts[0]?.dimension ?? 0;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * dimension);
  let at = 0;
  for (const part of parts) { values.set(part.values, at); at += part.values.length; }
  return { rows, dimension, values };
};

export const firstRows = (matrix: Matrix, rows: number): Matrix => ({ rows: Math.min(rows, matrix.rows), dimension: matrix.dimension, values: matrix.values.subarray(0, Math.min(rows, matrix.rows) * matrix.dimension) });

/** Writes a matrix as a vector folder with its `rows` file. */
export const writeVectors = (folder: string, matrix: Matrix, precision: 'f32' | 'f16' = 'f32'): { folder: string; rows: string } => {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'vectors.bin'), 'w');
  const step = 65_536;
  for (let first = 0; first < matrix.values.length; first += step * 16) {
    const part = matrix.values.subarray(first, first + step * 16);
    writeSync(file, precision === 'f32' ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength) : new Uint8Array(new Float16Array(part).buffer));
  }
  closeSync(file);
  const rows = join(folder, 'rows');
  writeFileSync(rows, new Uint8Array(Uint32Array.from({ length: matrix.rows }, (_, row) => row).buffer));
  return { folder, rows };
};

export const planFor = (dimensions: readonly number[], more: Partial<MinePlan> = {}): MinePlan => ({
  encoders: dimensions.map((dimension, index) => ({ id: `encoder-${index}`, hash: String(index), dimension, prefix: '', batchTokens: 2048 })),
  provider: 'cpu', threads: 2, blockSentences: 4096, precision: 'f32', index: 'exact', tileRows: 4096, hnsw: null, guard: 4,
  centre: false, linearMap: 'off', stages: [], seconds: 0, memoryBytes: 0, diskBytes: 0, reasons: [], warnings: [], repeatable: true, ...more,
});

export const mineInput = (
  folder: string, source: readonly { folder: string; rows: string }[], target: readonly { folder: string; rows: string }[], sizes: readonly [number, number],
  plan: MinePlan, settings: Partial<MineSettings> = {},
): MineInput => ({
  folder,
  source: { vectors: [...source], sentences: sizes[0], language: 'de' },
  target: { vectors: [...target], sentences: sizes[1], language: 'en' },
  settings: { ...defaultMineSettings, ...settings }, plan,
});

export const quietCall = (signal: AbortSignal = new AbortController().signal): MiningCall => ({ queue: createRunQueue(), tell: () => Promise.resolve(), signal });

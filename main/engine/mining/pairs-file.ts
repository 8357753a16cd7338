import { renameSync, rmSync } from 'node:fs';
import type { RetrievedPairs } from '../../domain/mine/retrieval.ts';
import { breathe } from '../run-queue.ts';
import { openRecords } from './run-files.ts';

/** Bytes of a pair in `pairs.bin`: f64 margin, f64 cosine, u32 source, u32 target, u16 forward rank, u16 backward rank, u32 zero. */
export const pairBytes = 32;
const chunkPairs = 65_536;

/** Writes all pairs, in their order, beside the place and renames. */
export const writePairs = async (path: string, pairs: RetrievedPairs): Promise<void> => {
  const beside = `${path}.part`;
  rmSync(beside, { force: true });
  const file = openRecords(beside, pairBytes, 'write');
  try {
    for (let first = 0; first < pairs.source.length; first += chunkPairs) {
      const count = Math.min(chunkPairs, pairs.source.length - first);
      const buffer = new ArrayBuffer(count * pairBytes);
      const doubles = new Float64Array(buffer);
      const words = new Uint32Array(buffer);
      const ranks = new Uint16Array(buffer);
      for (let row = 0; row < count; row += 1) {
        doubles[row * 4] = pairs.margin[first + row] ?? 0;
        doubles[row * 4 + 1] = pairs.cosine[first + row] ?? 0;
        words[row * 8 + 4] = pairs.source[first + row] ?? 0;
        words[row * 8 + 5] = pairs.target[first + row] ?? 0;
        ranks[row * 16 + 12] = pairs.forwardRank[first + row] ?? 0;
        ranks[row * 16 + 13] = pairs.backwardRank[first + row] ?? 0;
      }
      file.write(first, new Uint8Array(buffer));
      await breathe();
    }
    file.sync();
  } finally {
    file.close();
  }
  renameSync(beside, path);
};

/** Reads pairs `first .. first + count - 1`. */
export const readPairs = (path: string, first: number, count: number): RetrievedPairs => {
  const file = openRecords(path, pairBytes, 'read');
  try {
    const { buffer } = file.read(first, count);
    const doubles = new Float64Array(buffer);
    const words = new Uint32Array(buffer);
    const ranks = new Uint16Array(buffer);
    return {
      margin: Float64Array.from({ length: count }, (_, row) => doubles[row * 4] ?? 0),
      cosine: Float64Array.from({ length: count }, (_, row) => doubles[row * 4 + 1] ?? 0),
      source: Uint32Array.from({ length: count }, (_, row) => words[row * 8 + 4] ?? 0),
      target: Uint32Array.from({ length: count }, (_, row) => words[row * 8 + 5] ?? 0),
      forwardRank: Uint16Array.from({ length: count }, (_, row) => ranks[row * 16 + 12] ?? 0),
      backwardRank: Uint16Array.from({ length: count }, (_, row) => ranks[row * 16 + 13] ?? 0),
    };
  } finally {
    file.close();
  }
};

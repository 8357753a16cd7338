import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { engineContract } from '../contract/engine.ts';
import type { Implementation } from '../rpc/server.ts';
import { openStoredVectors } from './knn/stored-vectors.ts';
import { breathe } from './run-queue.ts';

export type VectorsOutPart = Pick<Implementation<typeof engineContract>, 'engine.writeVectors'>;

const sliceRows = 4096;

/** The header of a NumPy file of version 1.0 (numpy/lib/format.py): magic, length, a Python dict, padded to 64 bytes. */
export const npyHeader = (rows: number, columns: number): Uint8Array => {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  return Buffer.concat([Buffer.from('\u0093NUMPY\u0001\u0000', 'latin1'), Buffer.from([length % 256, length >> 8]), Buffer.from(`${dict.padEnd(length - 1)}\n`, 'latin1')]);
};

/** Vectors for other tools, as they are stored: not centred, not mapped. */
export const vectorsOut: VectorsOutPart = {
  'engine.writeVectors': async ({ folder, rows, sentences, dimension, precision, out }, { signal }) => {
    const vectors = openStoredVectors({ folder, rows, dimension, precision, sentences });
    const temporary = `${out}.part`;
    const file = openSync(temporary, 'w');
    const hash = createHash('sha256');
    let bytes = 0;
    const write = (piece: Uint8Array): void => {
      for (let done = 0; done < piece.length;) done += writeSync(file, piece, done);
      hash.update(piece);
      bytes += piece.length;
    };
    try {
      write(npyHeader(sentences, dimension));
      for (let first = 0; first < sentences; first += sliceRows) {
        signal.throwIfAborted();
        const count = Math.min(sliceRows, sentences - first);
        const slice = new Float32Array(count * dimension);
        vectors.read(first, count, slice);
        write(new Uint8Array(slice.buffer));
        await breathe();
      }
      fsyncSync(file);
      closeSync(file);
      renameSync(temporary, out);
      return { bytes, sha256: hash.digest('hex') };
    } catch (thrown) {
      rmSync(temporary, { force: true });
      throw thrown;
    } finally {
      vectors.close();
    }
  },
};

import { createHash, type Hash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { Transform, type Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { knownFailure } from '../../contract/known-failures.ts';
import type { exportedFile } from '../../contract/export.ts';
import type { PairWriter } from '../../domain/formats/pair-writer.ts';
import type * as v from 'valibot';
import { zipParcel } from './zip-parcel.ts';

type ExportedFile = v.InferOutput<typeof exportedFile>;

type Part = { readonly path: string; readonly temporary: string; readonly first: Writable; readonly sink: WriteStream; readonly hash: Hash; bytes: () => number };

/**
 * Several files that appear together, or not at all.
 *
 * Each is written under a temporary name in its own folder, flushed to the disk, and renamed at the end; a cancel, a kill or a full disk leaves what was there before.
 * @param parcel the file is an archive, of which the text is one part
 */
export const atomicFiles = (paths: readonly string[], overwrite: boolean, parcel?: PairWriter['parcel']) => {
  for (const path of paths) {
    if (!overwrite && existsSync(path)) throw knownFailure('file-exists', { path });
  }
  const parts: Part[] = paths.map((path) => {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.part`;
    const hash = createHash('sha256');
    let bytes = 0;
    const counter = new Transform({ transform: (chunk: Buffer, _encoding, done) => { hash.update(chunk); bytes += chunk.length; done(null, chunk); } });
    const sink = createWriteStream(temporary, { flush: true });
    counter.pipe(sink);
    let first: Writable = counter;
    if (path.endsWith('.gz')) {
      const packer = createGzip();
      packer.pipe(counter);
      first = packer;
    }
    if (parcel !== undefined) {
      const archive = zipParcel(parcel);
      archive.packed.pipe(first);
      first = archive.first;
    }
    return { path, temporary, first, sink, hash, bytes: () => bytes };
  });
  const failed = Promise.race(parts.map((part) => finished(part.sink).then(() => new Promise<never>(() => undefined))));
  failed.catch(() => undefined);

  return {
    /** Writes one piece to each file, waiting where the disk is slower. */
    write: async (pieces: readonly string[]): Promise<void> => {
      for (const [index, part] of parts.entries()) {
        const piece = pieces[index] ?? '';
        if (piece !== '' && !part.first.write(piece)) await Promise.race([new Promise((go) => { part.first.once('drain', go); }), failed]);
      }
    },
    commit: async (): Promise<ExportedFile[]> => {
      await Promise.all(parts.map((part) => { const end = finished(part.sink); part.first.end(); return end; }));
      for (const part of parts) renameSync(part.temporary, part.path);
      return parts.map((part) => ({ path: part.path, bytes: part.bytes(), sha256: part.hash.digest('hex') }));
    },
    discard: (): void => {
      for (const part of parts) { part.first.destroy(); part.sink.destroy(); rmSync(part.temporary, { force: true }); }
    },
  };
};

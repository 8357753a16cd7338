import { closeSync, constants, fdatasync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

/**
 * A file that is written at positions and grows; the only place that writes vector files.
 *
 * Writes are synchronous because they go to the page cache in microseconds; only `sync` waits for the disk, and it does not block.
 */
export type PlainFile = {
  readonly size: () => number;
  write(bytes: Uint8Array, position: number): void;
  read(position: number, length: number): Uint8Array;
  /** crc32 of a range, read in pieces. */
  crc(position: number, length: number): number;
  truncate(length: number): void;
  sync(): Promise<void>;
  close(): void;
};

const pieceBytes = 4 * 1024 * 1024;
const datasync = promisify(fdatasync);

export const openPlainFile = (path: string): PlainFile => {
  const handle = openSync(path, openFlags());
  const read = (position: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(handle, bytes, done, length - done, position + done);
      if (count === 0) return bytes.subarray(0, done);
      done += count;
    }
    return bytes;
  };
  return {
    size: () => fstatSync(handle).size,
    write: (bytes, position) => {
      let done = 0;
      while (done < bytes.length) done += writeSync(handle, bytes, done, bytes.length - done, position + done);
    },
    read,
    crc: (position, length) => {
      let value = 0;
      for (let start = 0; start < length; start += pieceBytes) value = crc32(read(position + start, Math.min(pieceBytes, length - start)), value);
      return value;
    },
    truncate: (length) => { if (fstatSync(handle).size > length) ftruncateSync(handle, length); },
    sync: () => datasync(handle),
    close: () => { closeSync(handle); },
  };
};

/** Read and write, created where absent, never emptied: 'r+' does not create and 'a+' ignores positions. */
const openFlags = (): number => constants.O_RDWR | constants.O_CREAT;

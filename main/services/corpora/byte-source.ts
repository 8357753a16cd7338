import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Compression } from '../../domain/formats/head.ts';
import { xzChunks } from './xz-source.ts';

/**
 * The bytes of a file, decompressed on the way, one chunk of 64 KB in hand.
 *
 * The whole file is read to its end even where the compressed data ends before, so that the checksum is the file's own. Errors are {@link DecompressionError}s
 * after the last byte that could be saved has been handed out.
 */

export type ByteSource = {
  /**
   * Decompressed chunks. To be iterated once; leaving the loop closes the file.
   *
   * A chunk is only good until the next one is asked for: its memory is used again, because thousands of fresh buffers a second grow the process far beyond what
   * it holds.
   */
  readonly chunks: AsyncGenerator<Uint8Array, void, undefined>;
  /** Bytes of the file on disk read so far. */
  bytesRead(): number;
  /** Of the whole file on disk, in hex; empty as long as it has not been read to its end. */
  sha256(): string;
  /** The compressed data broke off or went wrong. */
  failed(): boolean;
};

export class DecompressionError extends Error {
  readonly kind: 'truncated' | 'corrupt';

  constructor(kind: 'truncated' | 'corrupt', cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DecompressionError';
    this.kind = kind;
  }
}

const chunkBytes = 64 * 1024;
const outputBytes = 64 * 1024;

export const openByteSource = (path: string, compression: Compression): ByteSource => {
  const hash = createHash('sha256');
  let read = 0;
  let digest = '';
  let broken = false;

  async function* raw(): AsyncGenerator<Uint8Array, void, undefined> {
    const file = await open(path, 'r');
    try {
      yield* rawChunks(file, (chunk) => { read += chunk.length; hash.update(chunk); });
      digest = hash.digest('hex');
    } finally {
      await file.close();
    }
  }

  async function* decompressed(): AsyncGenerator<Uint8Array, void, undefined> {
    const source = raw();
    try {
      if (compression === 'none') { yield* source; return; }
      let failure: unknown;
      try {
        if (compression === 'xz') yield* xzChunks(path, source);
        else yield* transformed(source, () => (compression === 'gz' ? createGunzip({ chunkSize: outputBytes }) : createZstdDecompress({ chunkSize: outputBytes })));
      } catch (thrown) {
        if (isSystemError(thrown)) throw thrown;
        failure = thrown;
      }
      // The rest of the file counts for its checksum.
      for (let next = await source.next(); next.done !== true; next = await source.next());
      if (failure !== undefined) {
        broken = true;
        throw decompressionError(failure);
      }
    } finally {
      await source.return();
    }
  }

  return { chunks: decompressed(), bytesRead: () => read, sha256: () => digest, failed: () => broken };
};

async function* rawChunks(file: FileHandle, seen: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array, void, undefined> {
  const buffer = new Uint8Array(chunkBytes);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
    if (bytesRead === 0) return;
    const chunk = buffer.subarray(0, bytesRead);
    seen(chunk);
    yield chunk;
  }
}

/** A zlib stream that tells how much of its input it has used. */
type Decompressor = Transform & { readonly bytesWritten: number };

/** A file may hold several compressed parts one after another: what one decompressor leaves is for the next. */
async function* transformed(source: AsyncGenerator<Uint8Array, void, undefined>, create: () => Decompressor): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Uint8Array | null = null;
  do {
    rest = yield* onePart(source, rest, create());
    // Padding behind the last part is no part.
    while (rest !== null && rest.every((byte) => byte === 0)) rest = (await source.next()).value ?? null;
  } while (rest !== null);
}

/**
 * Feeds a zlib stream one chunk at a time and reads what comes out before the next. Returns what is left of the last chunk when the stream ends before it.
 *
 * Not `pipeline`: that throws away what is already decompressed when an error follows, and a truncated file is worth its good half.
 */
async function* onePart(source: AsyncGenerator<Uint8Array, void, undefined>, first: Uint8Array | null, stream: Decompressor): AsyncGenerator<Uint8Array, Uint8Array | null, undefined> {
  let failure: unknown;
  let wake = (): void => {};
  let ended = false;
  stream.on('error', (error) => { failure = error; wake(); });
  stream.on('readable', () => wake());
  stream.on('end', () => { ended = true; wake(); });

  /** Hands out what comes until `done` says that the step is over. */
  async function* drain(done: () => boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const woken = new Promise<void>((resolve) => { wake = resolve; });
      const settled = done() || failure !== undefined || ended;
      for (let piece: unknown = stream.read(); piece !== null; piece = stream.read()) if (piece instanceof Uint8Array) yield piece;
      if (settled) return;
      await woken;
    }
  }

  try {
    let fed = 0;
    for (let chunk = first ?? (await source.next()).value ?? null; chunk !== null; chunk = (await source.next()).value ?? null) {
      let written = false;
      fed += chunk.length;
      stream.write(chunk, () => { written = true; wake(); });
      yield* drain(() => written);
      if (failure !== undefined) throw failure;
      // A stream that has not come to its end uses all it is given.
      if (stream.bytesWritten < fed) return chunk.subarray(chunk.length - (fed - stream.bytesWritten));
    }
    stream.end();
    yield* drain(() => ended);
    if (failure !== undefined) throw failure;
    return null;
  } finally {
    stream.destroy();
  }
}

const decompressionError = (thrown: unknown): DecompressionError => {
  const text = thrown instanceof Error ? `${thrown.message} ${'code' in thrown ? String(thrown.code) : ''}` : String(thrown);
  const truncated = /unexpected end of file|Z_BUF_ERROR|src_size_wrong|srcSize_wrong|incomplete|error code (?:8|10)\b/i.test(text);
  return new DecompressionError(truncated ? 'truncated' : 'corrupt', thrown);
};

/** A failing disk, not failing data. */
const isSystemError = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'syscall' in thrown;

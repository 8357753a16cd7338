import { open, type FileHandle } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { XzReadableStream as XzReadableStreamClass } from 'xz-decompress';

/**
 * The decompressed chunks of an .xz file, by WebAssembly. `source`: the bytes of the same file.
 *
 * A fresh copy of the module for each stream: the module lets only one of its streams live at a time, and the two halves of a Moses pair are read side by side.
 */
export async function* xzChunks(path: string, source: AsyncGenerator<Uint8Array, void, undefined>): AsyncGenerator<Uint8Array, void, undefined> {
  const streams = await xzStreamEnds(path);
  const input = new ByteFeed(source);
  for (const bytes of streams) {
    const Stream = freshXz();
    const reader = new Stream(input.take(bytes)).getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) if (next.value.length > 0) yield next.value;
    } finally {
      await reader.cancel().catch(() => {});
    }
  }
}

/** Hands the chunks of one source to several readers, a stated number of bytes each. */
class ByteFeed {
  readonly #source: AsyncGenerator<Uint8Array, void, undefined>;
  #rest: Uint8Array | null = null;

  constructor(source: AsyncGenerator<Uint8Array, void, undefined>) {
    this.#source = source;
  }

  take(bytes: number): ReadableStream<Uint8Array> {
    let left = bytes;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        if (left === 0) { controller.close(); return; }
        if (this.#rest === null) {
          const next = await this.#source.next();
          if (next.done === true) { controller.close(); return; }
          this.#rest = next.value;
        }
        const piece = this.#rest.subarray(0, left);
        this.#rest = piece.length < this.#rest.length ? this.#rest.subarray(piece.length) : null;
        left -= piece.length;
        controller.enqueue(piece);
      },
    }, { highWaterMark: 0 });
  }
}

/**
 * The lengths of the streams in an .xz file, which may hold several (`cat a.xz b.xz`), read from the footers at their ends.
 *
 * The .xz file format 1.2, sections 2.1.2 and 4: the footer tells the size of the index, the index those of the blocks. One length, the file's own, where the
 * footers do not fit: then the decompressor finds out what is wrong.
 */
const xzStreamEnds = async (path: string): Promise<readonly number[]> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const lengths: number[] = [];
    let end = size;
    while (end > 0) {
      const footer = await bytesAt(file, end - 4, 4);
      // Stream padding: zeros, four at a time.
      if (footer.every((byte) => byte === 0)) { end -= 4; lengths.push(-4); continue; }
      const length = await xzStreamLength(file, end);
      if (length === null || length > end) return [size];
      lengths.push(length);
      end -= length;
    }
    return withoutPadding(lengths.reverse());
  } finally {
    await file.close();
  }
};

/** Padding after a stream is fed to that stream's reader, which stops before it. */
const withoutPadding = (lengths: readonly number[]): readonly number[] => {
  const streams: number[] = [];
  for (const length of lengths) {
    if (length > 0) streams.push(length);
    else if (streams.length > 0) streams[streams.length - 1] = (streams.at(-1) ?? 0) - length;
  }
  return streams;
};

const xzStreamLength = async (file: FileHandle, end: number): Promise<number | null> => {
  const footer = await bytesAt(file, end - 12, 12);
  if (footer.length < 12 || footer[10] !== 0x59 || footer[11] !== 0x5a) return null;
  const indexSize = (new DataView(footer.buffer, footer.byteOffset).getUint32(4, true) + 1) * 4;
  if (indexSize > 64 * 1024 * 1024 || indexSize + 24 > end) return null;
  const index = await bytesAt(file, end - 12 - indexSize, indexSize);
  if (index[0] !== 0) return null;
  let at = 1;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = index[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  let blocks = 0;
  const records = number();
  for (let record = 0; record < records && at < index.length; record += 1) {
    blocks += Math.ceil(number() / 4) * 4;
    number();
  }
  return 12 + blocks + indexSize + 12;
};

const bytesAt = async (file: FileHandle, position: number, length: number): Promise<Uint8Array> => {
  if (position < 0) return new Uint8Array(0);
  const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};

const requirePackage = createRequire(import.meta.url);

const freshXz = (): typeof XzReadableStreamClass => {
  const place = requirePackage.resolve('xz-decompress');
  delete requirePackage.cache[place];
  const loaded: { readonly XzReadableStream: typeof XzReadableStreamClass } = requirePackage('xz-decompress');
  return loaded.XzReadableStream;
};

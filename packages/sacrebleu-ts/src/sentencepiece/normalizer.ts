import type { ByteTrie } from './byte-trie.ts';
import { Charsmap } from './charsmap.ts';
import type { NormalizerOptions } from './model.ts';
import { lengthOfPoint } from './utf8.ts';

const space = 0x20;
/** U+2581, which stands for a space. */
const escapedSpace = Uint8Array.of(0xe2, 0x96, 0x81);
const plainSpace = Uint8Array.of(space);

/**
 * Text before it is cut: characters mapped, spaces trimmed, joined and escaped, one put in front. All on UTF-8.
 *
 * Follows sentencepiece's normalizer.cc step by step, its order of trimming included: a text of nothing but U+2581 becomes nothing.
 */
export class Normalizer {
  readonly #options: NormalizerOptions;
  readonly #map: Charsmap | null;
  readonly #kept: ByteTrie;
  readonly #space: Uint8Array;

  /** `kept` holds the user-defined symbols, which no map may change. @throws SacrebleuError `bad-model` */
  constructor(options: NormalizerOptions, kept: ByteTrie) {
    this.#options = options;
    this.#map = options.charsmap.length === 0 ? null : new Charsmap(options.charsmap);
    this.#kept = kept;
    this.#space = options.escapeWhitespace ? escapedSpace : plainSpace;
  }

  normalize(input: Uint8Array): Uint8Array {
    const { dummyPrefix, removeExtraWhitespace, whitespaceAsSuffix } = this.#options;
    const reader = new MappedReader(input, this.#map, this.#kept);
    if (removeExtraWhitespace) reader.skipSpaces();
    if (reader.atEnd) return new Uint8Array();
    const out = new ByteBuffer(input.length * 2 + 16);
    if (dummyPrefix && !whitespaceAsSuffix) out.append(this.#space);
    let afterSpace = removeExtraWhitespace;
    while (!reader.atEnd) {
      const piece = reader.next();
      const text = afterSpace ? withoutLeadingSpaces(piece) : piece;
      for (const byte of text) {
        if (byte === space) out.append(this.#space);
        else out.push(byte);
      }
      if (text.length > 0) afterSpace = text.at(-1) === space;
      if (!removeExtraWhitespace) afterSpace = false;
    }
    if (removeExtraWhitespace) while (out.endsWith(this.#space)) out.drop(this.#space.length);
    if (dummyPrefix && whitespaceAsSuffix) out.append(this.#space);
    return out.bytes();
  }
}

/** Reads text in the longest units that the map or the user-defined symbols know, else character by character. */
class MappedReader {
  readonly #input: Uint8Array;
  readonly #map: Charsmap | null;
  readonly #kept: ByteTrie;
  #at = 0;

  constructor(input: Uint8Array, map: Charsmap | null, kept: ByteTrie) {
    this.#input = input;
    this.#map = map;
    this.#kept = kept;
  }

  get atEnd(): boolean {
    return this.#at >= this.#input.length;
  }

  skipSpaces(): void {
    while (!this.atEnd) {
      const before = this.#at;
      const text = this.next();
      if (text.length === 1 && text[0] === space) continue;
      this.#at = before;
      return;
    }
  }

  /** The mapped text of the next unit. */
  next(): Uint8Array {
    const start = this.#at;
    const kept = this.#kept.longest(this.#input, start);
    if (kept === 0 && this.#map?.match(this.#input, start) === true) {
      this.#at += this.#map.length;
      return this.#map.texts.subarray(this.#map.textStart, this.#map.textEnd);
    }
    this.#at += kept > 0 ? kept : lengthOfPoint(this.#input[start] ?? 0);
    return this.#input.subarray(start, this.#at);
  }
}

const withoutLeadingSpaces = (text: Uint8Array): Uint8Array => {
  let start = 0;
  while (text[start] === space) start += 1;
  return text.subarray(start);
};

/** Bytes that grow at the end. */
class ByteBuffer {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.#length);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  append(bytes: Uint8Array): void {
    for (const byte of bytes) this.push(byte);
  }

  endsWith(bytes: Uint8Array): boolean {
    const start = this.#length - bytes.length;
    return start >= 0 && bytes.every((byte, index) => this.#bytes[start + index] === byte);
  }

  drop(count: number): void {
    this.#length -= count;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

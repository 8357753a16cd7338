import { createHash, hash } from 'node:crypto';

/**
 * Which text has which row: an open-addressing table over typed arrays, for millions of sentences (a JS Map ends at 16.7 M and costs ten times the memory).
 *
 * A key is 16 bytes: 127 bits of sha256 over prefix, a zero byte and the text, and in the last bit whether the sentence was cut at the encoder's maximum,
 * so that a reused vector still tells that it is one of a truncated sentence. Two different texts share a key with a chance of 1e-24 at a million rows.
 */
export const keyWords = 4;
export const keyBytes = 16;
const flag = 0x8000_0000;
const withoutFlag = 0x7fff_ffff;

/** Keys of many texts, four words each. */
export const keysOf = (prefix: string, texts: readonly string[]): Uint32Array => {
  const keys = new Uint32Array(texts.length * keyWords);
  for (const [index, text] of texts.entries()) {
    // A binary string is several times faster to make than a Buffer.
    const digest = hash('sha256', `${prefix}\0${text}`, 'binary');
    for (let word = 0; word < keyWords; word += 1) keys[index * keyWords + word] = littleEndian(digest, 4 * word);
    const last = index * keyWords + keyWords - 1;
    keys[last] = (keys[last] ?? 0) & withoutFlag;
  }
  return keys;
};

const littleEndian = (bytes: string, at: number): number =>
  (bytes.charCodeAt(at) | (bytes.charCodeAt(at + 1) << 8) | (bytes.charCodeAt(at + 2) << 16) | (bytes.charCodeAt(at + 3) << 24)) >>> 0;

export const markTruncated = (keys: Uint32Array, index: number): void => {
  const last = index * keyWords + keyWords - 1;
  keys[last] = ((keys[last] ?? 0) | flag) >>> 0;
};

export const isTruncated = (keys: Uint32Array, index: number): boolean => ((keys[index * keyWords + keyWords - 1] ?? 0) & flag) !== 0;

/** A short digest of keys, to see whether a block is the one that was begun. */
export const digestOf = (keys: Uint32Array): string => createHash('sha256').update(new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength)).digest('hex').slice(0, 32);

export type KeyTable = {
  readonly size: () => number;
  /** The row of key `index` of `keys`, or -1. */
  find(keys: Uint32Array, index: number): number;
  /** Gives the next row to key `index`; the caller knows that it is new. */
  append(keys: Uint32Array, index: number): number;
  /** Whether the sentence of a row was cut. */
  truncated(row: number): boolean;
};

export const createKeyTable = (expected = 0): KeyTable => {
  let keys = new Uint32Array(Math.max(1024, expected) * keyWords);
  let slots = new Uint32Array(slotsFor(Math.max(1024, expected)));
  let size = 0;

  const same = (row: number, other: Uint32Array, index: number): boolean => {
    const a = row * keyWords;
    const b = index * keyWords;
    return keys[a] === other[b] && keys[a + 1] === other[b + 1] && keys[a + 2] === other[b + 2]
      && ((keys[a + 3] ?? 0) & withoutFlag) === ((other[b + 3] ?? 0) & withoutFlag);
  };

  /** The slot of the key, or the free slot where it belongs. */
  const slotOf = (other: Uint32Array, index: number): number => {
    const mask = slots.length - 1;
    let slot = (other[index * keyWords] ?? 0) & mask;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0 || same(entry - 1, other, index)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    const larger = new Uint32Array(keys.length * 2);
    larger.set(keys);
    keys = larger;
    slots = new Uint32Array(slotsFor(keys.length / keyWords));
    for (let row = 0; row < size; row += 1) slots[slotOf(keys, row)] = row + 1;
  };

  return {
    size: () => size,
    find: (other, index) => (slots[slotOf(other, index)] ?? 0) - 1,
    append: (other, index) => {
      if ((size + 1) * keyWords > keys.length) grow();
      keys.set(other.subarray(index * keyWords, (index + 1) * keyWords), size * keyWords);
      slots[slotOf(keys, size)] = size + 1;
      size += 1;
      return size - 1;
    },
    truncated: (row) => isTruncated(keys, row),
  };
};

/** Slots for so many rows: a power of two, at most half full. */
const slotsFor = (rows: number): number => 2 ** Math.ceil(Math.log2(rows * 2));

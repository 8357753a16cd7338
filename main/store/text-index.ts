/**
 * Finds the ordinal of a text that was seen before, in 8 bytes a slot and without a JavaScript Map, which ends at 16.7 million entries.
 *
 * An open-addressing table of (32-bit hash, ordinal + 1) with linear probing, at most three quarters full. The hash only proposes: `same` compares the
 * text itself, so that a collision never merges two different texts.
 */
export type TextIndex = {
  /** The ordinal for which `same` is true, or -1 after the text was put in under `ordinal`. */
  findOrAdd(hash: number, ordinal: number, same: (ordinal: number) => boolean): number;
  /** Gives the memory back at once; the index is of no use afterwards. */
  free(): void;
};

export const createTextIndex = (): TextIndex => {
  let hashes = new Uint32Array(1 << 12);
  let ordinals = new Uint32Array(1 << 12);
  let mask = hashes.length - 1;
  let used = 0;

  const grow = (): void => {
    const [oldHashes, oldOrdinals] = [hashes, ordinals];
    hashes = new Uint32Array(oldHashes.length * 2);
    ordinals = new Uint32Array(oldHashes.length * 2);
    mask = hashes.length - 1;
    for (let from = 0; from < oldHashes.length; from += 1) {
      const ordinal = oldOrdinals[from] ?? 0;
      if (ordinal === 0) continue;
      const hash = oldHashes[from] ?? 0;
      let slot = hash & mask;
      while (ordinals[slot] !== 0) slot = (slot + 1) & mask;
      hashes[slot] = hash;
      ordinals[slot] = ordinal;
    }
    freeAtOnce(oldHashes, oldOrdinals);
  };

  return {
    free: () => { freeAtOnce(hashes, ordinals); },
    findOrAdd: (hash, ordinal, same) => {
      let slot = hash & mask;
      for (let there = ordinals[slot] ?? 0; there !== 0; there = ordinals[slot] ?? 0) {
        if (hashes[slot] === hash && same(there - 1)) return there - 1;
        slot = (slot + 1) & mask;
      }
      hashes[slot] = hash;
      ordinals[slot] = ordinal + 1;
      used += 1;
      if (used * 4 > hashes.length * 3) grow();
      return -1;
    },
  };
};

/** The garbage collector does not hurry over memory outside its heap: a million lines left 60 MB of outgrown tables behind. */
export const freeAtOnce = (...arrays: readonly Uint32Array<ArrayBuffer>[]): void => {
  for (const array of arrays) array.buffer.transfer(0);
};

/** The same with room for more, the old memory given back at once. */
export const enlarged = (array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> => new Uint32Array(array.buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT));

/** 32 bits over UTF-16 code units: murmur3's mixing (Appleby, public domain), two units a step. */
export const hashText = (text: string): number => {
  let hash = text.length | 0;
  for (let at = 0; at < text.length; at += 2) hash = mix(hash, text.charCodeAt(at) | (at + 1 < text.length ? text.charCodeAt(at + 1) << 16 : 0));
  return finish(hash);
};

export const hashPair = (left: number, right: number): number => finish(mix(mix(0, left), right));

const mix = (hash: number, block: number): number => {
  let k = Math.imul(block, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = hash ^ k;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
};

const finish = (hash: number): number => {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

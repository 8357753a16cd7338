import { inChunks, part, type Steps } from '../../mine/steps.ts';

/**
 * The same source with different targets, and the reverse, over all pairs of an origin.
 *
 * Texts are compared by a 53-bit hash of what is read: case, blanks and composition do not make a text another one. Two different texts of ten
 * million share a hash with a chance of one in a hundred.
 */
export type RepeatedSides = {
  /** Pairs in order of their ids, each once. */
  add(source: string, target: string): void;
  /** A pair that is not there any more keeps its place and says nothing. */
  skip(): void;
  /** For each pair added: a bit 1 for `same-source`, a bit 2 for `same-target`. A step takes a few milliseconds. */
  result(): Steps<Uint8Array>;
};

export const sameSource = 1;
export const sameTarget = 2;

/** `count`: how many pairs will be added, at most. Memory: 17 bytes a pair. */
export const createRepeatedSides = (count: number): RepeatedSides => {
  const hashes = { source: new Float64Array(count), target: new Float64Array(count) };
  let size = 0;
  return {
    add: (source, target) => {
      hashes.source[size] = readHash(source);
      hashes.target[size] = readHash(target);
      size += 1;
    },
    skip: () => {
      hashes.source[size] = nobody;
      hashes.target[size] = nobody;
      size += 1;
    },
    result: function* () {
      const out = new Uint8Array(size);
      yield* part(mark(out, hashes.source, hashes.target, sameSource), 0, 0.5);
      yield* part(mark(out, hashes.target, hashes.source, sameTarget), 0.5, 1);
      return out;
    },
  };
};

/** No hash is negative. */
const nobody = -1;
/** Pairs looked up in a step. */
const step = 32_768;

/** Groups the pairs by `keys` in an open table and marks the groups that have more than one of `others`. */
const mark = function* (out: Uint8Array, keys: Float64Array, others: Float64Array, bit: number): Steps<void> {
  const slots = 2 ** Math.max(4, Math.ceil(Math.log2(out.length * 1.5 + 1)));
  const firsts = new Int32Array(slots).fill(-1);
  const groups = new Uint32Array(out.length);
  for (let at = 0; at < out.length; at += 1) {
    if (at % step === step - 1) yield 0.9 * at / out.length;
    const key = keys[at] ?? nobody;
    if (key === nobody) continue;
    let slot = key % slots;
    for (let first = firsts[slot] ?? -1; first >= 0 && keys[first] !== key; first = firsts[slot] ?? -1) slot = (slot + 1) % slots;
    const first = firsts[slot] ?? -1;
    if (first < 0) firsts[slot] = at;
    groups[at] = first < 0 ? at : first;
    if (first >= 0 && others[first] !== others[at]) out[first] = (out[first] ?? 0) | bit;
  }
  yield* part(inChunks(out.length, (from, end) => {
    for (let at = from; at < end; at += 1) if (keys[at] !== nobody && ((out[groups[at] ?? at] ?? 0) & bit) !== 0) out[at] = (out[at] ?? 0) | bit;
  }), 0.9, 1);
};

/** What is the same to a reader has the same hash: cyrb53 (public domain, by bryc) over the folded text. */
export const readHash = (text: string): number => {
  const folded = text.normalize('NFC').trim().toLowerCase().replace(/\s+/gu, ' ');
  let [high, low] = [0xDEADBEEF, 0x41C6CE57];
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
};

import { seedWords, type Seed } from './seed-sequence.ts';

const two32 = 4_294_967_296;
/** The multiplier 0x2360ed051fc65da44385df649fccf645, as four 32-bit words from the lowest up. */
const m0 = 0x9fccf645;
const m1 = 0x4385df64;
const m2 = 0x1fc65da4;
const m3 = 0x2360ed05;

/**
 * The high 32 bits of an unsigned 32 x 32 bit product, each factor given as its low and high 16 bits.
 *
 * JavaScript has no such operation: schoolbook digits of 16 bits keep every step in 32-bit integers.
 */
export const highProduct = (aLow: number, aHigh: number, bLow: number, bHigh: number): number => {
  const cross = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const middle = (Math.imul(aLow, bHigh) + (cross & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (cross >>> 16) + (middle >>> 16)) | 0;
};

/**
 * NumPy's default generator, PCG64 (XSL RR 128/64), with its buffer of half words.
 *
 * state = state * multiplier + increment (mod 2^128); the output rotates the xor of both halves of the new state by its top 6 bits.
 * A 32-bit draw takes the low half of a 64-bit output and keeps the high half for the next; a 64-bit draw leaves that half where it is.
 * M. O'Neill, "PCG", 2014; numpy/random/src/pcg64 (MIT/BSD).
 */
export class Pcg64 {
  readonly #state = new Int32Array(4);
  readonly #increment = new Int32Array(4);
  readonly #pair = new Uint32Array(2);
  #half: number | null = null;

  constructor(seed: Seed) {
    const [highLow = 0, highHigh = 0, lowLow = 0, lowHigh = 0, ...sequence] = seedWords(seed, 8);
    const [sequenceHighLow = 0, sequenceHighHigh = 0, sequenceLowLow = 0, sequenceLowHigh = 0] = sequence;
    this.#increment.set([
      (sequenceLowLow << 1) | 1,
      (sequenceLowHigh << 1) | (sequenceLowLow >>> 31),
      (sequenceHighLow << 1) | (sequenceLowHigh >>> 31),
      (sequenceHighHigh << 1) | (sequenceHighLow >>> 31),
    ]);
    const initial = (BigInt(highHigh) << 96n) | (BigInt(highLow) << 64n) | (BigInt(lowHigh) << 32n) | BigInt(lowLow);
    const started = (initial + toBig(this.#increment)) & ((1n << 128n) - 1n);
    for (let word = 0; word < 4; word += 1) this.#state[word] = Number((started >> BigInt(32 * word)) & 0xffffffffn);
    this.#advance(this.#pair, 0, 1);
  }

  /** Where the generator stands: the 128-bit state and the half word kept for the next 32-bit draw. */
  get position(): { readonly state: bigint; readonly increment: bigint; readonly half: number | null } {
    return { state: toBig(this.#state), increment: toBig(this.#increment), half: this.#half };
  }

  /** Writes 32-bit draws to `out[start..end)`. */
  fill32(out: Uint32Array, start = 0, end = out.length): void {
    let next = start;
    if (this.#half !== null && next < end) {
      out[next] = this.#half;
      this.#half = null;
      next += 1;
    }
    const pairs = (end - next) >>> 1;
    this.#advance(out, next, pairs);
    next += 2 * pairs;
    if (next === end) return;
    this.#advance(this.#pair, 0, 1);
    [out[next], this.#half] = [this.#pair[0] ?? 0, this.#pair[1] ?? 0];
  }

  /** One 64-bit draw. */
  next64(): bigint {
    this.#advance(this.#pair, 0, 1);
    const [low = 0, high = 0] = this.#pair;
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** Writes `pairs` outputs from `out[start]` on, low word first. The hot loop: four 32-bit words in locals, no allocation. */
  #advance(out: Uint32Array, start: number, pairs: number): void {
    let [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = this.#state;
    const [i0 = 0, i1 = 0, i2 = 0, i3 = 0] = this.#increment;
    const end = start + 2 * pairs;
    for (let next = start; next < end; next += 2) {
      const a0 = s0 & 0xffff;
      const b0 = s0 >>> 16;
      const a1 = s1 & 0xffff;
      const b1 = s1 >>> 16;
      const high00 = highProduct(a0, b0, m0 & 0xffff, m0 >>> 16);
      const high01 = highProduct(a0, b0, m1 & 0xffff, m1 >>> 16);
      const high10 = highProduct(a1, b1, m0 & 0xffff, m0 >>> 16);
      const high02 = highProduct(a0, b0, m2 & 0xffff, m2 >>> 16);
      const high11 = highProduct(a1, b1, m1 & 0xffff, m1 >>> 16);
      const high20 = highProduct(s2 & 0xffff, s2 >>> 16, m0 & 0xffff, m0 >>> 16);
      const word0 = (Math.imul(s0, m0) >>> 0) + (i0 >>> 0);
      const word1 = (high00 >>> 0) + (Math.imul(s0, m1) >>> 0) + (Math.imul(s1, m0) >>> 0) + (i1 >>> 0) + Math.floor(word0 / two32);
      const word2 =
        (high01 >>> 0) + (high10 >>> 0) + (Math.imul(s0, m2) >>> 0) + (Math.imul(s1, m1) >>> 0) + (Math.imul(s2, m0) >>> 0) + (i2 >>> 0) + Math.floor(word1 / two32);
      const top = (Math.imul(s0, m3) + Math.imul(s1, m2) + Math.imul(s2, m1) + Math.imul(s3, m0)) | 0;
      s3 = (top + high02 + high11 + high20 + i3 + Math.floor(word2 / two32)) | 0;
      s0 = word0 | 0;
      s1 = word1 | 0;
      s2 = word2 | 0;

      const rotation = s3 >>> 26;
      const swap = -(rotation >>> 5) & (s0 ^ s2 ^ s1 ^ s3);
      const low = s0 ^ s2 ^ swap;
      const high = s1 ^ s3 ^ swap;
      out[next] = (low >>> rotation) | ((high << 1) << ~rotation);
      out[next + 1] = (high >>> rotation) | ((low << 1) << ~rotation);
    }
    this.#state.set([s0, s1, s2, s3]);
  }
}

const toBig = (words: Int32Array): bigint => words.reduceRight((value, word) => (value << 32n) | BigInt(word >>> 0), 0n);

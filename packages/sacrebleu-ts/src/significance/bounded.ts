import { highProduct, type Pcg64 } from './pcg64.ts';

const two32 = 4_294_967_296;
const two64 = 1n << 64n;

/**
 * Fills `out` with integers of [0, bound), 1 <= bound <= 2^32, as NumPy's `integers(0, bound)`, which is also its `choice(bound)`.
 *
 * Lemire's method: the high word of draw * bound, unless the low word is below 2^32 mod bound. A bound of 1 draws nothing, one of 2^32 is the
 * raw draw. D. Lemire, "Fast random integer generation in an interval", 2019.
 */
export const fillIndices = (random: Pcg64, bound: number, out: Uint32Array): void => {
  if (bound === 1) {
    out.fill(0);
    return;
  }
  random.fill32(out);
  if (bound === two32) return;
  const threshold = two32 % bound;
  let kept = multiplyDown(out, 0, bound, threshold);
  while (kept < out.length) {
    random.fill32(out, kept);
    kept = multiplyDown(out, kept, bound, threshold);
  }
};

/** Turns the draws of `out[start..]` into indices, leaves the rejected out, and returns where the kept ones end. */
const multiplyDown = (out: Uint32Array, start: number, bound: number, threshold: number): number => {
  const low = bound & 0xffff;
  const high = bound >>> 16;
  let kept = start;
  for (let next = start; next < out.length; next += 1) {
    const draw = out[next] ?? 0;
    if (Math.imul(draw, bound) >>> 0 < threshold) continue;
    out[kept] = highProduct(draw & 0xffff, draw >>> 16, low, high);
    kept += 1;
  }
  return kept;
};

/** One integer of [0, bound), 2^32 < bound <= 2^64: the same method with 64-bit draws. */
export const drawBigIndex = (random: Pcg64, bound: bigint): bigint => {
  const threshold = two64 % bound;
  for (;;) {
    const product = random.next64() * bound;
    if (product % two64 >= threshold) return product >> 64n;
  }
};

/**
 * NumPy's stream of booleans, `integers(2, dtype=bool)`: the bits of successive 32-bit draws from the lowest up.
 *
 * One object is one call there, however many rows it fills: bits left over from a row begin the next, and those left at the end are lost.
 */
export class CoinFlips {
  readonly #random: Pcg64;
  readonly #words = new Uint32Array(256);
  #word = 0;
  #bitsLeft = 0;

  constructor(random: Pcg64) {
    this.#random = random;
  }

  /** Writes 0 or 1 to every place of `out`. Draws no word before its first bit is needed. */
  throwInto(out: Float64Array): void {
    let next = 0;
    while (next < out.length) {
      const needed = Math.ceil((out.length - next - this.#bitsLeft) / 32);
      const words = this.#words.subarray(0, Math.max(0, Math.min(needed, this.#words.length)));
      next = this.#spend(out, next);
      this.#random.fill32(words);
      for (const word of words) {
        this.#word = word;
        this.#bitsLeft = 32;
        next = this.#spend(out, next);
      }
    }
  }

  #spend(out: Float64Array, start: number): number {
    const count = Math.min(this.#bitsLeft, out.length - start);
    for (let bit = 0; bit < count; bit += 1) out[start + bit] = (this.#word >>> bit) & 1;
    this.#word = count === 32 ? 0 : this.#word >>> count;
    this.#bitsLeft -= count;
    return start + count;
  }
}

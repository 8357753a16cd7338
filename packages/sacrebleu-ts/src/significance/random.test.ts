import { describe, expect, it } from 'vitest';
import { SacrebleuError } from '../errors.ts';
import { CoinFlips, drawBigIndex, fillIndices } from './bounded.ts';
import { highProduct, Pcg64 } from './pcg64.ts';
import { seedWords } from './seed-sequence.ts';

const indices = (random: Pcg64, bound: number, count: number): number[] => {
  const out = new Uint32Array(count);
  fillIndices(random, bound, out);
  return [...out];
};
const flips = (coins: CoinFlips, count: number): number[] => {
  const out = new Float64Array(count);
  coins.throwInto(out);
  return [...out];
};

describe('the random numbers of NumPy’s default_rng', () => {
  it('are its 64-bit words', () => {
    const random = new Pcg64(12_345);
    expect([1, 2, 3, 4].map(() => random.next64().toString(16))).toEqual(['3a32b18db2ffc19d', '51171315c9e4c4de', 'cc2024823444efd9', 'ad1f06aea486e910']);
  });

  it('are its bounded integers', () => {
    expect(indices(new Pcg64(12_345), 10, 20)).toEqual([6, 2, 7, 3, 2, 7, 6, 6, 9, 3, 8, 3, 5, 5, 2, 1, 2, 6, 6, 9]);
    expect(indices(new Pcg64(12_345), 3004, 8)).toEqual([2100, 682, 2369, 951, 613, 2395, 1930, 2031]);
  });

  it('are its booleans, then its integers from the next word on', () => {
    expect(flips(new CoinFlips(new Pcg64(12_345)), 20)).toEqual([1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    const random = new Pcg64(7);
    expect(flips(new CoinFlips(random), 20)).toEqual([1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0]);
    expect(indices(random, 10, 6)).toEqual([6, 6, 8, 5, 7, 8]);
  });

  it('do not depend on how many are asked for at once', () => {
    const [whole, parts] = [new Pcg64(1), new Pcg64(1)];
    const inParts = [1, 2, 3, 5, 89].flatMap((count) => indices(parts, 3_221_225_473, count));
    expect(inParts).toEqual(indices(whole, 3_221_225_473, 100));
    expect(parts.position).toEqual(whole.position);
    const [wholeCoins, partCoins] = [new CoinFlips(new Pcg64(2)), new CoinFlips(new Pcg64(2))];
    expect([1, 31, 32, 33, 64, 0, 9000, 839].flatMap((count) => flips(partCoins, count))).toEqual(flips(wholeCoins, 10_000));
  });

  it('stay within the bound and reach both ends', () => {
    const drawn = indices(new Pcg64(5), 6, 1000);
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(drawBigIndex(new Pcg64(5), 2n ** 64n)).toBe(new Pcg64(5).next64());
  });

  it('draw nothing for a bound of 1', () => {
    const random = new Pcg64(3);
    const before = random.position;
    expect(indices(random, 1, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(random.position).toEqual(before);
  });
});

describe('a seed', () => {
  it('is a number, a bigint or its 32-bit words', () => {
    const words = seedWords(2n ** 128n - 1n, 8);
    expect(seedWords(Uint32Array.of(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff), 8)).toEqual(words);
    expect(seedWords(0, 8)).toEqual(seedWords(0n, 8));
    expect(seedWords(0, 8)).not.toEqual(seedWords(1, 8));
  });

  it('may be longer than the pool', () => {
    expect(seedWords(2n ** 160n, 8)).not.toEqual(seedWords(2n ** 161n, 8));
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53, -1n])('is refused when it is %s', (seed) => {
    expect(() => seedWords(seed, 8)).toThrow(SacrebleuError);
  });
});

it('the high half of a product is exact for every pattern of carries', () => {
  const numbers = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0x9fccf645, 0xfffeffff, 0xffffffff];
  for (const a of numbers) {
    for (const b of numbers) {
      expect(highProduct(a & 0xffff, a >>> 16, b & 0xffff, b >>> 16) >>> 0).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
    }
  }
});

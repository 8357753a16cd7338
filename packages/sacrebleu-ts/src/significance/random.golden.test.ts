import { expect, it } from 'vitest';
import { describeWithGolden } from '../../fixtures/golden.ts';
import { CoinFlips, drawBigIndex, fillIndices } from './bounded.ts';
import { Pcg64 } from './pcg64.ts';
import { seedPool, seedWords } from './seed-sequence.ts';

type RawDraws = {
  readonly seed_sequence_pool_u32: readonly number[];
  readonly generate_state_u64_4: readonly string[];
  readonly state: string;
  readonly inc: string;
  readonly random_raw: readonly string[];
  readonly uint32: readonly number[];
};
type Integers = { readonly seed: number; readonly n: number | string; readonly integers: readonly (number | string)[]; readonly state_after: string; readonly has_uint32: number; readonly uinteger: number };
type Mixed = { readonly seed: number; readonly bool: string; readonly choice10: readonly number[]; readonly integers2_33: readonly number[]; readonly choice7: readonly number[] };
type Golden = { readonly rng: { readonly raw: Readonly<Record<string, RawDraws>>; readonly integers: readonly Integers[]; readonly mixed: readonly Mixed[] } };

const hexadecimal = (value: bigint, digits: number): string => value.toString(16).padStart(digits, '0');
const draw32 = (random: Pcg64, count: number): number[] => {
  const out = new Uint32Array(count);
  random.fill32(out);
  return [...out];
};
const indices = (random: Pcg64, bound: number, count: number): number[] => {
  const out = new Uint32Array(count);
  fillIndices(random, bound, out);
  return [...out];
};

describeWithGolden<Golden>('significance', 'the random stream of every golden seed', ({ rng }) => {
  it('starts from NumPy’s pool, words, state and increment, and draws the same 64-bit and 32-bit words', () => {
    const seeds = Object.entries(rng.raw);
    for (const [text, expected] of seeds) {
      const seed = BigInt(text);
      expect([...seedPool(seed)]).toEqual(expected.seed_sequence_pool_u32);
      const words = seedWords(seed, 8);
      const pairs = [0, 2, 4, 6].map((index) => hexadecimal((BigInt(words[index + 1] ?? 0) << 32n) | BigInt(words[index] ?? 0), 16));
      expect(pairs).toEqual(expected.generate_state_u64_4);
      const random = new Pcg64(seed);
      expect(hexadecimal(random.position.state, 32)).toBe(expected.state);
      expect(hexadecimal(random.position.increment, 32)).toBe(expected.inc);
      expect(expected.random_raw.map(() => hexadecimal(random.next64(), 16))).toEqual(expected.random_raw);
      expect(draw32(new Pcg64(Number(seed)), expected.uint32.length)).toEqual(expected.uint32);
    }
    expect(seeds.length).toBeGreaterThanOrEqual(7);
  });

  it('gives the same bounded integers and stands at the same place afterwards', () => {
    for (const { seed, n, integers, state_after, has_uint32, uinteger } of rng.integers) {
      const random = new Pcg64(seed);
      const bound = BigInt(n);
      const drawn = bound <= 2n ** 32n ? indices(random, Number(bound), integers.length) : integers.map(() => drawBigIndex(random, bound));
      expect(drawn.map(String), `seed ${seed}, bound ${n}`).toEqual(integers.map(String));
      expect(hexadecimal(random.position.state, 32), `seed ${seed}, bound ${n}`).toBe(state_after);
      expect(random.position.half).toBe(has_uint32 === 1 ? uinteger : null);
    }
    expect(rng.integers.length).toBeGreaterThanOrEqual(92);
  });

  it('keeps half words across booleans, 32-bit and 64-bit draws of one generator', () => {
    for (const { seed, bool, choice10, integers2_33, choice7 } of rng.mixed) {
      const random = new Pcg64(seed);
      const coins = new CoinFlips(random);
      const rows = [0, 1, 2].map(() => {
        const row = new Float64Array(35);
        coins.throwInto(row);
        return row.join('');
      });
      expect(rows.join('')).toBe(bool);
      expect(indices(random, 10, 20)).toEqual(choice10);
      expect(integers2_33.map(() => Number(drawBigIndex(random, 2n ** 33n)))).toEqual(integers2_33);
      expect(indices(random, 7, 5)).toEqual(choice7);
    }
    expect(rng.mixed.length).toBeGreaterThanOrEqual(4);
  });
});

import { SacrebleuError } from '../errors.ts';

/** A whole number from 0, or 32-bit words of entropy, lowest first (four for an unseeded run). */
export type Seed = number | bigint | Uint32Array;

const poolSize = 4;
const initA = 0x43b0d7e5;
const multiplierA = 0x931e8875;
const initB = 0x8b51f9dd;
const multiplierB = 0x58f38ded;
const mixLeft = 0xca01f9dd;
const mixRight = 0x4973f715;

/**
 * Stretches a seed into `count` well-mixed 32-bit words, as NumPy's `SeedSequence(seed).generate_state(count)`.
 *
 * Source: numpy/random/bit_generator.pyx (BSD), after M. O'Neill's `seed_seq_fe`.
 */
export const seedWords = (seed: Seed, count: number): Uint32Array => {
  const pool = seedPool(seed);
  const hash = hasher(initB, multiplierB);
  return Uint32Array.from({ length: count }, (_, index) => hash(pool[index % poolSize] ?? 0));
};

/** The four words that all others come from: `SeedSequence(seed).pool`. */
export const seedPool = (seed: Seed): Uint32Array => {
  const entropy = entropyWords(seed);
  const hash = hasher(initA, multiplierA);
  const pool = Uint32Array.from({ length: poolSize }, (_, index) => hash(entropy[index] ?? 0));
  const stir = (target: number, word: number): void => {
    pool[target] = mix(pool[target] ?? 0, hash(word));
  };
  for (let source = 0; source < poolSize; source += 1) {
    for (let target = 0; target < poolSize; target += 1) {
      if (source !== target) stir(target, pool[source] ?? 0);
    }
  }
  for (const word of entropy.subarray(poolSize)) {
    for (let target = 0; target < poolSize; target += 1) stir(target, word);
  }
  return pool;
};

const hasher = (init: number, multiplier: number): ((word: number) => number) => {
  let constant = init;
  return (word) => {
    const salted = word ^ constant;
    constant = Math.imul(constant, multiplier);
    const product = Math.imul(salted, constant);
    return (product ^ (product >>> 16)) >>> 0;
  };
};

const mix = (left: number, right: number): number => {
  const difference = Math.imul(mixLeft, left) - Math.imul(mixRight, right);
  return (difference ^ ((difference >>> 0) >>> 16)) >>> 0;
};

const entropyWords = (seed: Seed): Uint32Array => {
  if (seed instanceof Uint32Array) return seed;
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) throw badSeed(seed);
  let rest = BigInt(seed);
  if (rest < 0n) throw badSeed(seed);
  const words: number[] = [];
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return Uint32Array.from(words);
};

const badSeed = (seed: number | bigint): SacrebleuError => new SacrebleuError('bad-option', `A seed is a whole number from 0; ${seed} is not.`);

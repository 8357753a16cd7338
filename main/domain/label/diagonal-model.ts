import type { Steps } from '../mine/steps.ts';
import type { Link } from './similarity-links.ts';

/**
 * A statistical word aligner that learns from the pairs themselves: IBM model 2 with a diagonal of its own (Dyer, Chahuneau and Smith 2013, "A Simple,
 * Fast, and Effective Reparameterization of IBM Model 2"), in the recommended setting of fast_align (`-d -o -v`).
 *
 * For languages that no encoder knows. Likelihoods and links equal fast_align's (scripts/bench/diagonal-model.ts compares). One direction: each target
 * word comes from one source word or from none; two directions are joined with `symmetrise`.
 */
export type DiagonalOptions = {
  /** EM rounds, the last of which only aligns. */
  readonly rounds: number;
  /** Probability that a target word comes from no source word. */
  readonly none: number;
  /** How close to the diagonal at the start (lambda). */
  readonly tension: number;
  /** Learn the tension too, from the second round on. */
  readonly learnTension: boolean;
  /** Dirichlet prior of the translation table; null: none (plain maximum likelihood). */
  readonly prior: number | null;
};

export const usualDiagonal: DiagonalOptions = { rounds: 5, none: 0.08, tension: 4, learnTension: true, prior: 0.01 };

/** Sentence pairs as word numbers. Pairs with an empty side are skipped: they have no links and no likelihood. */
export type WordPairs = readonly { readonly source: Uint32Array; readonly target: Uint32Array }[];

export type DiagonalResult = {
  /** Natural logarithm of the likelihood in each round. */
  readonly likelihoods: readonly number[];
  readonly tension: number;
  readonly links: readonly (readonly Link[])[];
};

/** Pairs between two looks at the clock: a few milliseconds. */
const pairsPerStep = 500;
const unknownProbability = 1e-9;

export const trainDiagonal = function* (pairs: WordPairs, options: DiagonalOptions = usualDiagonal): Steps<DiagonalResult> {
  const table = cellsOf(pairs);
  const sizes = lengthCounts(pairs);
  const targetWords = pairs.reduce((sum, { source, target }) => sum + (source.length === 0 ? 0 : target.length), 0);
  const likelihoods: number[] = [];
  const links: Link[][] = pairs.map(() => []);
  let { tension } = options;
  let probabilities: Float64Array = new Float64Array(table.count).fill(unknownProbability);
  for (let round = 0; round < options.rounds; round += 1) {
    const final = round === options.rounds - 1;
    const counts = new Float64Array(final ? 0 : table.count);
    let [likelihood, feature] = [0, 0];
    for (const [number, pair] of pairs.entries()) {
      const found = passPair(pair, table.cells.subarray(table.starts[number], table.starts[number + 1]), probabilities, counts, { none: options.none, tension, final });
      likelihood += found.likelihood;
      feature += found.feature;
      if (final) links[number] = found.links;
      if (number % pairsPerStep === pairsPerStep - 1) yield (round + number / pairs.length) / options.rounds;
    }
    likelihoods.push(likelihood);
    if (final) break;
    if (options.learnTension && round > 0) tension = betterTension(tension, feature / targetWords, sizes, targetWords);
    probabilities = normalised(counts, table, options.prior);
  }
  return { likelihoods, tension, links };
};

/** Which cell of the translation table each (target word, source word or none) of each pair is: [target words, source words + 1], none first. */
type Cells = { readonly count: number; readonly cells: Uint32Array; readonly starts: Float64Array; /** For each cell its source word, 0 for none. */ readonly sourceOf: Uint32Array; readonly sources: number };

const cellsOf = (pairs: WordPairs): Cells => {
  const starts = new Float64Array(pairs.length + 1);
  for (const [number, { source, target }] of pairs.entries()) starts[number + 1] = (starts[number] ?? 0) + (source.length === 0 ? 0 : target.length * (source.length + 1));
  const cells = new Uint32Array(starts[pairs.length] ?? 0);
  const targets = pairs.reduce((most, { target }) => target.reduce((high, word) => Math.max(high, word), most), 0) + 1;
  const known = new Map<number, number>();
  const sourceOf: number[] = [];
  let sources = 1;
  let at = 0;
  for (const { source, target } of pairs) {
    if (source.length === 0) continue;
    for (const word of target) for (let place = 0; place <= source.length; place += 1) {
      const from = place === 0 ? 0 : (source[place - 1] ?? 0) + 1;
      const key = from * targets + word;
      let cell = known.get(key);
      if (cell === undefined) {
        cell = sourceOf.push(from) - 1;
        known.set(key, cell);
        sources = Math.max(sources, from + 1);
      }
      cells[at] = cell;
      at += 1;
    }
  }
  return { count: sourceOf.length, cells, starts, sourceOf: Uint32Array.from(sourceOf), sources };
};

type Pass = { readonly likelihood: number; readonly feature: number; readonly links: Link[] };

const passPair = ({ source, target }: WordPairs[number], cells: Uint32Array, probabilities: Float64Array, counts: Float64Array, { none, tension, final }: { readonly none: number; readonly tension: number; readonly final: boolean }): Pass => {
  const [m, n] = [target.length, source.length];
  const links: Link[] = [];
  let [likelihood, feature] = [0, 0];
  if (n === 0) return { likelihood, feature, links };
  const shares = new Float64Array(n + 1);
  for (let j = 0; j < m; j += 1) {
    const row = j * (n + 1);
    const scale = (1 - none) / normaliserOf(j + 1, m, n, tension);
    shares[0] = (probabilities[cells[row] ?? 0] ?? 0) * none;
    let sum = shares[0];
    let best = 0;
    for (let i = 1; i <= n; i += 1) {
      const share = (probabilities[cells[row + i] ?? 0] ?? 0) * Math.exp(distance(j + 1, i, m, n) * tension) * scale;
      shares[i] = share;
      sum += share;
      if (share > (shares[best] ?? 0)) best = i;
    }
    likelihood += Math.log(sum);
    if (final) {
      if (best > 0) links.push([best - 1, j]);
      continue;
    }
    for (let i = 0; i <= n; i += 1) {
      const posterior = (shares[i] ?? 0) / sum;
      const cell = cells[row + i] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + posterior;
      // The published program counts target words from 0 in this one place; its tensions, and so its links, depend on it.
      if (i > 0) feature += distance(j, i, m, n) * posterior;
    }
  }
  return { likelihood, feature, links };
};

/** -|i/n - j/m|: 0 on the diagonal. Target word j of m, source word i of n, both from 1. */
const distance = (j: number, i: number, m: number, n: number): number => -Math.abs(i / n - j / m);

/** Sum of exp(distance x tension) over all source words, as two geometric series. */
const normaliserOf = (j: number, m: number, n: number, tension: number): number => {
  const below = Math.floor((j * n) / m);
  const ratio = Math.exp(-tension / n);
  // A length below 0 occurs in `expectedDistance` only, where the published program counts on as if it were endless.
  const series = (i: number, length: number): number => (length === 0 ? 0 : Math.exp(distance(j, i, m, n) * tension) * (1 - (length < 0 ? 0 : ratio ** length)) / (1 - ratio));
  return series(below, below) + series(below + 1, n - below);
};

/** Eight steps of gradient ascent towards the distance from the diagonal that was seen, within 0.1 .. 14. */
const betterTension = (start: number, seen: number, sizes: readonly (readonly [m: number, n: number, count: number])[], targetWords: number): number => {
  let tension = start;
  for (let step = 0; step < 8; step += 1) {
    let expected = 0;
    for (const [m, n, count] of sizes) for (let j = 1; j <= m; j += 1) expected += count * expectedDistance(j, m, n, tension);
    tension = Math.min(14, Math.max(0.1, tension + (seen - expected / targetWords) * 20));
  }
  return tension;
};

const expectedDistance = (j: number, m: number, n: number, tension: number): number => {
  const below = Math.floor((j * n) / m);
  const ratio = Math.exp(-tension / n);
  const step = -1 / n;
  const series = (i: number, length: number): number => {
    if (length === 0) return 0;
    const [first, weight] = [distance(j, i, m, n), Math.exp(distance(j, i, m, n) * tension)];
    const [last, beyond] = [step * (length - 1) + first, weight * ratio ** length];
    return (last * beyond - first * weight) / (ratio - 1) - (step * (beyond - weight * ratio)) / (ratio - 1) ** 2;
  };
  // The published program swaps the two lengths in this normaliser.
  return (series(below + 1, n - below) + series(below, below)) / normaliserOf(j, n, m, tension);
};

const lengthCounts = (pairs: WordPairs): readonly (readonly [m: number, n: number, count: number])[] => {
  const counts = new Map<string, [number, number, number]>();
  for (const { source, target } of pairs) {
    if (source.length === 0) continue;
    const key = `${target.length} ${source.length}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, [target.length, source.length, 1]); else known[2] += 1;
  }
  return [...counts.values()];
};

/** Counts as probabilities of target words given a source word: plain, or the mean of their logarithms under a Dirichlet prior (variational Bayes). */
const normalised = (counts: Float64Array, { sourceOf, sources }: Cells, prior: number | null): Float64Array => {
  const totals = new Float64Array(sources);
  for (const [cell, count] of counts.entries()) totals[sourceOf[cell] ?? 0] = (totals[sourceOf[cell] ?? 0] ?? 0) + count + (prior ?? 0);
  if (prior === null) return counts.map((count, cell) => count / (totals[sourceOf[cell] ?? 0] || 1));
  const logs = totals.map((total) => digamma(total || 1));
  return counts.map((count, cell) => Math.exp(digamma(count + prior) - (logs[sourceOf[cell] ?? 0] ?? 0)));
};

/** The derivative of log gamma: an asymptotic series after shifting the argument above 7. */
const digamma = (value: number): number => {
  let [x, result] = [value, 0];
  for (; x < 7; x += 1) result -= 1 / x;
  const inverse = 1 / (x - 0.5);
  const square = inverse * inverse;
  return result + Math.log(x - 0.5) + square / 24 - (7 / 960) * square ** 2 + (31 / 8064) * square ** 3 - (127 / 30_720) * square ** 4;
};

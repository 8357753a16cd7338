import type { Statistics } from '../metric.ts';
import { sumOf } from '../statistics.ts';
import { CoinFlips } from './bounded.ts';
import { type Columns, layOut } from './columns.ts';
import type { Pcg64 } from './pcg64.ts';
import { tablesOf, type ByMetricAndSystem, type ResampledMetric, type ResampledSystem } from './replicates.ts';
import { reporting, type Steps } from './steps.ts';
import { createWeights, lanes, WeightedSums, type Weights } from './weighted-sums.ts';

/** Scores of the two pseudo-systems of each trial. */
export type ShuffledScores = { readonly a: Float64Array; readonly b: Float64Array };

/** One table's sums over the segments whose coin fell on 1, and over the others. */
type Halves = { readonly picked: Float64Array; readonly rest: Float64Array };

/**
 * Scores of `trials` random exchanges between the first system and each other one, by metric and by system from the second on.
 *
 * A coin is thrown for every segment: A takes the baseline's segment on 1 and the other system's on 0, B the rest. The coins are shared by all
 * systems and metrics.
 */
export function* shuffles(metrics: readonly ResampledMetric[], systems: readonly ResampledSystem[], trials: number, random: Pcg64): Steps<ByMetricAndSystem<ShuffledScores>> {
  const tables = tablesOf(metrics, systems);
  const sums = new HalfSums(tables.flat(), yield* reporting(layOut(tables.flat()), 0, trials));
  const scores = metrics.map(() => systems.slice(1).map(() => ({ a: new Float64Array(trials), b: new Float64Array(trials) })));
  const coins = new CoinFlips(random);
  for (let done = 0; done < trials; done += lanes) {
    const used = Math.min(lanes, trials - done);
    yield* reporting(sums.throwCoins(coins, used), done, trials);
    for (let lane = 0; lane < used; lane += 1) {
      for (const [m, metric] of metrics.entries()) {
        const score = metric.scoreOfIntegerRows ?? metric.score;
        const [baseline, ...others] = systems.map((_, system) => sums.halves(lane, m * systems.length + system));
        for (const [index, other] of others.entries()) {
          const list = scores[m]?.[index];
          if (list === undefined || baseline === undefined) continue;
          list.a[done + lane] = score(baseline.picked.map((sum, column) => sum + (other.rest[column] ?? 0))).value;
          list.b[done + lane] = score(baseline.rest.map((sum, column) => sum + (other.picked[column] ?? 0))).value;
        }
      }
    }
    yield { done: done + used, total: trials };
  }
  return scores;
}

/** Sums of the picked and of the other segments of every table, for four trials at a time. */
class HalfSums {
  readonly #sums: WeightedSums;
  readonly #weights: Weights;
  readonly #all: readonly Float64Array[];
  readonly #halves: readonly (readonly Halves[])[];

  constructor(tables: readonly Statistics[], columns: Columns) {
    this.#sums = new WeightedSums(columns);
    this.#weights = createWeights(columns.count);
    this.#all = tables.map(sumOf);
    this.#halves = Array.from({ length: lanes }, () => tables.map(({ width }) => ({ picked: new Float64Array(width), rest: new Float64Array(width) })));
  }

  /** The halves of a table in trial `lane`; overwritten by the next throw. */
  halves(lane: number, table: number): Halves {
    return this.#halves[lane]?.[table] ?? { picked: new Float64Array(), rest: new Float64Array() };
  }

  *throwCoins(coins: CoinFlips, used: number): Generator<void, void, void> {
    for (const weights of this.#weights.slice(0, used)) {
      coins.throwInto(weights);
      yield;
    }
    yield* this.#sums.sum(this.#weights);
    this.#readInto('picked');
    if (this.#sums.hasFractions) {
      for (const weights of this.#weights) invert(weights);
      yield* this.#sums.sumFractions(this.#weights);
    }
    this.#readInto('rest');
    this.#subtractWhole();
  }

  #readInto(half: keyof Halves): void {
    for (const [lane, tables] of this.#halves.entries()) {
      for (const [table, halves] of tables.entries()) this.#sums.read(lane, table, halves[half]);
    }
  }

  /** Whole numbers need no second pass: the others' sum is the total less the picked ones', exactly. Fractions must be added as NumPy adds them. */
  #subtractWhole(): void {
    for (const tables of this.#halves) {
      for (const [table, { picked, rest }] of tables.entries()) {
        for (const [column, sum] of picked.entries()) {
          if (this.#sums.isWhole(table, column)) rest[column] = (this.#all[table]?.[column] ?? 0) - sum;
        }
      }
    }
  }
}

const invert = (weights: Float64Array): void => {
  for (let row = 0; row < weights.length; row += 1) weights[row] = 1 - (weights[row] ?? 0);
};

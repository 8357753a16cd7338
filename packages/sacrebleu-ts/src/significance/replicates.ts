import { SacrebleuError } from '../errors.ts';
import type { Metric, Statistics } from '../metric.ts';
import { sumOf } from '../statistics.ts';
import { fillIndices } from './bounded.ts';
import { layOut } from './columns.ts';
import type { Pcg64 } from './pcg64.ts';
import { reporting, type Steps } from './steps.ts';
import { createWeights, lanes, WeightedSums, type Weights } from './weighted-sums.ts';

/** As much of a metric as resampling needs. */
export type ResampledMetric = Pick<Metric, 'name' | 'higherIsBetter' | 'width' | 'score' | 'scoreOfIntegerRows'>;

/** A system with its statistics, one table for each metric, in the metrics' order. */
export type ResampledSystem = { readonly name: string; readonly statistics: readonly Statistics[] };

/** Numbers by metric, then by system. */
export type ByMetricAndSystem<Item> = readonly (readonly Item[])[];

/** Indices drawn between two pauses, and held at once. */
const drawnAtOnce = 65_536;

/**
 * Scores of `resamples` bootstrap resamples, the same ones for every system and metric: by metric, system and resample.
 *
 * A resample is kept as counts a segment, four of them at a time, so memory does not grow with the number of resamples but for the scores.
 */
export function* replicates(metrics: readonly ResampledMetric[], systems: readonly ResampledSystem[], resamples: number, random: Pcg64): Steps<ByMetricAndSystem<Float64Array>> {
  const tables = tablesOf(metrics, systems);
  const columns = yield* reporting(layOut(tables.flat()), 0, resamples);
  const sums = new WeightedSums(columns);
  const scores = metrics.map(() => systems.map(() => new Float64Array(resamples)));
  const buffers = metrics.map((metric) => new Float64Array(metric.width));
  const weights = createWeights(columns.count);
  for (let done = 0; done < resamples; done += lanes) {
    const used = Math.min(lanes, resamples - done);
    yield* reporting(drawCounts(random, weights, used), done, resamples);
    yield* reporting(sums.sum(weights), done, resamples);
    for (let lane = 0; lane < used; lane += 1) {
      for (const [m, metric] of metrics.entries()) {
        const buffer = buffers[m] ?? new Float64Array();
        for (const [s, list] of (scores[m] ?? []).entries()) {
          sums.read(lane, m * systems.length + s, buffer);
          list[done + lane] = metric.score(buffer).value;
        }
      }
    }
    yield { done: done + used, total: resamples };
  }
  return scores;
}

/** How often each segment is drawn in the next `used` resamples. */
function* drawCounts(random: Pcg64, weights: Weights, used: number): Generator<void, void, void> {
  const count = weights[0].length;
  const indices = new Uint32Array(Math.min(count, drawnAtOnce));
  for (const counts of weights.slice(0, used)) {
    counts.fill(0);
    for (let left = count; left > 0; left -= indices.length) {
      const chunk = indices.subarray(0, left);
      fillIndices(random, count, chunk);
      addCounts(counts, chunk);
      yield;
    }
  }
}

const addCounts = (counts: Float64Array, indices: Uint32Array): void => {
  for (let next = 0; next < indices.length; next += 1) {
    const index = indices[next] ?? 0;
    counts[index] = (counts[index] ?? 0) + 1;
  }
};

/** The statistics by metric, then by system. Throws `bad-statistics` where they do not fit the metrics. */
export const tablesOf = (metrics: readonly ResampledMetric[], systems: readonly ResampledSystem[]): ByMetricAndSystem<Statistics> =>
  metrics.map((metric, index) =>
    systems.map(({ name, statistics }) => {
      const table = statistics[index];
      if (table?.width === metric.width) return table;
      const found = table === undefined ? 'there are none' : `its rows have ${table.width} numbers`;
      throw new SacrebleuError('bad-statistics', `${metric.name} needs rows of ${metric.width} numbers from ${name}; ${found}.`);
    }),
  );

/** The scores of the whole corpus, a table a step. */
export function* corpusScores(metrics: readonly ResampledMetric[], systems: readonly ResampledSystem[]): Steps<ByMetricAndSystem<number>> {
  const scores: number[][] = [];
  for (const [index, tables] of tablesOf(metrics, systems).entries()) {
    const row: number[] = [];
    for (const table of tables) {
      row.push(metrics[index]?.score(sumOf(table)).value ?? Number.NaN);
      yield { done: 0, total: 1 };
    }
    scores.push(row);
  }
  return scores;
}

/** Whether a system's statistics are the first system's, segment by segment. */
export const sameStatistics = (systems: readonly ResampledSystem[], system: number, metric: number): boolean => {
  const first = systems[0]?.statistics[metric]?.values;
  return systems[system]?.statistics[metric]?.values.every((value, index) => value === first?.[index]) ?? false;
};

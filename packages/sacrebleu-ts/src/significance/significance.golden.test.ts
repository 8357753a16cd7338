import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeWithGolden } from '../../fixtures/golden.ts';
import type { Metric } from '../metric.ts';
import { bleu } from '../metrics/bleu.ts';
import { chrf } from '../metrics/chrf.ts';
import { ter } from '../metrics/ter.ts';
import { scoreText } from '../score-text.ts';
import { fromReferenceStreams, referenceCount } from '../segments.ts';
import { signature } from '../signature.ts';
import { approximateRandomization } from './approximate-randomization.ts';
import { CoinFlips, fillIndices } from './bounded.ts';
import { bootstrapIntervals } from './intervals.ts';
import { pairedBootstrap, type PairedRow } from './paired-bootstrap.ts';
import { Pcg64 } from './pcg64.ts';
import { replicates, type ResampledMetric, type ResampledSystem } from './replicates.ts';
import { shuffles } from './shuffles.ts';
import { finish } from './steps.ts';

type Float64Result = { readonly mean: number; readonly ci: number; readonly greater: number; readonly first10: readonly number[] };
type ResultRow = {
  readonly system: string;
  readonly score: number;
  readonly p_value: number | null;
  readonly mean: number | null;
  readonly ci: number | null;
  readonly diff?: number;
  readonly greater?: number;
  readonly float64?: Float64Result & { readonly first10_statistic: readonly number[]; readonly mean_abs_diff: number };
  readonly first10_a?: readonly number[];
  readonly first10_b?: readonly number[];
  readonly first3_stats_a?: readonly (readonly number[])[];
  readonly first3_stats_b?: readonly (readonly number[])[];
};
type Draws = { readonly shape: readonly [number, number]; readonly sha256_int32le?: string; readonly sha256_bytes?: string };
type PairedTest = {
  readonly type: 'bs' | 'ar';
  readonly n: number;
  readonly n_ar_confidence: number;
  readonly seed: string;
  readonly metrics: Readonly<Record<string, { readonly signature: string; readonly short: string; readonly results: readonly ResultRow[] }>>;
  readonly draws_indices?: Draws;
  readonly draws_flips?: Draws;
  readonly draws_indices_after_flips?: Draws;
  readonly draws_indices_baseline?: Draws;
};
type IntervalRow = { readonly n: number; readonly score: number; readonly mean: number; readonly ci: number; readonly formatted: string; readonly signature: string; readonly short: string };
type Comparison = {
  readonly id: string;
  readonly spec: { readonly metrics: readonly { readonly metric: 'BLEU' | 'chrF' | 'TER'; readonly kw: Readonly<Record<string, unknown>> }[] };
  readonly systems: readonly (readonly [name: string, hypotheses: readonly string[]])[];
  readonly refs: readonly (readonly (string | null)[])[];
  readonly corpus: Readonly<Record<string, readonly (readonly [system: string, score: number, sums: readonly number[]])[]>>;
  readonly ci: Readonly<Record<string, readonly (IntervalRow & { readonly float64: Float64Result })[]>>;
  readonly ci_other_seed: Readonly<Record<string, readonly IntervalRow[]>>;
  readonly tests: readonly PairedTest[];
};
type Golden = { readonly comparisons: readonly Comparison[] };

/** sacreBLEU's own bootstrap sums in single precision; no stored score is further from the exact one. */
const singlePrecision = 2e-5;
const doublePrecision = 1e-9;
const makers = { BLEU: bleu, chrF: chrf, TER: ter };
const camelCase = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name === 'no_punct' ? 'noPunctuation' : name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), value]));

const prepared = (comparison: Comparison): { metrics: readonly Metric[]; systems: readonly ResampledSystem[]; references: number | 'var' } => {
  const metrics = comparison.spec.metrics.map(({ metric, kw }) => makers[metric](camelCase(kw)));
  const segmented = comparison.systems.map(([name, hypotheses]) => ({ name, segments: fromReferenceStreams(hypotheses, comparison.refs) }));
  const systems = segmented.map(({ name, segments }) => ({ name, statistics: metrics.map((metric) => metric.extract(segments)) }));
  return { metrics, systems, references: referenceCount(segmented[0]?.segments ?? []) };
};

const expectClose = (value: number | undefined, expected: number | null, tolerance: number, what: string): void => {
  expect(Math.abs((value ?? Number.NaN) - (expected ?? 0)), `${what}: ${value} for ${expected}`).toBeLessThanOrEqual(tolerance);
};
/** chrF and TER to the last bit; BLEU's log and exp may differ there. */
const toleranceOf = (metric: ResampledMetric): number => (metric.name === 'BLEU' ? doublePrecision : 0);
const upstreamVersion = (text: string): string => text.replace(/2\.6\.0\+ts\.[\d.]+/, '2.6.0');

const expectIndices = (random: Pcg64, { shape: [rows, count], sha256_int32le }: Draws): void => {
  const hash = createHash('sha256');
  const row = new Uint32Array(count);
  for (let index = 0; index < rows; index += 1) {
    fillIndices(random, count, row);
    hash.update(new Uint8Array(row.buffer));
  }
  expect(hash.digest('hex')).toBe(sha256_int32le);
};
const expectFlips = (random: Pcg64, { shape: [rows, count], sha256_bytes }: Draws): void => {
  const hash = createHash('sha256');
  const coins = new CoinFlips(random);
  const row = new Float64Array(count);
  for (let index = 0; index < rows; index += 1) {
    coins.throwInto(row);
    hash.update(Uint8Array.from(row));
  }
  expect(hash.digest('hex')).toBe(sha256_bytes);
};

describeWithGolden<Golden>('significance', 'significance in every golden comparison', ({ comparisons }) => {
  const counted = { intervals: 0, rows: 0, draws: 0 };

  for (const comparison of comparisons) {
    const { metrics, systems, references } = prepared(comparison);

    const expectRow = (test: PairedTest, metric: Metric, row: PairedRow | undefined, expected: ResultRow): void => {
      const what = `${comparison.id} ${test.type} ${test.n} ${metric.name} ${expected.system}`;
      counted.rows += 1;
      expect(row?.system).toBe(expected.system);
      expectClose(row?.score, expected.score, toleranceOf(metric), what);
      expect(row?.outcome?.greater, what).toBe(expected.greater);
      expect(row?.outcome?.pValue ?? null, what).toBe(expected.p_value);
      expect(row?.interval === null, what).toBe(expected.mean === null);
      if (expected.diff !== undefined) expectClose(Math.abs(row?.outcome?.difference ?? Number.NaN), expected.diff, toleranceOf(metric), what);
      expect(row?.outcome?.identical ?? false, what).toBe(expected.system === 'identical');
      if (expected.mean === null) return;
      expectClose(row?.interval?.mean, expected.mean, singlePrecision, what);
      expectClose(row?.interval?.halfWidth, expected.ci, singlePrecision, what);
      if (expected.float64 === undefined) return;
      expectClose(row?.interval?.mean, expected.float64.mean, doublePrecision, what);
      expectClose(row?.interval?.halfWidth, expected.float64.ci, doublePrecision, what);
    };
    const expectSignature = (test: PairedTest, metric: Metric): void => {
      const resamples = test.type === 'bs' ? test.n : confidenceOf(test);
      const facts = { references, seed: test.seed, ...(resamples > 0 ? { bootstrap: resamples } : {}), ...(test.type === 'ar' ? { approximateRandomization: test.n } : {}) };
      expect(upstreamVersion(signature(metric, facts))).toBe(test.metrics[metric.name]?.signature);
      expect(upstreamVersion(signature(metric, facts, true))).toBe(test.metrics[metric.name]?.short);
    };

    it(`${comparison.id}: intervals of single systems`, () => {
      const result = finish(bootstrapIntervals({ metrics, systems }));
      for (const [m, metric] of metrics.entries()) {
        for (const [s, expected] of (comparison.ci[metric.name] ?? []).entries()) {
          const row = result[m]?.[s];
          const what = `${metric.name} ${row?.system}`;
          expectClose(row?.score, comparison.corpus[metric.name]?.[s]?.[1] ?? null, toleranceOf(metric), what);
          expected.float64.first10.forEach((score, index) => expectClose(row?.replicates[index], score, doublePrecision, what));
          expectClose(row?.interval.mean, expected.float64.mean, doublePrecision, what);
          expectClose(row?.interval.halfWidth, expected.float64.ci, doublePrecision, what);
          expectClose(row?.interval.mean, expected.mean, singlePrecision, what);
          expectClose(row?.interval.halfWidth, expected.ci, singlePrecision, what);
          const score = metric.score(comparison.corpus[metric.name]?.[s]?.[2] ?? []);
          expect(scoreText(score, { confidence: row?.interval ?? null })).toBe(expected.formatted);
          expect(upstreamVersion(signature(metric, { references, bootstrap: expected.n, seed: 12_345 }))).toBe(expected.signature);
          counted.intervals += 1;
        }
      }
    });

    it(`${comparison.id}: intervals with the seeds 0 and 7`, () => {
      for (const [index, seed] of [0, 7].entries()) {
        const result = finish(bootstrapIntervals({ metrics, systems: systems.slice(0, 1), resamples: 200, seed }));
        for (const [m, metric] of metrics.entries()) {
          const expected = comparison.ci_other_seed[metric.name]?.[index];
          expectClose(result[m]?.[0]?.interval.mean, expected?.mean ?? null, singlePrecision, metric.name);
          expectClose(result[m]?.[0]?.interval.halfWidth, expected?.ci ?? null, singlePrecision, metric.name);
          expect(upstreamVersion(signature(metric, { references, bootstrap: 200, seed }))).toBe(expected?.signature);
          counted.intervals += 1;
        }
      }
    });

    for (const test of comparison.tests) {
      const seed = Number(test.seed);
      const resamples = Math.max(0, confidenceOf(test));

      it(`${comparison.id}: ${test.type} with ${test.n} trials and seed ${test.seed}`, () => {
        const rows = test.type === 'bs'
          ? finish(pairedBootstrap({ metrics, systems, resamples: test.n, seed }))
          : finish(approximateRandomization({ metrics, systems, trials: test.n, resamples, seed }));
        for (const [m, metric] of metrics.entries()) {
          expectSignature(test, metric);
          for (const [s, expected] of (test.metrics[metric.name]?.results ?? []).entries()) expectRow(test, metric, rows[m]?.[s], expected);
        }
      });

      it(`${comparison.id}: ${test.type} with ${test.n} trials and seed ${test.seed}: the first trials`, () => {
        if (test.type === 'bs') {
          const scores = finish(replicates(metrics, systems, 10, new Pcg64(seed)));
          for (const [m, metric] of metrics.entries()) {
            for (const [s, { float64 }] of (test.metrics[metric.name]?.results ?? []).entries()) {
              float64?.first10.forEach((score, index) => expectClose(scores[m]?.[s]?.[index], score, doublePrecision, metric.name));
              float64?.first10_statistic.forEach((statistic, index) => {
                const difference = Math.abs((scores[m]?.[s]?.[index] ?? 0) - (scores[m]?.[0]?.[index] ?? 0));
                expectClose(difference - float64.mean_abs_diff, statistic, doublePrecision, metric.name);
              });
            }
          }
          return;
        }
        const summed: number[][][] = metrics.map(() => []);
        const watched = metrics.map((metric, m) => watching(metric, summed[m] ?? []));
        const scores = finish(shuffles(watched, systems, 10, new Pcg64(seed)));
        for (const [m, metric] of metrics.entries()) {
          for (const [s, expected] of (test.metrics[metric.name]?.results ?? []).entries()) {
            expected.first10_a?.forEach((score, index) => expectClose(scores[m]?.[s - 1]?.a[index], score, toleranceOf(metric), metric.name));
            expected.first10_b?.forEach((score, index) => expectClose(scores[m]?.[s - 1]?.b[index], score, toleranceOf(metric), metric.name));
            const sums = (trial: number, half: number): number[] | undefined => summed[m]?.[(trial * (systems.length - 1) + s - 1) * 2 + half];
            expected.first3_stats_a?.forEach((row, trial) => expect(sums(trial, 0)).toEqual(row));
            expected.first3_stats_b?.forEach((row, trial) => expect(sums(trial, 1)).toEqual(row));
          }
        }
      });

      it(`${comparison.id}: ${test.type} with ${test.n} trials and seed ${test.seed}: every draw`, () => {
        const random = new Pcg64(seed);
        expect(test.draws_indices ?? test.draws_flips).toBeDefined();
        if (test.draws_indices) expectIndices(random, test.draws_indices);
        if (test.draws_flips) expectFlips(random, test.draws_flips);
        if (test.draws_indices_after_flips) expectIndices(random, test.draws_indices_after_flips);
        if (test.draws_indices_baseline) expectIndices(new Pcg64(seed), test.draws_indices_baseline);
        counted.draws += 1;
      });
    }
  }

  it('leaves none out', () => {
    const all = comparisons.flatMap(({ tests }) => tests);
    expect(counted).toEqual({
      intervals: comparisons.reduce((sum, { ci, ci_other_seed }) => sum + [ci, ci_other_seed].flatMap(Object.values).reduce((count, list: readonly unknown[]) => count + list.length, 0), 0),
      rows: all.reduce((sum, { metrics }) => sum + Object.values(metrics).reduce((count, { results }) => count + results.length, 0), 0),
      draws: all.length,
    });
    expect(counted.intervals).toBeGreaterThanOrEqual(88);
    expect(counted.rows).toBeGreaterThanOrEqual(116);
    expect(counted.draws).toBeGreaterThanOrEqual(14);
  });
});

/** -1 means none, 0 sacreBLEU's default of 1000. */
const confidenceOf = ({ n_ar_confidence }: PairedTest): number => (n_ar_confidence === 0 ? 1000 : n_ar_confidence);

/** The metric, noting what sums it is asked to score. */
const watching = (metric: Metric, summed: number[][]): ResampledMetric => {
  const score = metric.scoreOfIntegerRows ?? metric.score;
  return {
    ...metric,
    scoreOfIntegerRows: (sums) => {
      summed.push(Array.from(sums));
      return score(sums);
    },
  };
};

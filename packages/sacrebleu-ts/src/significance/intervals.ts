import { checkWhole } from '../options.ts';
import { intervalOf, type Interval } from './interval.ts';
import { Pcg64 } from './pcg64.ts';
import { corpusScores, replicates, type ByMetricAndSystem, type ResampledMetric, type ResampledSystem } from './replicates.ts';
import type { Seed } from './seed-sequence.ts';
import type { Steps } from './steps.ts';

export type IntervalsRequest = {
  readonly metrics: readonly ResampledMetric[];
  readonly systems: readonly ResampledSystem[];
  /** sacreBLEU's default: 1000. */
  readonly resamples?: number;
  /** sacreBLEU's default: 12345. Its paired tests take 0 for "no seed"; here 0 is a seed like any other. */
  readonly seed?: Seed;
};

/** A score with its bootstrap interval. */
export type ScoreInterval = { readonly system: string; readonly score: number; readonly interval: Interval; /** The score of each resample, in order. */ readonly replicates: Float64Array };

/** 95 % bootstrap intervals of each system alone, by metric and system, as sacreBLEU's `--confidence`. */
export function* bootstrapIntervals({ metrics, systems, resamples = 1000, seed = 12_345 }: IntervalsRequest): Steps<ByMetricAndSystem<ScoreInterval>> {
  checkWhole('The bootstrap', 'resamples', resamples, 1);
  const scores = yield* corpusScores(metrics, systems);
  const all = yield* replicates(metrics, systems, resamples, new Pcg64(seed));
  return all.map((lists, metric) =>
    lists.map((list, system) => ({ system: systems[system]?.name ?? '', score: scores[metric]?.[system] ?? Number.NaN, interval: intervalOf(list), replicates: list })),
  );
}

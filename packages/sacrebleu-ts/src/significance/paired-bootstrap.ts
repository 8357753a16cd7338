import type { Interval } from './interval.ts';
import { bootstrapIntervals, type IntervalsRequest, type ScoreInterval } from './intervals.ts';
import { numpyMean } from './numpy-mean.ts';
import { outcome, type PairedOutcome } from './p-value.ts';
import { sameStatistics, type ByMetricAndSystem } from './replicates.ts';
import type { Steps } from './steps.ts';

/** A system's row in the table of a paired test. */
export type PairedRow = {
  readonly system: string;
  readonly score: number;
  /** null where no interval was asked for. */
  readonly interval: Interval | null;
  /** Against the baseline; null in the baseline's own row. */
  readonly outcome: PairedOutcome | null;
};

/**
 * Paired bootstrap of every system against the first one, by metric and system, as sacreBLEU's `--paired-bs`.
 *
 * The statistic of a resample is its absolute difference less the mean one, so that trials are centred where the hypothesis of no difference
 * puts them. P. Koehn, "Statistical significance tests for machine translation evaluation", 2004.
 */
export function* pairedBootstrap(request: IntervalsRequest): Steps<ByMetricAndSystem<PairedRow>> {
  const intervals = yield* bootstrapIntervals(request);
  return intervals.map((rows, metric) =>
    rows.map(({ system, score, interval, replicates }, index) => {
      const [baseline] = rows;
      const tested = index === 0 || baseline === undefined ? null : centred(replicates, baseline);
      return { system, score, interval, outcome: tested && outcome(tested, score - (baseline?.score ?? score), sameStatistics(request.systems, index, metric)) };
    }),
  );
}

const centred = (replicates: Float64Array, baseline: ScoreInterval): Float64Array => {
  const differences = replicates.map((score, index) => Math.abs(score - (baseline.replicates[index] ?? score)));
  const mean = numpyMean(differences);
  return differences.map((difference) => difference - mean);
};

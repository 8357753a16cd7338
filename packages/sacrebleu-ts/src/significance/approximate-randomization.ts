import { checkWhole } from '../options.ts';
import { intervalOf, type Interval } from './interval.ts';
import type { IntervalsRequest } from './intervals.ts';
import { outcome } from './p-value.ts';
import type { PairedRow } from './paired-bootstrap.ts';
import { Pcg64 } from './pcg64.ts';
import { corpusScores, replicates, sameStatistics, type ByMetricAndSystem } from './replicates.ts';
import { shuffles } from './shuffles.ts';
import type { Steps } from './steps.ts';

export type RandomizationRequest = Omit<IntervalsRequest, 'resamples'> & {
  /** sacreBLEU's default: 10000. */
  readonly trials?: number;
  /** Bootstrap resamples for intervals beside the test; 0, the default, gives none. */
  readonly resamples?: number;
};

/**
 * Paired approximate randomization of every system against the first one, by metric and system, as sacreBLEU's `--paired-ar`.
 *
 * The statistic of a trial is the absolute difference of two pseudo-systems that exchanged segments at random. S. Riezler and J. Maxwell,
 * "On some pitfalls in automatic evaluation and significance testing for MT", 2005.
 */
export function* approximateRandomization(request: RandomizationRequest): Steps<ByMetricAndSystem<PairedRow>> {
  const { metrics, systems, trials = 10_000, resamples = 0, seed = 12_345 } = request;
  checkWhole('Approximate randomization', 'trials', trials, 1);
  checkWhole('Approximate randomization', 'resamples', resamples, 0);
  const random = new Pcg64(seed);
  const scores = yield* corpusScores(metrics, systems);
  const shuffled = yield* shuffles(metrics, systems, trials, random);
  const intervals = yield* intervalsAfter(request, resamples, random);
  return scores.map((row, metric) =>
    row.map((score, index) => {
      const pair = shuffled[metric]?.[index - 1];
      const differences = pair?.a.map((a, trial) => Math.abs(a - (pair.b[trial] ?? a)));
      return {
        system: systems[index]?.name ?? '',
        score,
        interval: intervals[metric]?.[index] ?? null,
        outcome: differences === undefined ? null : outcome(differences, score - (row[0] ?? score), sameStatistics(systems, index, metric)),
      };
    }),
  );
}

/**
 * Intervals beside the test, from other resamples for the baseline than for the rest.
 *
 * Kept from sacreBLEU 2.6.0 (significance.py): the baseline's resamples come from a fresh generator, those of the others from the one that has
 * thrown the coins.
 */
function* intervalsAfter({ metrics, systems, seed = 12_345 }: RandomizationRequest, resamples: number, random: Pcg64): Steps<ByMetricAndSystem<Interval>> {
  if (resamples === 0) return [];
  const baseline = yield* replicates(metrics, systems.slice(0, 1), resamples, new Pcg64(seed));
  if (systems.length === 1) return baseline.map((lists) => lists.map(intervalOf));
  const others = yield* replicates(metrics, systems.slice(1), resamples, random);
  return baseline.map((lists, metric) => [...lists, ...(others[metric] ?? [])].map(intervalOf));
}

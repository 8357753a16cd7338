import { numpyMean } from './numpy-mean.ts';

/** What resampling says about a score: the mean of the replicates and their middle 95 %. */
export type Interval = {
  readonly mean: number;
  /** Half the distance of the bounds: the number after ±. */
  readonly halfWidth: number;
  readonly lower: number;
  readonly upper: number;
};

/** The middle 95 % of bootstrap replicates: entries n // 40 from either end of the sorted list, as sacreBLEU's `estimate_ci`. */
export const intervalOf = (replicates: Float64Array): Interval => {
  const sorted = replicates.toSorted();
  const margin = Math.floor(sorted.length / 40);
  const lower = sorted[margin] ?? Number.NaN;
  const upper = sorted[sorted.length - 1 - margin] ?? Number.NaN;
  return { mean: numpyMean(sorted), halfWidth: 0.5 * (upper - lower), lower, upper };
};

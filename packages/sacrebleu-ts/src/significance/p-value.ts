/** The outcome of a paired test of one system against the baseline. */
export type PairedOutcome = {
  /** The system's score less the baseline's. */
  readonly difference: number;
  /** In how many trials chance alone gave strictly more than the difference seen. */
  readonly greater: number;
  /** (greater + 1) / (trials + 1). */
  readonly pValue: number;
  /** The standard error that `pValue` has because only so many trials were run. */
  readonly monteCarloError: number;
  /**
   * The system's statistics are the baseline's, segment by segment.
   *
   * No trial can then exceed the difference of 0, and sacreBLEU reports the smallest p there is. It means nothing: show this flag instead.
   */
  readonly identical: boolean;
};

/** Counts trials strictly above the difference seen; ties do not count. After J. Clark's MultEval, as in sacreBLEU. */
export const outcome = (trials: Float64Array, difference: number, identical: boolean): PairedOutcome => {
  const seen = Math.abs(difference);
  const greater = trials.reduce((count, value) => (value > seen ? count + 1 : count), 0);
  const pValue = (greater + 1) / (trials.length + 1);
  return { difference, greater, pValue, monteCarloError: monteCarloError(pValue, trials.length), identical };
};

/** The standard error of a p-value estimated from `trials` random trials: sqrt(p (1 - p) / trials). */
export const monteCarloError = (pValue: number, trials: number): number => Math.sqrt((pValue * (1 - pValue)) / trials);

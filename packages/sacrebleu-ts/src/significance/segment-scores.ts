import { SacrebleuError } from '../errors.ts';
import type { Statistics } from '../metric.ts';
import { scoreText } from '../score-text.ts';
import type { ResampledMetric } from './replicates.ts';

/**
 * Any number a segment (a human judgement, a neural metric) with its mean as the metric, for the same tests as BLEU.
 *
 * Its statistics are `segmentScores(...)`, one table a system.
 */
export const segmentMean = (name: string, options: { readonly higherIsBetter: boolean }): ResampledMetric => ({
  name,
  higherIsBetter: options.higherIsBetter,
  width: 2,
  score: (sums) => {
    const printed = { name, value: (sums[0] ?? 0) / (sums[1] ?? 0), verbose: '' };
    return { ...printed, format: (width, scoreOnly) => scoreText(printed, { ...(width === undefined ? {} : { width }), scoreOnly: scoreOnly ?? false }) };
  },
});

/** Statistics of one number a segment: rows of the number and a 1. Throws `bad-statistics` for a number that is missing or not finite. */
export const segmentScores = (values: ArrayLike<number>): Statistics => {
  const rows = new Float64Array(2 * values.length);
  for (let segment = 0; segment < values.length; segment += 1) {
    const value = values[segment] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      throw new SacrebleuError('bad-statistics', `Segment ${segment + 1} has no score (${value}). Give every segment a number, or leave it out of all systems.`, [{ segment, reference: null }]);
    }
    rows[2 * segment] = value;
    rows[2 * segment + 1] = 1;
  }
  return { count: values.length, width: 2, values: rows };
};

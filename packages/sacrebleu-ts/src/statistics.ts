import { SacrebleuError } from './errors.ts';
import type { Metric, Score, Segment, Statistics } from './metric.ts';

/** Room for the rows of so many segments, all zero. */
export const emptyStatistics = (count: number, width: number): Statistics => ({ count, width, values: new Float64Array(count * width) });

/** One segment's row, without copying. */
export const rowOf = (statistics: Statistics, index: number): Float64Array => statistics.values.subarray(index * statistics.width, (index + 1) * statistics.width);

/** The column sums, added in the segments' order. */
export const sumOf = ({ count, width, values }: Statistics): Float64Array => {
  const sums = new Float64Array(width);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < width; column += 1) sums[column] = (sums[column] ?? 0) + (values[row * width + column] ?? 0);
  }
  return sums;
};

/** A metric's score of a whole corpus. */
export const corpusScore = <S extends Score>(metric: Metric<S>, segments: readonly Segment[]): S => metric.score(sumOf(metric.extract(segments)));

/**
 * What each segment does to the corpus score: the score of all minus the score without it, in percent.
 *
 * Positive: the score falls when the segment is left out. Costs one scoring of sums a segment and no tokenising. Of a single segment it is the
 * score itself minus that of nothing.
 */
export const leaveOneOut = (metric: Metric, statistics: Statistics): Float64Array => {
  checkWidth(metric, statistics);
  const sums = sumOf(statistics);
  const whole = metric.score(sums).value;
  const without = new Float64Array(statistics.width);
  return Float64Array.from({ length: statistics.count }, (_, index) => {
    const row = rowOf(statistics, index);
    for (let column = 0; column < sums.length; column += 1) without[column] = (sums[column] ?? 0) - (row[column] ?? 0);
    return whole - metric.score(without).value;
  });
};

/** @throws SacrebleuError `bad-statistics` where rows are of another metric, or of the same with other orders. */
export const checkWidth = (metric: Metric, statistics: Statistics): void => {
  if (statistics.width === metric.width && statistics.values.length === statistics.count * statistics.width) return;
  throw new SacrebleuError('bad-statistics', `${metric.name} needs rows of ${metric.width} numbers; these are ${statistics.values.length} numbers in ${statistics.count} rows of ${statistics.width}.`);
};

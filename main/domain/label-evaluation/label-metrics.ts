import { scoreText, type ResampledMetric, type Statistics } from '../../../packages/sacrebleu-ts/src/index.ts';
import { linkScores, type LinkCounts } from '../label/alignment-error.ts';
import { noSpans, spanScore, type SpanCounts, type SpanMeasure } from './span-counts.ts';

/** F1 of spans as a metric of sums of rows, for the same intervals and tests as BLEU. Scores are 0 .. 1. */
export const spanF1 = (measure: SpanMeasure): ResampledMetric => ({
  name: `span F1 (${measure})`,
  higherIsBetter: true,
  width: 3,
  score: (sums) => printable(`span F1 (${measure})`, spanScore({ ...noSpans, gold: sums[0] ?? 0, predicted: sums[1] ?? 0, [measure]: sums[2] ?? 0 }, measure).f1),
});

/** One row a sentence: gold, predicted, found. */
export const spanStatistics = (sentences: readonly SpanCounts[], measure: SpanMeasure): Statistics =>
  rows(3, sentences.map((counts) => [counts.gold, counts.predicted, counts[measure]]));

/** Alignment error rate as such a metric: less is better. */
export const alignmentErrorRate: ResampledMetric = {
  name: 'AER',
  higherIsBetter: false,
  width: 4,
  score: (sums) => printable('AER', linkScores({ links: sums[0] ?? 0, sure: sums[1] ?? 0, inSure: sums[2] ?? 0, inPossible: sums[3] ?? 0 }).errorRate),
};

export const linkStatistics = (sentences: readonly LinkCounts[]): Statistics =>
  rows(4, sentences.map(({ links, sure, inSure, inPossible }) => [links, sure, inSure, inPossible]));

const rows = (width: number, values: readonly (readonly number[])[]): Statistics => ({ count: values.length, width, values: Float64Array.from(values.flat()) });

const printable = (name: string, value: number): ReturnType<ResampledMetric['score']> => {
  const printed = { name, value, verbose: '' };
  return { ...printed, format: (width = 3, scoreOnly = false) => scoreText(printed, { width, scoreOnly }) };
};

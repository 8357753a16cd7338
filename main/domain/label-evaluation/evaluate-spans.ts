import { bootstrapIntervals, type Interval, type Steps } from '../../../packages/sacrebleu-ts/src/index.ts';
import { spanF1, spanStatistics } from './label-metrics.ts';
import { addSpanCounts, countByLabel, countSpans, noSpans, spanMeasures, spanScore, type ComparedSpan, type SpanCounts, type SpanMeasure, type SpanScore } from './span-counts.ts';

export type EvaluatedSentence = {
  readonly gold: readonly ComparedSpan[];
  readonly predicted: readonly ComparedSpan[];
  readonly language: string;
  /** Length of the sentence, for the table by length. */
  readonly words: number;
};

/** A line of the report: all sentences, or one label, language or length. */
export type SpanRow = {
  readonly name: string;
  /** Sentences that were resampled; for a label all of them. */
  readonly sentences: number;
  readonly counts: SpanCounts;
  readonly scores: Readonly<Record<SpanMeasure, SpanScore>>;
  /** The middle 95 % of the F1 of bootstrap resamples of the sentences; null where none were asked for. */
  readonly intervals: Readonly<Record<SpanMeasure, Interval>> | null;
};

export type SpanReport = {
  readonly all: SpanRow;
  readonly byLabel: readonly SpanRow[];
  readonly byLanguage: readonly SpanRow[];
  readonly byLength: readonly SpanRow[];
  /** The plain mean of the labels' F1, each label counting as much. */
  readonly macroF1: Readonly<Record<SpanMeasure, number>>;
};

/** `resamples` 0 leaves the intervals out. */
export type EvaluationSettings = { readonly resamples?: number; readonly seed?: number; /** The longest sentence of each length but the last. */ readonly lengths?: readonly number[] };

/** Words of the longest sentence of each bucket. */
const usualLengths = [10, 20, 30, 50] as const;

/** Exact and overlapping spans against gold, in all and by label, language and length; in slices, as resampling takes its time. */
export function* evaluateSpans(sentences: readonly EvaluatedSentence[], settings: EvaluationSettings = {}): Steps<SpanReport> {
  const counts = sentences.map(({ gold, predicted }) => countSpans(gold, predicted));
  const all = yield* row('all', counts, settings);
  const byLabel: SpanRow[] = [];
  const labelled = sentences.map(({ gold, predicted }) => countByLabel(gold, predicted));
  for (const label of [...new Set(labelled.flatMap((one) => [...one.keys()]))].sort()) byLabel.push(yield* row(label, labelled.map((one) => one.get(label) ?? noSpans), settings));
  const byLanguage: SpanRow[] = [];
  for (const [language, own] of grouped(sentences, counts, (sentence) => sentence.language)) byLanguage.push(yield* row(language, own, settings));
  const byLength: SpanRow[] = [];
  const lengths = settings.lengths ?? usualLengths;
  const bucket = ({ words }: EvaluatedSentence): string => bucketName(lengths, words);
  const names = [...lengths, Number.POSITIVE_INFINITY].map((words) => bucketName(lengths, words));
  const found = new Map(grouped(sentences, counts, bucket));
  for (const name of names) {
    const own = found.get(name);
    if (own !== undefined) byLength.push(yield* row(name, own, settings));
  }
  const macroF1 = byMeasure((measure) => (byLabel.length === 0 ? 1 : byLabel.reduce((sum, { scores }) => sum + scores[measure].f1, 0) / byLabel.length));
  return { all, byLabel, byLanguage, byLength, macroF1 };
}

/** `1–10`, `11–20` ... `51+`. */
const bucketName = (lengths: readonly number[], words: number): string => {
  const index = lengths.findIndex((longest) => words <= longest);
  const from = (lengths[(index < 0 ? lengths.length : index) - 1] ?? 0) + 1;
  return index < 0 ? `${from}+` : `${from}–${lengths[index] ?? 0}`;
};

const grouped = (sentences: readonly EvaluatedSentence[], counts: readonly SpanCounts[], nameOf: (sentence: EvaluatedSentence) => string): [string, SpanCounts[]][] => {
  const groups = new Map<string, SpanCounts[]>();
  for (const [at, sentence] of sentences.entries()) {
    const name = nameOf(sentence);
    const own = groups.get(name) ?? [];
    own.push(counts[at] ?? noSpans);
    groups.set(name, own);
  }
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
};

function* row(name: string, counts: readonly SpanCounts[], { resamples = 1000, seed = 12_345 }: EvaluationSettings): Steps<SpanRow> {
  const sum = counts.reduce(addSpanCounts, noSpans);
  const scores = byMeasure((measure) => spanScore(sum, measure));
  if (resamples === 0 || counts.length === 0) return { name, sentences: counts.length, counts: sum, scores, intervals: null };
  const found = yield* bootstrapIntervals({ metrics: spanMeasures.map(spanF1), systems: [{ name, statistics: spanMeasures.map((measure) => spanStatistics(counts, measure)) }], resamples, seed });
  const intervals = byMeasure((measure) => found[spanMeasures.indexOf(measure)]?.[0]?.interval ?? { mean: Number.NaN, halfWidth: Number.NaN, lower: Number.NaN, upper: Number.NaN });
  return { name, sentences: counts.length, counts: sum, scores, intervals };
}

const byMeasure = <Value>(valueOf: (measure: SpanMeasure) => Value): Readonly<Record<SpanMeasure, Value>> =>
  ({ exact: valueOf('exact'), overlap: valueOf('overlap'), exactAnyLabel: valueOf('exactAnyLabel'), overlapAnyLabel: valueOf('overlapAnyLabel') });

import type { LabelledSpan } from '../label-formats/labelled-sentence.ts';

/** What is compared: any unit of offsets, the same on both sides. */
export type ComparedSpan = Pick<LabelledSpan, 'label' | 'start' | 'end'>;

/**
 * How the spans of one or more sentences fit their gold: they add up, so a corpus figure, a bucket and a bootstrap need nothing else.
 *
 * Every span has one partner at most. `exact` and `overlap` (which holds the exact ones) want the same label, the other two none.
 */
export type SpanCounts = { readonly gold: number; readonly predicted: number; readonly exact: number; readonly overlap: number; readonly exactAnyLabel: number; readonly overlapAnyLabel: number };

export const noSpans: SpanCounts = { gold: 0, predicted: 0, exact: 0, overlap: 0, exactAnyLabel: 0, overlapAnyLabel: 0 };

export const addSpanCounts = (left: SpanCounts, right: SpanCounts): SpanCounts => ({
  gold: left.gold + right.gold,
  predicted: left.predicted + right.predicted,
  exact: left.exact + right.exact,
  overlap: left.overlap + right.overlap,
  exactAnyLabel: left.exactAnyLabel + right.exactAnyLabel,
  overlapAnyLabel: left.overlapAnyLabel + right.overlapAnyLabel,
});

export const countSpans = (gold: readonly ComparedSpan[], predicted: readonly ComparedSpan[]): SpanCounts => {
  const labelled = partners(gold, predicted, true);
  const free = partners(gold, predicted, false);
  return { gold: gold.length, predicted: predicted.length, exact: labelled.exact, overlap: labelled.overlap, exactAnyLabel: free.exact, overlapAnyLabel: free.overlap };
};

/** The counts of each label by itself, in the order of the labels. */
export const countByLabel = (gold: readonly ComparedSpan[], predicted: readonly ComparedSpan[]): ReadonlyMap<string, SpanCounts> => {
  const labels = [...new Set([...gold, ...predicted].map(({ label }) => label))].sort();
  return new Map(labels.map((label) => [label, countSpans(gold.filter((span) => span.label === label), predicted.filter((span) => span.label === label))]));
};

/**
 * Pairs gold with predicted spans one to one: equal ones first, then from left to right the first free one that shares a character.
 *
 * Where neither side overlaps itself this finds as many pairs as there can be.
 */
const partners = (gold: readonly ComparedSpan[], predicted: readonly ComparedSpan[], sameLabel: boolean): { readonly exact: number; readonly overlap: number } => {
  const free = new Set(predicted.keys());
  const take = (fits: (span: ComparedSpan) => boolean): boolean => {
    const found = inOrder.find((index) => free.has(index) && fits(predicted[index] ?? none));
    if (found !== undefined) free.delete(found);
    return found !== undefined;
  };
  const inOrder = [...predicted.keys()].sort((left, right) => byEnd(predicted[left] ?? none, predicted[right] ?? none));
  const likes = (left: ComparedSpan, right: ComparedSpan): boolean => !sameLabel || left.label === right.label;
  const rest = gold.filter((span) => !take((other) => likes(span, other) && other.start === span.start && other.end === span.end));
  const touched = rest.toSorted(byEnd).filter((span) => take((other) => likes(span, other) && other.start < span.end && span.start < other.end));
  return { exact: gold.length - rest.length, overlap: gold.length - rest.length + touched.length };
};

const none: ComparedSpan = { label: '', start: 0, end: 0 };
const byEnd = (left: ComparedSpan, right: ComparedSpan): number => left.end - right.end || left.start - right.start;

/** 0 .. 1 each. */
export type SpanScore = { readonly precision: number; readonly recall: number; readonly f1: number };

/** Which spans count as found. */
export const spanMeasures = ['exact', 'overlap', 'exactAnyLabel', 'overlapAnyLabel'] as const;
export type SpanMeasure = (typeof spanMeasures)[number];

/**
 * Precision found / predicted, recall found / gold, and their harmonic mean, 2 found / (predicted + gold).
 *
 * Where there is nothing to find and nothing was said all three are 1, as for word links; seqeval has 0 there.
 */
export const spanScore = (counts: SpanCounts, measure: SpanMeasure = 'exact'): SpanScore => {
  const { gold, predicted } = counts;
  const found = counts[measure];
  if (gold + predicted === 0) return { precision: 1, recall: 1, f1: 1 };
  return { precision: predicted === 0 ? 0 : found / predicted, recall: gold === 0 ? 0 : found / gold, f1: (2 * found) / (gold + predicted) };
};

import type { FoundSpans, TextSpan } from '../../contract/label.ts';
import type { ProjectionGold } from '../../contract/projection.ts';
import { agreementOf } from '../../domain/label/method-agreement.ts';
import { addSpanCounts, countSpans, noSpans, spanScore, type ComparedSpan } from '../../domain/label-evaluation/span-counts.ts';
import type { LabelledSentence, LabelledSpan } from '../../domain/label-formats/index.ts';
import type { LabelledPair } from './find-places.ts';

export type JudgedInput = {
  readonly pairs: readonly LabelledPair[];
  readonly found: readonly (readonly (readonly FoundSpans[])[])[];
  readonly written: readonly (readonly LabelledSpan[])[];
  readonly gold: readonly LabelledSentence[];
};

/** Span F1 of each method, of what is written, and of what two methods agree on. Places are compared without the spaces of the text, which a gold may have otherwise. */
export const goldReport = ({ pairs, found, written, gold }: JudgedInput): ProjectionGold[] => {
  const both = found.some((sentence) => sentence.some((methods) => methods.length > 1));
  const methods = [...new Set(found.flatMap((sentence) => sentence.flatMap((answers) => answers.map(({ method }) => method))))];
  const spansBy = (choose: (answers: readonly FoundSpans[]) => TextSpan | undefined) => pairs.map(({ spans }, at) => spans.flatMap(({ label }, span): ComparedSpan[] => {
    const place = choose(found[at]?.[span] ?? []);
    return place === undefined ? [] : [{ label, start: place.from, end: place.to }];
  }));
  const judged = (method: ProjectionGold['method'], predicted: readonly (readonly ComparedSpan[])[]): ProjectionGold => {
    const counts = pairs.map(({ target }, at) => countSpans(packed(gold[at]?.text ?? '', gold[at]?.spans ?? []), packed(target, predicted[at] ?? []))).reduce(addSpanCounts, noSpans);
    return { method, gold: counts.gold, predicted: counts.predicted, exact: spanScore(counts, 'exact'), overlap: spanScore(counts, 'overlap'), exactLabelFree: spanScore(counts, 'exactAnyLabel'), overlapLabelFree: spanScore(counts, 'overlapAnyLabel') };
  };
  return [
    ...methods.map((method) => judged(method, spansBy((answers) => answers.find((one) => one.method === method)?.best[0]))),
    ...(both ? [judged('agreed', spansBy(([left, right]) => (left !== undefined && right !== undefined && agreementOf(left, right) === 'same' ? left.best[0] : undefined)))] : []),
    judged('written', written),
  ];
};

/** Places counted without white space. */
const packed = (text: string, spans: readonly ComparedSpan[]): ComparedSpan[] => {
  const before = new Uint32Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) before[at + 1] = (before[at] ?? 0) + Number(!/\s/u.test(text[at] ?? ''));
  return spans.map(({ label, start, end }) => ({ label, start: before[start] ?? 0, end: before[end] ?? 0 }));
};

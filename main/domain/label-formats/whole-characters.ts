import type { LossList } from './label-format.ts';
import type { LabelledSentence, LabelledSpan } from './labelled-sentence.ts';
import { isBoundary } from './text-offsets.ts';

/** The spans with edges that every unit of offsets can say: an edge inside a character takes all of it, one outside the text becomes the text's edge. */
export const onWholeCharacters = (sentence: LabelledSentence, place: number, losses: LossList): LabelledSpan[] => sentence.spans.map((span) => {
  const [start, end] = [within(sentence.text, span.start, -1), within(sentence.text, span.end, 1)];
  if (start === span.start && end === span.end) return span;
  losses.add('inside-token', place, `${span.label} at character ${span.start + 1} has an edge inside a character or outside the text; it was moved to the nearest one that holds it.`);
  return { ...span, start, end };
});

const within = (text: string, offset: number, step: -1 | 1): number => {
  const inside = Math.min(text.length, Math.max(0, Math.round(offset)));
  return isBoundary(text, inside) ? inside : inside + step;
};

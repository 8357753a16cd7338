import { useMemo } from 'react';
import type { Predicate } from '../../../../main/contract/pairs.ts';
import type { Queue } from '../../../../main/contract/review-queues.ts';
import type { Side } from '../../../../main/contract/review.ts';
import { createEdgeTest, expressionOf } from '../../../../main/domain/text/text-matcher.ts';
import type { TextMark } from '../../../text/highlights.ts';

type TextChip = Extract<Predicate, { readonly kind: 'text' }>;

/** What a filter looks for in texts; what it leaves out (`not`) is nothing to show. */
export const soughtIn = (predicate: Predicate | null): readonly TextChip[] => {
  switch (predicate?.kind) {
    case 'text': return [predicate];
    case 'all': case 'any': return predicate.of.flatMap(soughtIn);
    default: return [];
  }
};

/** What is looked for on the screen: by the filters, and by those that the open queue was frozen with. The same array while that stays the same. */
export const useSought = (predicate: Predicate | null, queue: Queue | undefined): readonly TextChip[] => {
  const sought = [...soughtIn(predicate), ...soughtIn(queue?.predicate ?? null)];
  const key = JSON.stringify(sought);
  return useMemo(() => sought, [key]);
};

/** Where a text holds what is looked for. An expression that is none is not in it. */
export const textHits = (text: string, side: Side, language: string, sought: readonly TextChip[]): readonly TextMark[] => sought.filter((chip) => (chip.side === 'either' || chip.side === side) && chip.contains !== '').flatMap(({ contains, matchCase, how }) => {
  const isEdge = how === 'word' ? createEdgeTest(language) : () => true;
  const found = placesOf(text, how === 'regex' ? contains : contains.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'), matchCase);
  return found.filter(([from, to]) => isEdge(text, from) && isEdge(text, to)).map(([from, to]): TextMark => ({ name: 'hit', from, to }));
});

const placesOf = (text: string, expression: string, matchCase: boolean): readonly (readonly [from: number, to: number])[] => {
  try {
    return Array.from(text.matchAll(expressionOf(expression, matchCase, 'g')), (match) => [match.index, match.index + match[0].length] as const).filter(([from, to]) => to > from);
  } catch {
    return [];
  }
};

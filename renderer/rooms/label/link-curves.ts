import type { LabelSentence, TextSpan } from '../../../main/contract/label.ts';
import { overlaps } from './spans.ts';

/** `chosen`: from the open span into the chosen place; `span`: from another labelled word or out of the place; `other`: between words of no matter. */
export type DrawnLink = { readonly path: string; readonly kind: 'chosen' | 'span' | 'other' };

/** Curves from the lower edge of source words to the upper edge of those of the translation, in px of the box they lie in. */
export const drawLinks = (box: Element, links: LabelSentence['links'], source: readonly TextSpan[], target: readonly TextSpan[], open: TextSpan | null, chosen: TextSpan | null): readonly DrawnLink[] => {
  const frame = box.getBoundingClientRect();
  const middle = (side: 'source' | 'target', at: number): { readonly x: number; readonly y: number } | null => {
    const rect = box.querySelector(`[data-${side}="${at}"]`)?.getBoundingClientRect();
    return rect === undefined ? null : { x: (rect.left + rect.right) / 2 - frame.left, y: side === 'source' ? rect.bottom - frame.top + 5 : rect.top - frame.top + 14 };
  };
  const order = { other: 0, span: 1, chosen: 2 } as const;
  return links.flatMap((link): readonly DrawnLink[] => {
    const from = middle('source', source.findIndex((piece) => overlaps(piece, link.source)));
    const to = middle('target', target.findIndex((piece) => overlaps(piece, link.target)));
    if (from === null || to === null) return [];
    const half = (from.y + to.y) / 2;
    const kind = !overlaps(link.source, open) ? (overlaps(link.target, chosen) ? 'span' : 'other') : overlaps(link.target, chosen) ? 'chosen' : 'span';
    return [{ path: `M${from.x} ${from.y}C${from.x} ${half} ${to.x} ${half} ${to.x} ${to.y}`, kind }];
  }).sort((one, other) => order[one.kind] - order[other.kind]);
};

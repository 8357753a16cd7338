import type { LabelMethod, LabelSpan, TextSpan } from '../../../main/contract/label.ts';
import { wordSegments } from '../../../main/domain/text/segments.ts';
import { preferred } from '../../../main/domain/label/method-agreement.ts';

/** Where spans stand in a translation, and how their edges move: by what a reader sees as one piece. */

/** Words and signs of a text without the white space between them, in UTF-16 units. */
export const piecesOf = (text: string, language: string): readonly TextSpan[] => {
  let to = 0;
  return wordSegments(text, language).flatMap((segment) => {
    const from = to;
    to += segment.length;
    return segment.trim() === '' ? [] : [{ from, to }];
  });
};

export const overlaps = (one: TextSpan, other: TextSpan | null): boolean => other !== null && one.from < other.to && one.to > other.from;

/** The pieces that a span touches: `first` to before `end`; null where it touches none. */
export const touched = (pieces: readonly TextSpan[], span: TextSpan): { readonly first: number; readonly end: number } | null => {
  const first = pieces.findIndex((piece) => piece.to > span.from);
  const last = pieces.findLastIndex((piece) => piece.from < span.to);
  return first < 0 || last < first ? null : { first, end: last + 1 };
};

/** One edge moved by whole pieces; the span keeps at least one, and stays in the text. */
export const moveEdge = (pieces: readonly TextSpan[], span: TextSpan, edge: 'start' | 'end', step: 1 | -1): TextSpan => {
  const now = touched(pieces, span);
  if (now === null) return span;
  const first = edge === 'start' ? Math.min(Math.max(now.first + step, 0), now.end - 1) : now.first;
  const end = edge === 'end' ? Math.min(Math.max(now.end + step, now.first + 1), pieces.length) : now.end;
  return { from: edge === 'start' ? pieces[first]?.from ?? span.from : span.from, to: edge === 'end' ? pieces[end - 1]?.to ?? span.to : span.to };
};

export type Candidate = TextSpan & { readonly key: string; readonly method: LabelMethod; /** 0: the method's best. */ readonly rank: number; readonly score: number };

/** Alignment under 0, the places of constrained decoding under 1 to 4, as the keys stand. */
export const candidatesOf = ({ found }: Pick<LabelSpan, 'found'>): readonly Candidate[] => [
  ...found.filter(({ method }) => method === 'alignment').flatMap(({ method, best }) => best.slice(0, 1).map((one) => ({ ...one, method, rank: 0, key: '0' }))),
  ...found.filter(({ method }) => method === 'constrained').flatMap(({ method, best }) => best.slice(0, 4).map((one, rank) => ({ ...one, method, rank, key: String(rank + 1) }))),
];

/** What is offered before anybody has chosen: what was chosen before, else what an export would write. */
export const offered = (span: LabelSpan): TextSpan | null => {
  if (span.chosen !== null || span.decision === 'rejected') return span.chosen;
  const best = preferred(span.found);
  return best === null ? null : { from: best.from, to: best.to };
};

export const isSame = (one: TextSpan | null, other: TextSpan | null): boolean => one === other || (one !== null && other !== null && one.from === other.from && one.to === other.to);

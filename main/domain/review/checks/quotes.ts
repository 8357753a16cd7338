import { nothingFound, piecesOf, type Found, type PairCheck, type Span } from './found.ts';

/**
 * Quotation marks that one side leaves open where the other closes its own.
 *
 * Speech may go on in the next segment, so an open quotation alone says nothing; one side closed and the other open does. Which marks are used is the
 * language's affair: `„…“`, `“…”`, `«…»`, `「…」`, `"…"`. Single marks are apostrophes too often to be judged.
 */
export const makeQuotes = (): PairCheck => (source, target) => {
  if (!anyMark.test(source) || !anyMark.test(target)) return nothingFound;
  const [left, right] = [marksOf(source), marksOf(target)];
  if (left.open === right.open || left.count === 0 || right.count === 0) return nothingFound;
  const found: Found = { text: `The ${left.open ? 'source' : 'target'} opens or closes a quotation and the ${left.open ? 'target' : 'source'} does both.`, source: left.open ? left.spans : [], target: right.open ? right.spans : [] };
  return [found];
};

const anyMark = /["“”„‟«»「」『』《》〝〞〟＂]/u;
const marks = /(?<!\p{N})["“”„‟«»「」『』《》〝〞〟＂]/gu;

type Marks = { readonly count: number; readonly open: boolean; readonly spans: readonly Span[] };

/** Languages disagree about which of a pair opens (`»…«`), so the marks are only counted: an odd one is left over. */
const marksOf = (text: string): Marks => {
  const pieces = piecesOf(text, marks);
  return { count: pieces.length, open: pieces.length % 2 === 1, spans: pieces.map(({ span }) => span) };
};

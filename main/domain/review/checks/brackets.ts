import { named, nothingFound, type PairCheck, type Piece, type Span } from './found.ts';
import { withoutMarkup } from './markup.ts';

/** Brackets that one side opens or closes and does not match, where the other side does not leave the same ones open. */
export const makeBrackets = (): PairCheck => (source, target) => {
  if (!anyBracket.test(source) && !anyBracket.test(target)) return nothingFound;
  const [left, right] = [unmatched(withoutMarkup(source)), unmatched(withoutMarkup(target))];
  if (left.length + right.length === 0 || shape(left) === shape(right)) return nothingFound;
  const parts = [...(left.length > 0 ? [`${named(left.map(({ text }) => text))} in the source`] : []), ...(right.length > 0 ? [`${named(right.map(({ text }) => text))} in the target`] : [])];
  return [{ text: `Without a counterpart: ${parts.join('; ')}.`, source: spansOf(left), target: spansOf(right) }];
};

/** Wide and narrow forms are one bracket: typists mix them. */
const openings = '([{（［｛【〔〖｟';
const closings = ')]}）］｝】〕〗｠';
const plain = '([{([{[[[(';
const plainClosings = ')]})]}]]])';
const anyBracket = /[()[\]{}（）［］｛｝【】〔〕〖〗｟｠]/u;
/** `a)`, `1)`, `iv)` that number a list or follow a label; `:-)` and its like. */
const alone = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,4}(?=[)）])|[:;=8xX]['’]?-?(?=[()[\]])/gu;

const unmatched = (text: string): Piece[] => {
  const open: { readonly sign: string; readonly piece: Piece }[] = [];
  const stray: Piece[] = [];
  for (const { 0: sign, index } of text.matchAll(/[()[\]{}（）［］｛｝【】〔〕〖〗｟｠]/gu)) {
    const piece: Piece = { text: sign, span: [index, index + 1] };
    const at = openings.indexOf(sign);
    if (at >= 0) open.push({ sign: plain.charAt(at), piece });
    else {
      const wanted = plain.charAt(plainClosings.indexOf(plainClosings.charAt(closings.indexOf(sign))));
      const match = open.findLastIndex((one) => one.sign === wanted);
      if (match >= 0) open.splice(match, 1);
      else stray.push(piece);
    }
  }
  if (open.length + stray.length === 0) return [];
  const excused = new Set(Array.from(text.matchAll(alone), (match) => match.index + match[0].length));
  return [...stray, ...open.map(({ piece }) => piece)].filter(({ span }) => !excused.has(span[0])).toSorted((a, b) => a.span[0] - b.span[0]);
};

const shape = (pieces: readonly Piece[]): string => pieces.map(({ text }) => {
  const at = openings.indexOf(text);
  return at >= 0 ? plain.charAt(at) : plainClosings.charAt(closings.indexOf(text));
}).join('');
const spansOf = (pieces: readonly Piece[]): Span[] => pieces.map(({ span }) => span);

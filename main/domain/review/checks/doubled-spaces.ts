import { nothingFound, piecesOf, type Found, type PairCheck } from './found.ts';

/** Two spaces in a row inside a text; blanks of any width count, also a line break beside a space. */
export const makeDoubledSpaces = (): PairCheck => (source, target) => {
  const [left, right] = [runsOf(source), runsOf(target)];
  return left.length + right.length === 0 ? nothingFound : [{ text: `${sidesOf(left, right)} two spaces in a row.`, source: left, target: right }];
};

const runs = /(?<=\S)(?:[^\S\n]{2,}|[^\S\n]\n|\n[^\S\n])(?=\S)/gu;
const mayHave = /\s\s/u;
const runsOf = (text: string): Found['source'] => (mayHave.test(text) ? piecesOf(text, runs).map(({ span }) => span) : []);

/** `The source has`, `The target has`, `Both texts have`. */
export const sidesOf = (source: readonly unknown[], target: readonly unknown[]): string => {
  if (source.length > 0 && target.length > 0) return 'Both texts have';
  return source.length > 0 ? 'The source has' : 'The target has';
};

/** Half-open range in UTF-16 units. */
export type Span = readonly [from: number, to: number];

/** What a check has to say: one plain sentence, and the places in both texts that it is about. */
export type Found = { readonly text: string; readonly source: readonly Span[]; readonly target: readonly Span[] };

/** Language tags of the two sides; `und` where nobody knows. */
export type Languages = { readonly source: string; readonly target: string };

/** One check, made for one pair of languages. */
export type PairCheck = (source: string, target: string) => readonly Found[];

/** Shared, so that a million pairs without a finding cost no memory. */
export const nothingFound: readonly Found[] = [];

/** A piece of text and where it stands. */
export type Piece = { readonly text: string; readonly span: Span };

/** All matches of a global expression, with their places. */
export const piecesOf = (text: string, expression: RegExp): Piece[] => Array.from(text.matchAll(expression), (match) => ({ text: match[0], span: [match.index, match.index + match[0].length] }));

/** `“a”`, `“a” and “b”`, `“a”, “b” and 3 more`: at most `most` are named. */
export const named = (texts: readonly string[], most = 3): string => {
  const quoted = [...new Set(texts)].map((text) => `“${shortened(text)}”`);
  const shown = quoted.length > most ? [...quoted.slice(0, most - 1), `${quoted.length - most + 1} more`] : quoted;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
};

const longestNamed = 40;
const shortened = (text: string): string => {
  const characters = [...text];
  return characters.length > longestNamed ? `${characters.slice(0, longestNamed - 1).join('')}…` : text;
};

/** Pieces of each side that the other does not answer, taken one for one by their `key`. */
export const unanswered = <P extends Piece>(source: readonly P[], target: readonly P[], key: (piece: P) => string): { readonly source: readonly P[]; readonly target: readonly P[] } => ({
  source: without(source, target, key), target: without(target, source, key),
});

const without = <P extends Piece>(pieces: readonly P[], others: readonly P[], key: (piece: P) => string): P[] => {
  const there = new Map<string, number>();
  for (const other of others) there.set(key(other), (there.get(key(other)) ?? 0) + 1);
  return pieces.filter((piece) => {
    const count = there.get(key(piece)) ?? 0;
    if (count > 0) there.set(key(piece), count - 1);
    return count === 0;
  });
};

/** The finding for pieces that stand on one side only: `The target lacks “x”; “y” stands in the target only.` */
export const oneSided = (source: readonly Piece[], target: readonly Piece[]): readonly Found[] => {
  if (source.length === 0 && target.length === 0) return nothingFound;
  const parts = [
    ...(source.length > 0 ? [`only the source has ${named(source.map(({ text }) => text))}`] : []),
    ...(target.length > 0 ? [`only the target has ${named(target.map(({ text }) => text))}`] : []),
  ].join('; ');
  return [{ text: `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`, source: source.map(({ span }) => span), target: target.map(({ span }) => span) }];
};

/**
 * The shape of all writers of pairs: text in, text out, a piece at a time. Whoever holds the file encodes and writes the pieces.
 *
 * What a format cannot say is replaced and counted, never dropped: {@link PairWriterCounts} goes into the export's manifest.
 */

export type WrittenPair = {
  readonly source: string;
  readonly target: string;
  readonly sourceId: string;
  readonly targetId: string;
  /** In the order of the writer's columns; null = the pair has none. */
  readonly values: readonly (number | string | null)[];
};

export type PairWriterOptions = {
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly columns: readonly { readonly name: string; readonly kind: 'score' | 'label' }[];
  /** Name and version of this program, for formats with a header. */
  readonly tool: { readonly name: string; readonly version: string };
  /** Milliseconds since 1970, for formats that carry a date; left out where absent, so that the same pairs give the same bytes. */
  readonly createdAt?: number;
};

export type PairWriterCounts = {
  readonly pairs: number;
  /** TABs and line ends inside a text that became spaces. */
  readonly breaks: number;
  /** Characters that the format forbids and that became U+FFFD. */
  readonly characters: number;
};

/** One string for every file that the format writes, in the order of {@link PairWriter.files}. */
export type WrittenPiece = readonly string[];

export type PairWriter = {
  /** What is added to the name of each file: `['']` for one file, `['.de', '.en']` for a Moses pair. */
  readonly files: readonly string[];
  /** A format that packs several parts into one file: the pieces together are the part `written`, the others are these. */
  readonly parcel?: { readonly written: string; readonly others: readonly { readonly name: string; readonly text: string }[] };
  /** More pairs than this are not held by the format. */
  readonly mostPairs?: number;
  head(): WrittenPiece;
  pair(pair: WrittenPair): WrittenPiece;
  tail(): WrittenPiece;
  counts(): PairWriterCounts;
};

/** Scores are told with six decimals everywhere. */
export const sixDecimals = (value: number): string => {
  const text = value.toFixed(6);
  return text === '-0.000000' ? '0.000000' : text;
};

/** Columns of a table in a text, and its lines: LF, and CR where a reader would take it for a line end. */
const breaksOfTable = /[\t\n]|\r(?=\n|$)/g;

/** A text that stays in its cell, and how often it had to be changed. A lone CR inside the text and U+2028 are no line ends and stay. */
export const cellText = (text: string): { readonly text: string; readonly breaks: number } => {
  let breaks = 0;
  const changed = text.replace(breaksOfTable, () => { breaks += 1; return ' '; });
  return { text: changed, breaks };
};

import type { TokenSpans } from '../ngrams/token-spans.ts';

/** Splits a segment for BLEU. */
export type Tokenizer = {
  /** What the signature says after `tok:`. */
  readonly signature: string;
  /** The text sacreBLEU's tokenizer of that name returns. Its tokens are what lies between Python whitespace. */
  tokenize(text: string): string;
  /** The same tokens as parts of a text, where they are that: a way without strings, for speed. */
  readonly inPlace?: InPlace;
};

export type InPlace = {
  /** The text that the tokens are parts of. */
  prepare(text: string): string;
  /** Adds the tokens of the prepared text, which is `units[from .. to)`. */
  split(units: Uint16Array, from: number, to: number, spans: TokenSpans): void;
};

/**
 * What a sequence-to-sequence model can be asked for, whatever it runs on: the one seam between searches and models.
 *
 * All scores are natural logarithms of probabilities over the whole vocabulary (log-softmax of the model's logits), 0 at best. The prompt of the decoder
 * (start token, and the target language where it is a token) is given by the scorer and never scored. Sources are padded on the right; a row's numbers
 * do not depend on what else is computed with it beyond the last bits of 32-bit arithmetic.
 */
export type Seq2SeqScorer = {
  readonly vocabularySize: number;
  /** The token that ends a sentence. */
  readonly end: number;
  /** Encodes sources once; each is the ids of one sentence with its control tokens. */
  encode(sources: readonly Int32Array[], signal?: Cancel): Promise<EncodedSources>;
  /** What was asked since the scorer was opened. */
  readonly effort: Effort;
};

/** Work done: decoder calls, rows summed over the calls, tokens summed over the rows. */
export type Effort = { calls: number; rows: number; tokens: number };

export type EncodedSources = {
  readonly count: number;
  /**
   * Teacher forcing: the answer for a row is [tokens.length + 1, k], log P(asked[p, c] | source, tokens[0 .. p)).
   *
   * Rows may differ in length and in k; they are computed in as many calls as the memory budget asks for.
   */
  force(rows: readonly ForcedRow[], signal?: Cancel): Promise<readonly Float64Array[]>;
  /** The frontier after the prompt: one row for each of the named sources. */
  begin(sources: Uint32Array, signal?: Cancel): Promise<Frontier>;
};

/** `asked` has k ids for each position 0 .. tokens.length, one position after the other. */
export type ForcedRow = { readonly source: number; readonly tokens: Int32Array; readonly asked: Int32Array };

/** Rows of equal length that wait for their next token. Nothing in it changes: it may be advanced several times. */
export type Frontier = {
  readonly rows: number;
  /** log P of ids as next tokens: [rows, k] in, [rows, k] out. */
  scores(ids: Int32Array): Float64Array;
  /** The next tokens of a row, log P of the whole vocabulary. Valid until the next question. */
  all(row: number): Float32Array;
  /** New rows, each one of these rows with a token more. */
  advance(parents: Uint32Array, tokens: Int32Array, signal?: Cancel): Promise<Frontier>;
};

/** Sum of log P of a whole target, its end included: `tokens` does not hold the end. */
export const targetRow = (source: number, tokens: Int32Array, end: number): ForcedRow => ({ source, tokens, asked: Int32Array.of(...tokens, end) });

/** Whether somebody has given up on the answer: an AbortSignal is one. */
export type Cancel = { readonly aborted: boolean };

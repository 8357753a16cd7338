import { NgramMatcher } from '../ngrams/ngram-matcher.ts';
import { TokenSpans } from '../ngrams/token-spans.ts';
import { TokenTable } from '../ngrams/token-table.ts';
import { UnitBuffer } from '../ngrams/unit-buffer.ts';
import { isHighSurrogate, isPythonSpace } from '../text/python-text.ts';
import { splitChrfWords } from './chrf-words.ts';

export type ChrfOrders = { readonly charOrder: number; readonly wordOrder: number; readonly whitespace: boolean };

/**
 * Counts one hypothesis against one reference: [hypothesis, reference, match] for each order, characters first, then words.
 *
 * An order of which the reference has no n-gram counts none of the hypothesis either.
 */
export class ChrfCounter {
  readonly #orders: ChrfOrders;
  readonly #matcher = new NgramMatcher();
  readonly #table = new TokenTable();
  readonly #buffer = new UnitBuffer();
  readonly #spans = new TokenSpans();
  /** Code points or words: the reference's, then the hypothesis's. */
  #symbols = new Int32Array(1024);
  readonly #matches: Int32Array;

  constructor(orders: ChrfOrders) {
    this.#orders = orders;
    this.#matches = new Int32Array(Math.max(orders.charOrder, orders.wordOrder));
  }

  /** Fills `row`. The texts are lowercased already where that is asked. */
  count(hypothesis: string, reference: string, row: Float64Array): void {
    const { charOrder, wordOrder } = this.#orders;
    if (charOrder > 0) this.#countCharacters(hypothesis, reference, row);
    if (wordOrder > 0) this.#countWords(hypothesis, reference, row.subarray(3 * charOrder));
  }

  #countCharacters(hypothesis: string, reference: string, row: Float64Array): void {
    this.#makeRoom(reference.length + hypothesis.length);
    const middle = this.#readCharacters(reference, 0);
    const end = this.#readCharacters(hypothesis, middle);
    this.#matchAll(middle, end, this.#orders.charOrder, row);
  }

  #countWords(hypothesis: string, reference: string, row: Float64Array): void {
    this.#buffer.clear();
    this.#spans.clear();
    const middle = this.#splitWords(reference);
    const end = this.#splitWords(hypothesis);
    this.#makeRoom(end);
    this.#table.reset(this.#buffer.units, middle);
    this.#table.number(this.#spans, 0, middle, this.#symbols, true);
    this.#table.number(this.#spans, middle, end, this.#symbols, false);
    this.#matchAll(middle, end, this.#orders.wordOrder, row);
  }

  #matchAll(middle: number, end: number, order: number, row: Float64Array): void {
    const matches = this.#matches;
    this.#matcher.match(this.#symbols, [middle], end, order, matches);
    for (let n = 0; n < order; n += 1) {
      const inReference = Math.max(0, middle - n);
      row[3 * n] = inReference === 0 ? 0 : Math.max(0, end - middle - n);
      row[3 * n + 1] = inReference;
      row[3 * n + 2] = matches[n] ?? 0;
    }
  }

  /** Writes a text's code points to `#symbols` from `start` on and says where they end. */
  #readCharacters(text: string, start: number): number {
    const { whitespace } = this.#orders;
    const symbols = this.#symbols;
    let length = start;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (!whitespace && isPythonSpace(unit)) continue;
      symbols[length++] = isHighSurrogate(unit) ? (text.codePointAt(at++) ?? 0) : unit;
    }
    return length;
  }

  /** Adds a text's words to those there are, and says how many they are now. */
  #splitWords(text: string): number {
    const from = this.#buffer.length;
    this.#buffer.append(text);
    splitChrfWords(this.#buffer.units, from, this.#buffer.length, this.#spans);
    return this.#spans.count;
  }

  #makeRoom(symbols: number): void {
    if (this.#symbols.length < symbols) this.#symbols = new Int32Array(2 * symbols);
  }
}

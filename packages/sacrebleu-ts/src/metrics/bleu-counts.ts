import { NgramMatcher } from '../ngrams/ngram-matcher.ts';
import { splitAtSpaces, TokenSpans } from '../ngrams/token-spans.ts';
import { TokenTable } from '../ngrams/token-table.ts';
import { UnitBuffer } from '../ngrams/unit-buffer.ts';
import { pyLower, pyRstrip } from '../text/python-text.ts';
import type { InPlace, Tokenizer } from '../tokenizers/tokenizer.ts';

/**
 * Reads segments into BLEU's rows: [hypothesis length, closest reference length, matches by order, n-grams of the hypothesis by order].
 *
 * Each text is lowercased where asked, stripped on the right, and tokenised; matches are clipped by the maximum count over references.
 */
export class BleuCounter {
  readonly #inPlace: InPlace;
  readonly #lowercase: boolean;
  readonly #order: number;
  readonly #buffer = new UnitBuffer();
  readonly #spans = new TokenSpans();
  readonly #table = new TokenTable();
  readonly #matcher = new NgramMatcher();
  #symbols = new Int32Array(1024);
  readonly #matches: Int32Array;

  constructor(tokenizer: Tokenizer, lowercase: boolean, order: number) {
    this.#inPlace = tokenizer.inPlace ?? { prepare: (text) => tokenizer.tokenize(text), split: splitAtSpaces };
    this.#lowercase = lowercase;
    this.#order = order;
    this.#matches = new Int32Array(order);
  }

  /** Fills `row`, which is all zero. */
  count(hypothesis: string, references: readonly string[], row: Float64Array): void {
    this.#buffer.clear();
    this.#spans.clear();
    const ends = references.map((reference) => this.#tokenize(reference));
    const middle = this.#spans.count;
    const end = this.#tokenize(hypothesis);
    if (this.#symbols.length < end) this.#symbols = new Int32Array(2 * end);
    this.#table.reset(this.#buffer.units, middle);
    this.#table.number(this.#spans, 0, middle, this.#symbols, true);
    this.#table.number(this.#spans, middle, end, this.#symbols, false);
    this.#matcher.match(this.#symbols, ends, end, this.#order, this.#matches);

    const length = end - middle;
    row[0] = length;
    row[1] = closestLength(length, ends.map((referenceEnd, index) => referenceEnd - (ends[index - 1] ?? 0)));
    for (let n = 0; n < this.#order; n += 1) {
      row[2 + n] = this.#matches[n] ?? 0;
      row[2 + this.#order + n] = Math.max(0, length - n);
    }
  }

  /** Adds a text's tokens to those there are, and says how many they are now. */
  #tokenize(text: string): number {
    const from = this.#buffer.length;
    this.#buffer.append(this.#inPlace.prepare(pyRstrip(this.#lowercase ? pyLower(text) : text)));
    this.#inPlace.split(this.#buffer.units, from, this.#buffer.length, this.#spans);
    return this.#spans.count;
  }
}

/** The reference length nearest to the hypothesis's; of two as near, the shorter. */
const closestLength = (length: number, referenceLengths: readonly number[]): number => {
  let closest = referenceLengths[0] ?? 0;
  for (const candidate of referenceLengths) {
    const difference = Math.abs(length - candidate) - Math.abs(length - closest);
    if (difference < 0 || (difference === 0 && candidate < closest)) closest = candidate;
  }
  return closest;
};

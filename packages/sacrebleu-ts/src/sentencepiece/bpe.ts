import type { ByteTrie } from './byte-trie.ts';
import type { Piece } from './model.ts';
import type { Cut } from './unigram.ts';
import { lengthOfPoint } from './utf8.ts';

/** Two neighbours that together are a piece. `length`: of both, to notice when one has since been merged elsewhere. */
type Pair = { readonly left: number; readonly right: number; readonly score: number; readonly length: number };

/**
 * Merges neighbours, the best-scored pair first and of equals the leftmost, until no two neighbours make a piece.
 *
 * sentencepiece's bpe_model.cc: user-defined symbols are never merged, and a merged piece that is not to be used is split again as it was made.
 */
export class BpeCutter {
  readonly #pieces: readonly Piece[];
  readonly #trie: ByteTrie;
  readonly #kept: ByteTrie;

  /** `trie` numbers the pieces that text can match, those not to be used included; `kept` holds the user-defined symbols. */
  constructor(pieces: readonly Piece[], trie: ByteTrie, kept: ByteTrie) {
    this.#pieces = pieces;
    this.#trie = trie;
    this.#kept = kept;
  }

  cut(text: Uint8Array): Cut[] {
    const symbols = new Symbols(text, this.#kept);
    const agenda = new Agenda();
    const madeFrom = new Map<number, number>();
    const consider = (left: number, right: number): void => {
      if (left < 0 || right < 0 || symbols.isFrozen(left) || symbols.isFrozen(right)) return;
      const start = symbols.startOf(left);
      const end = symbols.endOf(right);
      const index = this.#trie.find(text, start, end);
      const piece = this.#pieces[index];
      if (piece === undefined) return;
      agenda.push({ left, right, score: piece.score, length: end - start });
      if (piece.type === 'unused') madeFrom.set(index, symbols.endOf(left) - start);
    };
    for (let index = 1; index < symbols.count; index += 1) consider(index - 1, index);
    for (let pair = agenda.pop(); pair !== null; pair = agenda.pop()) {
      if (!symbols.areStill(pair)) continue;
      symbols.merge(pair.left, pair.right);
      consider(symbols.before(pair.left), pair.left);
      consider(pair.left, symbols.after(pair.left));
    }
    return symbols.spans().flatMap(([start, end]) => this.#resolve(text, start, end, madeFrom));
  }

  /** A merged piece as it is, or as the two it was made from where it is not to be used. */
  #resolve(text: Uint8Array, start: number, end: number, madeFrom: ReadonlyMap<number, number>): Cut[] {
    const index = this.#trie.find(text, start, end);
    const first = this.#pieces[index]?.type === 'unused' ? madeFrom.get(index) : undefined;
    if (first === undefined) return [{ end, known: index !== -1 }];
    return [...this.#resolve(text, start, start + first, madeFrom), ...this.#resolve(text, start + first, end, madeFrom)];
  }
}

/** The symbols a text is made of at the moment, as a list linked both ways. A symbol that was merged into its left neighbour is empty. */
class Symbols {
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #before: Int32Array;
  readonly #after: Int32Array;
  readonly #frozen: Uint8Array;
  readonly count: number;

  constructor(text: Uint8Array, kept: ByteTrie) {
    this.#start = new Int32Array(text.length);
    this.#end = new Int32Array(text.length);
    this.#frozen = new Uint8Array(text.length);
    let count = 0;
    for (let at = 0; at < text.length; count += 1) {
      const frozen = kept.longest(text, at);
      this.#start[count] = at;
      at = Math.min(text.length, at + (frozen > 0 ? frozen : lengthOfPoint(text[at] ?? 0)));
      this.#end[count] = at;
      this.#frozen[count] = frozen > 0 ? 1 : 0;
    }
    this.count = count;
    this.#before = Int32Array.from({ length: count }, (_, index) => index - 1);
    this.#after = Int32Array.from({ length: count }, (_, index) => (index + 1 < count ? index + 1 : -1));
  }

  isFrozen(symbol: number): boolean {
    return this.#frozen[symbol] === 1;
  }

  startOf(symbol: number): number {
    return this.#start[symbol] ?? 0;
  }

  endOf(symbol: number): number {
    return this.#end[symbol] ?? 0;
  }

  before(symbol: number): number {
    return this.#before[symbol] ?? -1;
  }

  after(symbol: number): number {
    return this.#after[symbol] ?? -1;
  }

  /** Whether both sides of a pair are as they were when it was found. */
  areStill({ left, right, length }: Pair): boolean {
    return this.#lengthOf(left) > 0 && this.#lengthOf(right) > 0 && this.#lengthOf(left) + this.#lengthOf(right) === length;
  }

  merge(left: number, right: number): void {
    const next = this.after(right);
    this.#end[left] = this.endOf(right);
    this.#end[right] = this.startOf(right);
    this.#after[left] = next;
    if (next >= 0) this.#before[next] = left;
  }

  spans(): (readonly [start: number, end: number])[] {
    const spans: (readonly [number, number])[] = [];
    for (let symbol = this.count > 0 ? 0 : -1; symbol >= 0; symbol = this.after(symbol)) spans.push([this.startOf(symbol), this.endOf(symbol)]);
    return spans;
  }

  #lengthOf(symbol: number): number {
    return this.endOf(symbol) - this.startOf(symbol);
  }
}

/** A binary heap of pairs, the best on top. */
class Agenda {
  readonly #heap: Pair[] = [];

  push(pair: Pair): void {
    const heap = this.#heap;
    let index = heap.push(pair) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBetter(pair, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = pair;
  }

  pop(): Pair | null {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return null;
    if (heap.length === 0) return top;
    let index = 0;
    for (;;) {
      const child = this.#betterChild(index);
      const below = heap[child];
      if (below === undefined || !isBetter(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
    return top;
  }

  #betterChild(index: number): number {
    const [left, right] = [this.#heap[2 * index + 1], this.#heap[2 * index + 2]];
    return left !== undefined && right !== undefined && isBetter(right, left) ? 2 * index + 2 : 2 * index + 1;
  }
}

const isBetter = (a: Pair, b: Pair): boolean => a.score > b.score || (a.score === b.score && a.left < b.left);

import { hashShift, tableSize } from './hash.ts';

/** Numbers of one slot: stamp, parent, symbol, count. */
const slotWidth = 4;

/** Stands for an n-gram that no reference has. */
const absent = -1;

/**
 * Counts how many n-grams of a hypothesis find a partner in its references.
 *
 * Texts are sequences of symbols (integers). Order by order, an n-gram is a pair: the n-gram one shorter that begins at the same place, its parent,
 * and its last symbol. Pairs are slots of an open-addressing table, the slot being the parent's number in the next order; so n-grams are equal
 * exactly when their symbols are. A stamp tells the slots in use from older ones: nothing is cleared.
 */
export class NgramMatcher {
  #slots = new Int32Array(slotWidth * 16);
  #size = 16;
  #shift = 28;
  #stamp = 0;
  /** At each place, the n-gram of the order before. */
  #parents = new Int32Array(1024);
  /** For a second reference and on: each slot's count in the reference at hand, and which reference that was. */
  #inReference = new Int32Array(0);
  #lastReference = new Int32Array(0);
  #reference = 0;

  /**
   * Writes `matches[n - 1]`, n = 1 .. order: the sum over n-grams of min(count in the hypothesis, largest count in a reference).
   *
   * `symbols` holds the references one after the other, reference k up to `ends[k]`, and behind them the hypothesis up to `end`.
   * A negative symbol matches nothing.
   */
  match(symbols: Int32Array, ends: readonly number[], end: number, order: number, matches: Int32Array): void {
    const middle = ends.at(-1) ?? 0;
    if (this.#parents.length < end) this.#parents = new Int32Array(2 * end);
    this.#parents.fill(0, 0, end);
    this.#reset(middle);
    for (let n = 1; n <= order; n += 1) {
      this.#stamp += 1;
      this.#add(symbols, 0, ends[0] ?? 0, n);
      for (let k = 1; k < ends.length; k += 1) this.#raise(symbols, ends[k - 1] ?? 0, ends[k] ?? 0, n);
      matches[n - 1] = this.#take(symbols, middle, end, n);
    }
  }

  #reset(entries: number): void {
    this.#size = tableSize(entries);
    this.#shift = hashShift(this.#size);
    if (this.#slots.length >= slotWidth * this.#size && this.#stamp < lastStamp) return;
    this.#slots = new Int32Array(slotWidth * this.#size);
    this.#stamp = 0;
  }

  /** Counts the n-grams of the first reference. */
  #add(symbols: Int32Array, from: number, to: number, n: number): void {
    const slots = this.#slots;
    const parents = this.#parents;
    const stamp = this.#stamp;
    const mask = this.#size - 1;
    const shift = this.#shift;
    for (let at = from; at <= to - n; at += 1) {
      const slot = find(slots, stamp, mask, shift, parents[at] ?? 0, symbols[at + n - 1] ?? 0);
      const entry = slotWidth * slot;
      if (slots[entry] === stamp) {
        slots[entry + 3] = (slots[entry + 3] ?? 0) + 1;
      } else {
        slots[entry] = stamp;
        slots[entry + 1] = parents[at] ?? 0;
        slots[entry + 2] = symbols[at + n - 1] ?? 0;
        slots[entry + 3] = 1;
      }
      parents[at] = slot;
    }
  }

  /** Raises each n-gram's count to that in one more reference, where it is larger there. */
  #raise(symbols: Int32Array, from: number, to: number, n: number): void {
    this.#beginReference();
    const slots = this.#slots;
    for (let at = from; at <= to - n; at += 1) {
      const parent = this.#parents[at] ?? 0;
      const symbol = symbols[at + n - 1] ?? 0;
      const slot = find(slots, this.#stamp, this.#size - 1, this.#shift, parent, symbol);
      const entry = slotWidth * slot;
      const count = 1 + (this.#lastReference[slot] === this.#reference ? (this.#inReference[slot] ?? 0) : 0);
      this.#lastReference[slot] = this.#reference;
      this.#inReference[slot] = count;
      if (slots[entry] !== this.#stamp || count > (slots[entry + 3] ?? 0)) slots[entry + 3] = count;
      slots[entry] = this.#stamp;
      slots[entry + 1] = parent;
      slots[entry + 2] = symbol;
      this.#parents[at] = slot;
    }
  }

  #beginReference(): void {
    this.#reference += 1;
    if (this.#lastReference.length >= this.#size && this.#reference < lastStamp) return;
    this.#lastReference = new Int32Array(this.#size);
    this.#inReference = new Int32Array(this.#size);
    this.#reference = 1;
  }

  /** Matches the hypothesis: every match uses up one count. */
  #take(symbols: Int32Array, from: number, to: number, n: number): number {
    const slots = this.#slots;
    const parents = this.#parents;
    const stamp = this.#stamp;
    const mask = this.#size - 1;
    const shift = this.#shift;
    let matched = 0;
    for (let at = from; at <= to - n; at += 1) {
      const parent = parents[at] ?? 0;
      if (parent === absent) continue;
      const slot = find(slots, stamp, mask, shift, parent, symbols[at + n - 1] ?? 0);
      const entry = slotWidth * slot;
      if (slots[entry] !== stamp) {
        parents[at] = absent;
        continue;
      }
      parents[at] = slot;
      const left = slots[entry + 3] ?? 0;
      if (left === 0) continue;
      slots[entry + 3] = left - 1;
      matched += 1;
    }
    return matched;
  }
}

/** The slot of an n-gram, or the free one where it belongs. */
const find = (slots: Int32Array, stamp: number, mask: number, shift: number, parent: number, symbol: number): number => {
  let slot = Math.imul(Math.imul(parent + 1, 0x85ebca6b) ^ (symbol + 1), 0x9e3779b1) >>> shift;
  for (let entry = slotWidth * slot; slots[entry] === stamp; entry = slotWidth * slot) {
    if (slots[entry + 1] === parent && slots[entry + 2] === symbol) return slot;
    slot = (slot + 1) & mask;
  }
  return slot;
};

/** Far below the largest Int32, with room for all orders of one more segment. */
const lastStamp = 0x7f000000;

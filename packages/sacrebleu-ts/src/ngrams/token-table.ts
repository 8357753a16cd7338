import { hashShift, tableSize } from './hash.ts';
import type { TokenSpans } from './token-spans.ts';

/** Of a token that the table does not hold. */
export const unknownToken = -1;

/** Numbers of one slot: stamp, hash, start and end of the token in the buffer. */
const slotWidth = 4;

/**
 * Numbers the distinct tokens of one segment's texts, which all lie in one array of code units.
 *
 * A token's number is its slot. Equal hashes are compared unit by unit, so two tokens never share a number. A stamp tells this segment's slots
 * from older ones: nothing is cleared between segments.
 */
export class TokenTable {
  #units: Uint16Array = new Uint16Array(0);
  #slots = new Int32Array(slotWidth * 16);
  #size = 16;
  #shift = 28;
  #stamp = 0;

  /** Forgets all tokens. `units` holds every token to come, `entries` is at least their number. */
  reset(units: Uint16Array, entries: number): void {
    this.#units = units;
    this.#size = tableSize(entries);
    this.#shift = hashShift(this.#size);
    this.#stamp += 1;
    if (this.#slots.length < slotWidth * this.#size || this.#stamp === 0x7fffffff) {
      this.#slots = new Int32Array(slotWidth * this.#size);
      this.#stamp = 1;
    }
  }

  /** Writes the numbers of tokens [from, to) to the same places of `symbols`. A new token is put in where `insert` is set, else its number is `unknownToken`. */
  number({ spans }: TokenSpans, from: number, to: number, symbols: Int32Array, insert: boolean): void {
    const units = this.#units;
    for (let token = from; token < to; token += 1) {
      const start = spans[2 * token] ?? 0;
      const end = spans[2 * token + 1] ?? 0;
      let hash = 0;
      for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (units[at] ?? 0), 0x01000193);
      symbols[token] = this.#find(start, end, hash, insert);
    }
  }

  #find(start: number, end: number, hash: number, insert: boolean): number {
    const units = this.#units;
    const slots = this.#slots;
    const stamp = this.#stamp;
    const mask = this.#size - 1;
    let slot = Math.imul(hash, 0x9e3779b1) >>> this.#shift;
    for (;;) {
      const at = slotWidth * slot;
      if (slots[at] !== stamp) {
        if (!insert) return unknownToken;
        slots[at] = stamp;
        slots[at + 1] = hash;
        slots[at + 2] = start;
        slots[at + 3] = end;
        return slot;
      }
      if (slots[at + 1] === hash && sameUnits(units, start, end, slots[at + 2] ?? 0, slots[at + 3] ?? 0)) return slot;
      slot = (slot + 1) & mask;
    }
  }
}

const sameUnits = (units: Uint16Array, start: number, end: number, otherStart: number, otherEnd: number): boolean => {
  if (end - start !== otherEnd - otherStart) return false;
  for (let at = 0; at < end - start; at += 1) if (units[start + at] !== units[otherStart + at]) return false;
  return true;
};

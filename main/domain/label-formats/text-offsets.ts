import type { OffsetUnit } from './label-format.ts';

/** Places in a text between the units of a file and those of JavaScript. Null: outside the text, or inside a character. */
export type TextOffsets = {
  /** From the file's unit to UTF-16. */
  toUtf16(offset: number): number | null;
  /** From UTF-16 to the file's unit. */
  fromUtf16(offset: number): number | null;
};

/**
 * Counts in code points, UTF-16 units or bytes of UTF-8.
 *
 * "a🙂b": b is at code point 2, UTF-16 unit 3, byte 5. Combining marks are code points of their own, and so are CR and LF of one line end. A lone
 * surrogate is one code point, and three bytes, those of U+FFFD that stands for it in UTF-8.
 */
export const textOffsets = (text: string, unit: OffsetUnit): TextOffsets => {
  if (unit === 'utf-16') return { toUtf16: (offset) => (isBoundary(text, offset) ? offset : null), fromUtf16: (offset) => (isBoundary(text, offset) ? offset : null) };
  const [units, counted] = edges(text, unit);
  return {
    toUtf16: (offset) => lookUp(counted, units, offset),
    fromUtf16: (offset) => lookUp(units, counted, offset),
  };
};

/** Whether a place is inside the text or at its end, and not between the halves of a character. */
export const isBoundary = (text: string, offset: number): boolean =>
  Number.isInteger(offset) && offset >= 0 && offset <= text.length && !(offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff);

/** The edges of all characters in both units, ascending. */
const edges = (text: string, unit: 'code-point' | 'utf-8'): readonly [Uint32Array, Uint32Array] => {
  const units = new Uint32Array(text.length + 1);
  const counted = new Uint32Array(text.length + 1);
  let [count, place, total] = [0, 0, 0];
  while (place < text.length) {
    const code = text.codePointAt(place) ?? 0;
    place += code > 0xffff ? 2 : 1;
    total += unit === 'code-point' ? 1 : bytesOf(code);
    count += 1;
    units[count] = place;
    counted[count] = total;
  }
  return [units.subarray(0, count + 1), counted.subarray(0, count + 1)];
};

const bytesOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

const lookUp = (from: Uint32Array, to: Uint32Array, offset: number): number | null => {
  let [low, high] = [0, from.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((from[middle] ?? 0) < offset) low = middle + 1; else high = middle;
  }
  return from[low] === offset ? (to[low] ?? null) : null;
};

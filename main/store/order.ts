import type { Pacer } from './pacer.ts';

/** 64-bit keys in two halves, and the numbers that go with them; all of one length. */
export type Keyed = { high: Uint32Array; low: Uint32Array; items: Uint32Array };

const digitBits = 11;
const buckets = 1 << digitBits;
const slice = 131_072;

/**
 * Sorts by key, ascending; equal keys keep the order they came in, so that ties go to the lower pair id.
 *
 * A least-significant-digit radix sort on typed arrays: 1 M keys take about a tenth of a second, no comparison function is called, and it can pause
 * between slices, which the built-in sort cannot. Digits that are the same in all keys are skipped, so that small integers take two passes.
 */
export const sortByKey = async (keyed: Keyed, pace: Pacer): Promise<Uint32Array> => {
  let from = keyed;
  let to: Keyed = { high: new Uint32Array(from.high.length), low: new Uint32Array(from.low.length), items: new Uint32Array(from.items.length) };
  for (let digit = 0; digit < 6; digit += 1) {
    const starts = await countDigits(from, digit, pace);
    if (starts === null) continue;
    for (let at = 0; at < from.items.length; at += slice) {
      scatter(from, to, digit, starts, at, Math.min(from.items.length, at + slice));
      await pace();
    }
    [from, to] = [to, from];
  }
  return from.items;
};

/** Digits 0 to 2 lie in the low half (11 + 11 + 10 bits), 3 to 5 in the high one. */
const shiftOf = (digit: number): number => (digit % 3) * digitBits;

const countDigits = async (keyed: Keyed, digit: number, pace: Pacer): Promise<Uint32Array | null> => {
  const half = digit < 3 ? keyed.low : keyed.high;
  const shift = shiftOf(digit);
  const counts = new Uint32Array(buckets);
  for (let from = 0; from < half.length; from += slice * 4) {
    const end = Math.min(half.length, from + slice * 4);
    for (let at = from; at < end; at += 1) {
      const bucket = ((half[at] ?? 0) >>> shift) & (buckets - 1);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    await pace();
  }
  if (counts.includes(half.length)) return null;
  let start = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const count = counts[bucket] ?? 0;
    counts[bucket] = start;
    start += count;
  }
  return counts;
};

const scatter = (from: Keyed, to: Keyed, digit: number, starts: Uint32Array, begin: number, end: number): void => {
  const half = digit < 3 ? from.low : from.high;
  const shift = shiftOf(digit);
  for (let at = begin; at < end; at += 1) {
    const bucket = ((half[at] ?? 0) >>> shift) & (buckets - 1);
    const place = starts[bucket] ?? 0;
    starts[bucket] = place + 1;
    to.high[place] = from.high[at] ?? 0;
    to.low[place] = from.low[at] ?? 0;
    to.items[place] = from.items[at] ?? 0;
  }
};

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/**
 * Writes the key of a number at `at`: unsigned order of keys = order of numbers. -0 equals 0; a missing number (NaN) comes last in both directions.
 */
export const putKey = (keyed: Keyed, at: number, value: number, descending: boolean): void => {
  if (Number.isNaN(value)) {
    keyed.high[at] = 0xffffffff;
    keyed.low[at] = 0xffffffff;
    return;
  }
  double[0] = value + 0;
  const low = halves[0] ?? 0;
  const high = halves[1] ?? 0;
  // Ascending: all bits of a negative number are turned, and the sign of another; descending: all of that turned again.
  const turned = (high >>> 31 === 1) !== descending;
  const sign = high >>> 31 === 1 ? 0 : 0x80000000;
  keyed.low[at] = turned ? ~low : low;
  keyed.high[at] = (turned ? ~high : high) ^ sign;
};

/** The first position for which it is true, where it is true for all that follow. */
export const firstWhere = (length: number, isTrue: (position: number) => boolean): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

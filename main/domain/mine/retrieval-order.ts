import { cosineKey, marginKey } from './margin.ts';
import { inChunks, part, runThrough, type Steps } from './steps.ts';

/** Pairs in columns; all arrays have the same length. */
export type PairColumns = {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly margin: Float64Array;
  readonly cosine: Float64Array;
};

const digitSize = 65_536;
/** Moves keys into the positive numbers that a radix sort needs; keys beyond it (a ratio above four billion) are tied. */
const keyBias = 2 ** 52;

const biased = (key: number): number => Math.min(2 ** 53 - 1, Math.max(0, key + keyBias));

/**
 * The order of all lists of pairs: (margin desc, cosine desc, source asc, target asc), scores compared by their keys.
 *
 * Returns the indices of the pairs in that order. A least-significant-digit radix sort on 16-bit digits: a million pairs take about a tenth of a
 * second where a comparator over objects takes several, and every pass is stable, so the order is total and the same everywhere.
 */
export const pairOrder = (pairs: PairColumns): Uint32Array => runThrough(pairOrderInSteps(pairs));

export const pairOrderInSteps = function* (pairs: PairColumns): Steps<Uint32Array> {
  const { source, target, margin, cosine } = pairs;
  const count = source.length;
  const state = { order: Uint32Array.from({ length: 0 }), spare: new Uint32Array(count), digits: new Uint16Array(count) };
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) order[index] = index;
  state.order = order;

  const pass = function* (digitOf: (index: number) => number): Steps<void> {
    const starts = new Uint32Array(digitSize + 1);
    yield* inChunks(count, (first, end) => {
      for (let index = first; index < end; index += 1) {
        const digit = digitOf(index);
        state.digits[index] = digit;
        starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
      }
    });
    if (starts.some((size, place) => place > 0 && size === count)) return;
    for (let digit = 0; digit < digitSize; digit += 1) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    yield* inChunks(count, (first, end) => {
      for (let place = first; place < end; place += 1) {
        const index = state.order[place] ?? 0;
        const digit = state.digits[index] ?? 0;
        const to = starts[digit] ?? 0;
        state.spare[to] = index;
        starts[digit] = to + 1;
      }
    });
    const sorted = state.spare;
    state.spare = state.order;
    state.order = sorted;
  };

  if (count > 1) {
    const digits: ((index: number) => number)[] = [];
    for (const ordinals of [target, source]) {
      digits.push((index) => (ordinals[index] ?? 0) & 0xffff, (index) => (ordinals[index] ?? 0) >>> 16);
    }
    for (const keyOf of [(index: number): number => cosineKey(cosine[index] ?? 0), (index: number): number => marginKey(margin[index] ?? 0)]) {
      for (let power = 1; power < 2 ** 53; power *= digitSize) {
        digits.push((index) => digitSize - 1 - (Math.floor(biased(keyOf(index)) / power) % digitSize));
      }
    }
    for (const [done, digitOf] of digits.entries()) yield* part(pass(digitOf), done / digits.length, (done + 1) / digits.length);
  }
  return state.order;
};

/** Whether a pair (margin, cosine, other ordinal) comes before another one of the same row. */
export const comesBefore = (
  margin: number, cosine: number, ordinal: number, thanMargin: number, thanCosine: number, thanOrdinal: number,
): boolean => {
  const marginDifference = marginKey(margin) - marginKey(thanMargin);
  if (marginDifference !== 0) return marginDifference > 0;
  const cosineDifference = cosineKey(cosine) - cosineKey(thanCosine);
  if (cosineDifference !== 0) return cosineDifference > 0;
  return ordinal < thanOrdinal;
};

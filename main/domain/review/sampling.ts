import { drawn, seededRandom } from './seeded-random.ts';

/**
 * How a queue takes its pairs: every rule chooses positions in a given order, so that it never sees a pair.
 *
 * Rules about a score want the pairs in ascending order of it, those without the score left out; then a band is a range of positions, a threshold is
 * a place between two of them, and no rule has to look at a million values.
 */
export type Ascending = { readonly length: number; valueAt(position: number): number };

/** The first position whose value is at least `value`; `length` where there is none. */
export const firstAtLeast = ({ length, valueAt }: Ascending, value: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** `count` of `length` positions, in random order. */
export const randomPositions = (length: number, count: number, seed: number): Uint32Array => drawn(positions(0, length), count, seededRandom(seed)).slice();

/**
 * The same number from each of `bands` bands of equal width between the lowest and the highest value, in random order over all.
 *
 * What a thin band cannot give is asked of the others; the highest bands give the odd ones. A band includes its lower edge, the last one its upper too.
 */
export const stratifiedPositions = (order: Ascending, bands: number, count: number, seed: number): Uint32Array => {
  if (order.length === 0) return new Uint32Array(0);
  const random = seededRandom(seed);
  const lowest = order.valueAt(0);
  const width = (order.valueAt(order.length - 1) - lowest) / bands;
  const edges = Array.from({ length: bands + 1 }, (_, band) => (band === 0 ? 0 : band === bands ? order.length : firstAtLeast(order, lowest + width * band)));
  const ranges = Array.from({ length: bands }, (_, band) => positions(edges[band] ?? 0, edges[band + 1] ?? 0));
  const quotas = evenQuotas(ranges.map((range) => range.length), count);
  const chosen = ranges.flatMap((range, band) => [...drawn(range, quotas[band] ?? 0, random)]);
  return drawn(Uint32Array.from(chosen), chosen.length, random);
};

/** The nearest to a value, half at or above it and half below, the nearest first and of two as near the upper; what one side cannot give the other does. */
export const positionsAround = (order: Ascending, value: number, count: number): Uint32Array => {
  const wanted = Math.min(count, order.length);
  const boundary = firstAtLeast(order, value);
  const [below, above] = [boundary, order.length - boundary];
  const fromAbove = Math.min(above, Math.max(Math.ceil(wanted / 2), wanted - below));
  const chosen = new Uint32Array(wanted);
  let up = boundary;
  let down = boundary - 1;
  for (let at = 0; at < wanted; at += 1) {
    const canRise = up < boundary + fromAbove;
    const canSink = down >= boundary - (wanted - fromAbove);
    const rises = canRise && (!canSink || order.valueAt(up) - value <= value - order.valueAt(down));
    chosen[at] = rises ? up++ : down--;
  }
  return chosen;
};

const positions = (from: number, end: number): Uint32Array => Uint32Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at);

/** Shares `count` out among holders of these sizes as evenly as they allow; what is left over goes one each to the last. */
const evenQuotas = (sizes: readonly number[], count: number): readonly number[] => {
  const quotas = sizes.map(() => 0);
  let left = Math.min(count, sizes.reduce((sum, size) => sum + size, 0));
  while (left > 0) {
    const open = sizes.map((size, at) => ({ at, room: size - (quotas[at] ?? 0) })).filter(({ room }) => room > 0);
    const each = Math.floor(left / open.length);
    const givers = each > 0 ? open : open.slice(-left);
    for (const { at, room } of givers) {
      const given = Math.min(room, Math.max(1, each));
      quotas[at] = (quotas[at] ?? 0) + given;
      left -= given;
    }
  }
  return quotas;
};

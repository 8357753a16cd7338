/**
 * Numbers in 0..1 that a seed determines, the same on every machine: mulberry32 (Tommy Ettinger, public domain).
 *
 * Chance enters the rules as a seed only, so that a sample can be drawn again.
 */
export const seededRandom = (seed: number) => {
  let state = seed | 0;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Brings `count` of the items, chosen at random and in random order, to the front (Fisher and Yates, from the front), and returns just these. */
export const drawn = (items: Uint32Array, count: number, random: () => number): Uint32Array => {
  const wanted = Math.min(count, items.length);
  for (let at = 0; at < wanted; at += 1) {
    const other = at + Math.floor(random() * (items.length - at));
    const item = items[at] ?? 0;
    items[at] = items[other] ?? 0;
    items[other] = item;
  }
  return items.subarray(0, wanted);
};

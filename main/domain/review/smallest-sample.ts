/**
 * A sample of a stream whose length nobody knows: the items whose numbers hash lowest under a seed.
 *
 * The same numbers give the same sample in whatever order and company they come, so that a preview stands still while rows of it are left out.
 */
export const createSmallestSample = <Item>(size: number, seed: number) => {
  let chosen: { readonly hash: number; readonly number: number; readonly item: Item }[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const shrink = (): void => {
    chosen = chosen.toSorted((left, right) => left.hash - right.hash || left.number - right.number).slice(0, size);
    if (chosen.length === size) limit = chosen.at(-1)?.hash ?? limit;
  };
  return {
    offer: (number: number, item: () => Item): void => {
      const hash = hashOf(number, seed);
      if (size <= 0 || hash > limit) return;
      chosen.push({ hash, number, item: item() });
      if (chosen.length >= size * 2) shrink();
    },
    /** In no order that means anything. */
    items: (): readonly Item[] => {
      shrink();
      return chosen.map(({ item }) => item);
    },
  };
};

/** murmur3's finisher (Appleby, public domain) over number and seed. */
const hashOf = (number: number, seed: number): number => {
  let hash = Math.imul(number ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

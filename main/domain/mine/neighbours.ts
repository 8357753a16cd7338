/**
 * Neighbour lists: for each sentence of one side its nearest sentences of the other, by (cosine desc, ordinal asc).
 *
 * Lists are flat typed arrays, `width` slots a sentence, and are handed on in blocks of consecutive sentences, so that a million of them can
 * stay in a file. Fewer neighbours than slots (the other side is small) leave `noNeighbour` at the end; such slots are dropped, never counted as zero.
 */

/** Marks an empty slot. */
export const noNeighbour = 0xffffffff;

export type NeighbourBlock = {
  /** Ordinal of the first sentence of the block. */
  readonly first: number;
  readonly rows: number;
  readonly width: number;
  /** `rows * width`, ordinals of the other side. */
  readonly ordinals: Uint32Array;
  /** `rows * width`. */
  readonly cosines: Float64Array;
};

/** The first `width` slots of every row: the k neighbours where a list holds further candidates. */
export const firstSlots = (block: NeighbourBlock, width: number): NeighbourBlock => {
  if (width >= block.width) return block;
  const narrow = { first: block.first, rows: block.rows, width, ordinals: new Uint32Array(block.rows * width), cosines: new Float64Array(block.rows * width) };
  for (let row = 0; row < block.rows; row += 1) {
    narrow.ordinals.set(block.ordinals.subarray(row * block.width, row * block.width + width), row * width);
    narrow.cosines.set(block.cosines.subarray(row * block.width, row * block.width + width), row * width);
  }
  return narrow;
};

/** How many slots of a row are filled. */
export const neighbourCount = (block: NeighbourBlock, row: number): number => {
  const start = row * block.width;
  let count = 0;
  while (count < block.width && block.ordinals[start + count] !== noNeighbour) count += 1;
  return count;
};

/**
 * Mean cosine of each sentence's neighbours, into `means` at the block's place.
 *
 * The divisor is the number found: min(k, size of the other side). Cosines .9 .7 .5 (k = 4, three found) have the mean .7.
 */
export const fillMeans = (block: NeighbourBlock, means: Float64Array): void => {
  for (let row = 0; row < block.rows; row += 1) {
    const count = neighbourCount(block, row);
    let sum = 0;
    for (let slot = 0; slot < count; slot += 1) sum += block.cosines[row * block.width + slot] ?? 0;
    means[block.first + row] = count === 0 ? 0 : sum / count;
  }
};

/**
 * Adds how often each sentence of the other side stands in these lists (its k-occurrence).
 *
 * Radovanovic et al. 2010: in many dimensions few points are neighbours of very many others. Such hubs are rarely translations.
 */
export const addOccurrences = (block: NeighbourBlock, occurrences: Uint32Array): void => {
  for (const ordinal of block.ordinals) {
    if (ordinal !== noNeighbour) occurrences[ordinal] = (occurrences[ordinal] ?? 0) + 1;
  }
};

/** The most frequent neighbours, by (occurrence desc, ordinal asc). */
export const leaders = (occurrences: Uint32Array, count: number): { ordinal: number; occurrence: number }[] => {
  const best: { ordinal: number; occurrence: number }[] = [];
  for (let ordinal = 0; ordinal < occurrences.length; ordinal += 1) {
    const occurrence = occurrences[ordinal] ?? 0;
    if (occurrence === 0 || (best.length === count && occurrence <= (best[best.length - 1]?.occurrence ?? 0))) continue;
    let place = best.length;
    while (place > 0 && (best[place - 1]?.occurrence ?? 0) < occurrence) place -= 1;
    best.splice(place, 0, { ordinal, occurrence });
    if (best.length > count) best.pop();
  }
  return best;
};

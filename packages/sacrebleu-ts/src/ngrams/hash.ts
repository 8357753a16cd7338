/** Slots of an open-addressing table for so many entries: a power of two, at most half full, so that a probe ends soon. */
export const tableSize = (entries: number): number => 2 ** (32 - Math.clz32(Math.max(8, 2 * entries)));

/** The bits to drop from a 32-bit hash to get a slot of such a table; the high bits are the well mixed ones. */
export const hashShift = (size: number): number => Math.clz32(size) + 1;

import { noNeighbour } from './neighbours.ts';

export type Matched = {
  /** Old ordinal -> new ordinal, ascending; `noNeighbour`: gone, or moved. */
  readonly nowOf: Uint32Array;
  /** Sentences that are still there but do not stand in the same order as the others. */
  readonly moved: number;
};

/**
 * Which sentence of a new collection is which of an old one, by the rows of their vectors: the same text has the same row.
 *
 * `old` and `now` hold one list of rows an encoder (sentence ordinal -> row). The answer holds for each old ordinal the new one, or `noNeighbour`;
 * it ascends: where the order of the collections differs, the longest part that kept its order is matched, because ties are broken by it.
 * Repeated rows are matched first to first, second to second.
 */
export const matchSentences = (old: readonly Uint32Array[], now: readonly Uint32Array[]): Matched => {
  const oldRows = old[0] ?? new Uint32Array(0);
  const nowRows = now[0] ?? new Uint32Array(0);
  let highest = 0;
  for (const row of nowRows) highest = Math.max(highest, row);
  const first = new Uint32Array(highest + 1).fill(noNeighbour);
  const next = new Uint32Array(nowRows.length);
  for (let ordinal = nowRows.length - 1; ordinal >= 0; ordinal -= 1) {
    const row = nowRows[ordinal] ?? 0;
    next[ordinal] = first[row] ?? noNeighbour;
    first[row] = ordinal;
  }
  const matched = new Uint32Array(oldRows.length).fill(noNeighbour);
  for (let ordinal = 0; ordinal < oldRows.length; ordinal += 1) {
    const row = oldRows[ordinal] ?? 0;
    const found = first[row] ?? noNeighbour;
    if (found === noNeighbour || old.some((rows, encoder) => rows[ordinal] !== now[encoder]?.[found])) continue;
    matched[ordinal] = found;
    first[row] = next[found] ?? noNeighbour;
  }
  const nowOf = keepAscending(matched);
  return { nowOf, moved: count(matched) - count(nowOf) };
};

const count = (ordinals: Uint32Array): number => ordinals.reduce((sum, ordinal) => sum + (ordinal === noNeighbour ? 0 : 1), 0);

/** Clears what does not belong to the longest ascending part (patience sorting, n log n). */
const keepAscending = (matched: Uint32Array): Uint32Array => {
  const before = new Uint32Array(matched.length).fill(noNeighbour);
  /** Places of the smallest ends of ascending parts of each length. */
  const ends = new Uint32Array(matched.length);
  let length = 0;
  for (let place = 0; place < matched.length; place += 1) {
    const value = matched[place] ?? noNeighbour;
    if (value === noNeighbour) continue;
    let low = 0;
    let high = length;
    if (length > 0 && (matched[ends[length - 1] ?? 0] ?? 0) < value) low = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((matched[ends[middle] ?? 0] ?? 0) < value) low = middle + 1; else high = middle;
    }
    if (low > 0) before[place] = ends[low - 1] ?? noNeighbour;
    ends[low] = place;
    length = Math.max(length, low + 1);
  }
  const kept = new Uint32Array(matched.length).fill(noNeighbour);
  for (let place = length === 0 ? noNeighbour : ends[length - 1] ?? noNeighbour; place !== noNeighbour; place = before[place] ?? noNeighbour) kept[place] = matched[place] ?? noNeighbour;
  return kept;
};

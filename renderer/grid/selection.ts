/**
 * Which rows are chosen, as ranges: "all of a million" is one of them.
 *
 * Ranges are [from, to), ascending, and neither touch nor overlap.
 */
export type Range = readonly [from: number, to: number];
export type Selection = readonly Range[];

export const nothingSelected: Selection = [];

export const isSelected = (selection: Selection, row: number): boolean => selection.some(([from, to]) => row >= from && row < to);

export const selectedCount = (selection: Selection): number => selection.reduce((sum, [from, to]) => sum + to - from, 0);

/** From one row to another, both included, in either order. */
export const between = (one: number, other: number): Selection => [[Math.min(one, other), Math.max(one, other) + 1]];

export const withRange = (selection: Selection, [from, to]: Range): Selection => {
  if (from >= to) return selection;
  const apart = selection.filter(([start, end]) => end < from || start > to);
  const joined = selection.filter(([start, end]) => !(end < from || start > to));
  const merged: Range = [Math.min(from, ...joined.map(([start]) => start)), Math.max(to, ...joined.map(([, end]) => end))];
  return [...apart, merged].toSorted(([a], [b]) => a - b);
};

export const withoutRange = (selection: Selection, [from, to]: Range): Selection =>
  selection.flatMap(([start, end]): Range[] => [[start, Math.min(end, from)], [Math.max(start, to), end]]).filter(([start, end]) => start < end);

export const toggled = (selection: Selection, row: number): Selection => (isSelected(selection, row) ? withoutRange : withRange)(selection, [row, row + 1]);

/** Cuts off what lies beyond the end of a list that became shorter. */
export const within = (selection: Selection, rows: number): Selection => withoutRange(selection, [rows, Number.POSITIVE_INFINITY]);

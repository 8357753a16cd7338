import { expect, test } from 'vitest';
import { between, isSelected, nothingSelected, selectedCount, toggled, within, withoutRange, withRange } from './selection.ts';

test('a range is the same in either direction and includes both ends', () => {
  expect(between(3, 5)).toEqual([[3, 6]]);
  expect(between(5, 3)).toEqual([[3, 6]]);
});

test('ranges that touch or overlap become one', () => {
  expect(withRange([[0, 3], [8, 9]], [3, 5])).toEqual([[0, 5], [8, 9]]);
  expect(withRange([[0, 3], [8, 9]], [2, 8])).toEqual([[0, 9]]);
  expect(withRange([[8, 9]], [0, 2])).toEqual([[0, 2], [8, 9]]);
  expect(withRange([[8, 9]], [4, 4])).toEqual([[8, 9]]);
});

test('taking rows out of the middle leaves two ranges', () => {
  expect(withoutRange([[0, 10]], [4, 6])).toEqual([[0, 4], [6, 10]]);
  expect(withoutRange([[0, 10]], [0, 10])).toEqual([]);
});

test('toggling a row twice changes nothing', () => {
  const once = toggled([[0, 10]], 4);
  expect(once).toEqual([[0, 4], [5, 10]]);
  expect(toggled(once, 4)).toEqual([[0, 10]]);
});

test('a million rows are one range, and counted as a million', () => {
  const all = withRange(nothingSelected, [0, 1_000_000]);
  expect(all).toHaveLength(1);
  expect(selectedCount(all)).toBe(1_000_000);
  expect(isSelected(all, 999_999)).toBe(true);
  expect(isSelected(all, 1_000_000)).toBe(false);
});

test('a list that became shorter keeps only rows it still has', () => {
  expect(within([[0, 3], [8, 20]], 10)).toEqual([[0, 3], [8, 10]]);
});

import { expect, test } from 'vitest';
import { bandOffset, blocksOf, clampTop, lastTop, nextDrawn, offsetOf, pageRows, placedFrom, rowAt, thumbAt, topOfThumb, topToShow, totalHeight, visibleRows, type Extent, type RowSpan } from './scroll.ts';

const plain: Extent = { rows: 1_000_000, rowHeight: 24, viewport: 480, band: undefined };
const cut: Extent = { rows: 100, rowHeight: 24, viewport: 240, band: { before: 10, height: 22 } };

test('a million rows keep their true place beyond any browser\'s height limit', () => {
  expect(totalHeight(plain)).toBe(24_000_000);
  expect(offsetOf(plain, 999_999)).toBe(23_999_976);
  expect(rowAt(plain, 23_999_976)).toBe(999_999);
  expect(rowAt(plain, 23_999_975)).toBe(999_998);
});

test('rows below the band are moved down by its height, rows above are not', () => {
  expect(offsetOf(cut, 9)).toBe(216);
  expect(bandOffset(cut)).toBe(240);
  expect(offsetOf(cut, 10)).toBe(262);
  expect(totalHeight(cut)).toBe(2422);
});

test('a height inside the band belongs to the row below it', () => {
  expect(rowAt(cut, 239)).toBe(9);
  expect(rowAt(cut, 240)).toBe(10);
  expect(rowAt(cut, 261)).toBe(10);
  expect(rowAt(cut, 262)).toBe(10);
  expect(rowAt(cut, 286)).toBe(11);
});

test('a band above the first and below the last row leaves all rows reachable', () => {
  const above: Extent = { ...cut, band: { before: 0, height: 22 } };
  const below: Extent = { ...cut, band: { before: 100, height: 22 } };
  expect(offsetOf(above, 0)).toBe(22);
  expect(rowAt(above, 3)).toBe(0);
  expect(rowAt(below, 2421)).toBe(99);
});

test('exactly the rows that can be seen are visible', () => {
  expect(visibleRows(plain, 0)).toEqual({ first: 0, end: 20 });
  expect(visibleRows(plain, 1)).toEqual({ first: 0, end: 21 });
  expect(visibleRows({ ...plain, rows: 0 }, 0)).toEqual({ first: 0, end: 0 });
  expect(visibleRows({ ...plain, rows: 3 }, 0)).toEqual({ first: 0, end: 3 });
});

test('the list ends with its last row at the foot of the window', () => {
  expect(lastTop(plain)).toBe(24_000_000 - 480);
  expect(clampTop(plain, 99_999_999)).toBe(24_000_000 - 480);
  expect(clampTop(plain, -5)).toBe(0);
});

test('a row is shown by the smallest move, or in the middle', () => {
  expect(topToShow(plain, 0, 5)).toBe(0);
  expect(topToShow(plain, 0, 20)).toBe(24);
  expect(topToShow(plain, 2400, 99)).toBe(2376);
  expect(topToShow(plain, 0, 500_000, 'centre')).toBe(12_000_000 - 240);
  expect(pageRows(plain)).toBe(19);
});

test('the thumb goes from end to end, never smaller than can be grabbed', () => {
  expect(thumbAt(plain, 0, 480)).toEqual({ start: 0, size: 28 });
  expect(thumbAt(plain, lastTop(plain), 480)).toEqual({ start: 452, size: 28 });
  expect(thumbAt({ ...plain, rows: 5 }, 0, 480)).toBeUndefined();
  expect(topOfThumb(plain, 452, 28, 480)).toBe(lastTop(plain));
  expect(topOfThumb(plain, 226, 28, 480)).toBe(Math.round(lastTop(plain) / 2));
});

test('what is in sight is drawn at once, what lies ahead one block a frame', () => {
  expect(nextDrawn({ first: 0, end: 0 }, { first: 0, end: 19 }, 1000)).toEqual({ first: 0, end: 20 });
  expect(nextDrawn({ first: 0, end: 20 }, { first: 0, end: 19 }, 1000)).toEqual({ first: 0, end: 24 });
  expect(nextDrawn({ first: 0, end: 28 }, { first: 10, end: 30 }, 1000)).toEqual({ first: 0, end: 32 });
  expect(nextDrawn({ first: 0, end: 32 }, { first: 20, end: 40 }, 1000)).toEqual({ first: 12, end: 40 });
  expect(nextDrawn({ first: 4, end: 48 }, { first: 20, end: 40 }, 1000)).toEqual({ first: 4, end: 48 });
  expect(nextDrawn({ first: 0, end: 48 }, { first: 20, end: 40 }, 1000)).toEqual({ first: 12, end: 48 });
  expect(nextDrawn({ first: 0, end: 40 }, { first: 500, end: 520 }, 1000)).toEqual({ first: 500, end: 520 });
});

test('no row is drawn beyond the end of a list that has become shorter', () => expect(nextDrawn({ first: 0, end: 48 }, { first: 10, end: 30 }, 30)).toEqual({ first: 0, end: 30 }));

test('drawing ahead ends, at the ends of the list too', () => {
  const settled = (sight: RowSpan): RowSpan => Array.from({ length: 10 }).reduce((drawn: RowSpan) => nextDrawn(drawn, sight, 98), sight);
  expect(settled({ first: 40, end: 60 })).toEqual({ first: 32, end: 68 });
  expect(settled({ first: 0, end: 20 })).toEqual({ first: 0, end: 28 });
  expect(settled({ first: 78, end: 98 })).toEqual({ first: 68, end: 98 });
});

test('the last block ends with the rows', () => expect(blocksOf({ first: 92, end: 98 })).toEqual([{ first: 92, end: 96 }, { first: 96, end: 98 }]));

test('rows keep their places until they are far from where they are placed from', () => {
  expect(placedFrom(plain, 0, 1000)).toBe(0);
  expect(placedFrom(plain, 0, 900_000)).toBe(21_600_000);
  expect(placedFrom(plain, 21_600_000, 900_100)).toBe(21_600_000);
});

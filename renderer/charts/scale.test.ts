import { expect, test } from 'vitest';
import { rootHeight, ticks, valueAt, xOf } from './scale.ts';

test('value to pixel and back', () => {
  const scale = { minimum: 0.9, maximum: 1.3, width: 800 };
  expect(xOf(scale, 1.1)).toBeCloseTo(400, 9);
  expect(valueAt(scale, xOf(scale, 1.062))).toBeCloseTo(1.062, 12);
  expect(valueAt(scale, -40)).toBe(0.9);
  expect(valueAt(scale, 900)).toBeCloseTo(1.3, 12);
});

test('ticks stand on round values with the decimals they need', () => {
  expect(ticks(0.94, 1.32, 8)).toEqual({ values: [0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3], decimals: 2 });
  expect(ticks(0, 100, 4)).toEqual({ values: [0, 25, 50, 75, 100], decimals: 0 });
  expect(ticks(0.1, 0.2, 4)).toEqual({ values: [0.1, 0.125, 0.15, 0.175, 0.2], decimals: 3 });
  expect(ticks(1, 1, 4).values).toEqual([]);
});

test('heights go with the square root, and a single pair can be seen', () => {
  expect(rootHeight(25, 100, 180)).toBe(90);
  expect(rootHeight(100, 100, 180)).toBe(180);
  expect(rootHeight(1, 1_000_000, 180)).toBe(1);
  expect(rootHeight(0, 100, 180)).toBe(0);
});

import { expect, test } from 'vitest';
import { clock, day, duration } from './times.ts';

const plain = (words: string): string => words.replaceAll('\u00A0', ' ');

test('spans are written in the largest two units that matter', () => {
  expect(plain(duration(0))).toBe('0 s');
  expect(plain(duration(42.4))).toBe('42 s');
  expect(plain(duration(90))).toBe('1 min 30 s');
  expect(plain(duration(240))).toBe('4 min');
  expect(plain(duration(7 * 60 + 5))).toBe('7 min 05 s');
  expect(plain(duration(3900))).toBe('1 h 05 min');
});

test('a guess over ten minutes has no seconds, a measured one has', () => {
  expect(plain(duration(754))).toBe('12 min');
  expect(plain(duration(754, true))).toBe('12 min 34 s');
});

test('short measured spans have one decimal, unless it is zero', () => {
  expect(plain(duration(3.14, true))).toBe('3.1 s');
  expect(plain(duration(7, true))).toBe('7 s');
});

test('a negative guess is zero, not a negative time', () => expect(plain(duration(-3))).toBe('0 s'));

test('days near by are words, others dates', () => {
  const now = new Date(2026, 10, 21, 9, 30).getTime();
  expect(day(new Date(2026, 10, 21, 0, 1).getTime(), now)).toBe('today');
  expect(day(new Date(2026, 10, 20, 23, 59).getTime(), now)).toBe('yesterday');
  expect(day(new Date(2026, 10, 12).getTime(), now)).toBe('12 Nov');
  expect(day(new Date(2025, 10, 3).getTime(), now)).toBe('3 Nov 2025');
});

test('the clock has 24 hours', () => expect(clock(new Date(2026, 1, 1, 21, 5).getTime())).toBe('21:05'));

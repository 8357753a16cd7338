import { expect, test } from 'vitest';
import { cutAfterKey, onThousandths } from './cut-keys.ts';

const ends = { minimum: 0.9, maximum: 1.3 };

test('arrows move by a thousandth, with Shift by a hundredth', () => {
  expect(cutAfterKey('ArrowRight', false, 1.062, ends)).toBe(1.063);
  expect(cutAfterKey('ArrowLeft', false, 1.062, ends)).toBe(1.061);
  expect(cutAfterKey('ArrowUp', true, 1.062, ends)).toBe(1.072);
  expect(cutAfterKey('PageDown', false, 1.062, ends)).toBe(1.052);
});

test('a cut between thousandths goes to the next one it moves to', () => {
  expect(cutAfterKey('ArrowRight', false, 1.06213, ends)).toBe(1.063);
  expect(onThousandths(1.0624999)).toBe(1.062);
});

test('the cut stays between the ends, other keys do not move it', () => {
  expect(cutAfterKey('ArrowRight', false, 1.3, ends)).toBe(1.3);
  expect(cutAfterKey('Home', false, 1.1, ends)).toBe(0.9);
  expect(cutAfterKey('End', false, 1.1, ends)).toBe(1.3);
  expect(cutAfterKey('a', false, 1.1, ends)).toBeUndefined();
});

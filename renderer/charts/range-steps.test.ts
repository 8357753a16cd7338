import { expect, test } from 'vitest';
import { afterKey, onStep, stepOf } from './range-steps.ts';

const margins = { minimum: 0.9, maximum: 1.3 };
const lengths = { minimum: 0, maximum: 1200 };

test('the step follows the scale', () => {
  expect(stepOf(margins)).toEqual({ step: 0.001, decimals: 3 });
  expect(stepOf(lengths)).toEqual({ step: 1, decimals: 0 });
  expect(stepOf({ minimum: 1, maximum: 1 }).decimals).toBe(3);
});

test('values stay on steps and inside', () => {
  expect(onStep(margins, 1.04321)).toBe(1.043);
  expect(onStep(margins, 7)).toBe(1.3);
});

test('arrows move by a step, with Shift by ten', () => {
  expect(afterKey('ArrowRight', false, 1.04, margins)).toBe(1.041);
  expect(afterKey('ArrowLeft', true, 1.04, margins)).toBe(1.03);
  expect(afterKey('End', false, 3, lengths)).toBe(1200);
  expect(afterKey('a', false, 3, lengths)).toBeUndefined();
});

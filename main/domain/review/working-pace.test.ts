import { expect, it } from 'vitest';
import { judgementsPerHour } from './working-pace.ts';

const every = (gap: number, count: number, from = 0): number[] => Array.from({ length: count }, (_, at) => from + at * gap);

it.each<[string, number[], number | null]>([
  ['nobody judged anything', [], null],
  ['too few', every(10, 5), null],
  ['one every ten seconds', every(10, 50), 360],
  ['a night between', [...every(10, 50), ...every(10, 50, 40_000)], 360],
  ['a bulk decision in the middle', [...every(10, 25), ...Array.from({ length: 1_000 }, () => 250), ...every(10, 25, 260)], 360],
])('%s', (_, seconds, expected) => {
  expect(judgementsPerHour(seconds)).toBe(expected);
});

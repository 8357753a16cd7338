import { expect, test } from 'vitest';
import { runThrough } from '../../mine/steps.ts';
import { createRepeatedSides, readHash, sameSource, sameTarget } from './repeated-side.ts';

const marksOf = (pairs: readonly (readonly [string, string])[]): number[] => {
  const sides = createRepeatedSides(pairs.length);
  for (const [source, target] of pairs) sides.add(source, target);
  return [...runThrough(sides.result())];
};

test('one source with two targets is marked on all of its pairs, and the reverse', () => {
  expect(marksOf([['Haus', 'house'], ['Haus', 'home'], ['Katze', 'cat'], ['Kater', 'cat'], ['Hund', 'dog'], ['haus ', 'house']])).toEqual([sameSource, sameSource, sameTarget, sameTarget, 0, sameSource]);
});

test('a pair that is simply repeated is not marked', () => {
  expect(marksOf([['Haus', 'house'], ['Haus', 'House'], ['x', 'y']])).toEqual([0, 0, 0]);
  expect(marksOf([])).toEqual([]);
});

test('a pair that is gone says nothing and keeps its place', () => {
  const sides = createRepeatedSides(4);
  sides.add('Haus', 'house');
  sides.skip();
  sides.add('Haus', 'home');
  sides.skip();
  expect([...runThrough(sides.result())]).toEqual([sameSource, 0, sameSource, 0]);
});

test('it answers like the obvious way on many pairs', () => {
  const pairs = Array.from({ length: 3000 }, (_, at) => [`s${(at * 7) % 1000}`, `t${(at * 13) % 1700}`] as const);
  const obvious = pairs.map(([source, target]) => (pairs.some((other) => other[0] === source && other[1] !== target) ? sameSource : 0) | (pairs.some((other) => other[1] === target && other[0] !== source) ? sameTarget : 0));
  expect(marksOf(pairs)).toEqual(obvious);
});

test('hashes do not meet in a hundred thousand short texts', () => {
  expect(new Set(Array.from({ length: 100_000 }, (_, at) => readHash(`Satz ${at}.`))).size).toBe(100_000);
});

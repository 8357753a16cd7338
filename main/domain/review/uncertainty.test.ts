import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';
import { halfwayPoint } from './uncertainty.ts';

describe('the point at which judged pairs are half right', () => {
  it('lies where a logistic curve crosses one half', () => {
    const random = seededRandom(3);
    const scores = Array.from({ length: 4_000 }, () => 0.9 + random() * 0.4);
    const accepted = scores.map((score) => random() < 1 / (1 + Math.exp(-40 * (score - 1.07))));
    expect(halfwayPoint(scores, accepted)).toBeCloseTo(1.07, 2);
  });

  it('lies between the classes where the score separates them, and is symmetric', () => {
    expect(halfwayPoint([1, 2, 3, 4], [false, false, true, true])).toBeCloseTo(2.5, 6);
  });

  it('is the edge of what was judged where all were judged alike', () => {
    expect(halfwayPoint([1.2, 1.1, 1.3], [true, true, true])).toBe(1.1);
    expect(halfwayPoint([1.2, 1.1, 1.3], [false, false, false])).toBe(1.3);
  });

  it('is nothing without judgements, and where the score says the opposite', () => {
    expect(halfwayPoint([], [])).toBeNull();
    expect(halfwayPoint([Number.NaN], [true])).toBeNull();
    expect(halfwayPoint([1, 2, 3, 4], [true, true, false, false])).toBeNull();
  });
});

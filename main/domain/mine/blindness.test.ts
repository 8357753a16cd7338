import { describe, expect, it } from 'vitest';
import { hubLimit, hubs, judgeBlindness } from './blindness.ts';

const count = 400;
const own = Uint32Array.from({ length: count }, (_, ordinal) => ordinal);
const even = new Uint32Array(count).fill(4);

describe('blindness', () => {
  it('is not seen where sentences find each other', () => {
    expect(judgeBlindness({ nearestOfSource: own, nearestOfTarget: own, sourceOccurrences: even, targetOccurrences: even })).toEqual({ blind: false, mutual: 1, neverNeighbour: 0, message: null });
  });

  it('is seen where a few sentences are everybody\'s neighbour', () => {
    const targetOccurrences = new Uint32Array(count);
    for (let ordinal = 0; ordinal < 40; ordinal += 1) targetOccurrences[ordinal] = 40;
    const report = judgeBlindness({ nearestOfSource: own.map((ordinal) => ordinal % 40), nearestOfTarget: own, sourceOccurrences: even, targetOccurrences });
    expect(report.blind).toBe(true);
    expect(report.mutual).toBeCloseTo(0.1, 12);
    expect(report.neverNeighbour).toBeCloseTo((0.9 - Math.exp(-4)) / (1 - Math.exp(-4)), 12);
    expect(report.message).toContain('10 %');
  });

  it('is not claimed from fewer than 100 sentences, nor from sides of unequal size', () => {
    const few = new Uint32Array(99);
    expect(judgeBlindness({ nearestOfSource: few, nearestOfTarget: few, sourceOccurrences: few, targetOccurrences: few }).blind).toBe(false);
    const large = new Uint32Array(100_000);
    for (let ordinal = 0; ordinal < 1600; ordinal += 1) large[ordinal * 60] = 1;
    expect(judgeBlindness({ nearestOfSource: own, nearestOfTarget: large, sourceOccurrences: even, targetOccurrences: large }).neverNeighbour).toBeLessThan(0.01);
  });
});

describe('hubs', () => {
  it('are sentences in twelve times as many lists as the mean, and in 40 at least', () => {
    const occurrences = even.slice();
    occurrences[7] = 60;
    expect(hubLimit(occurrences)).toBe(50);
    expect([...hubs(occurrences)]).toEqual([7]);
    expect(hubLimit(new Uint32Array(100).fill(1))).toBe(40);
  });
});

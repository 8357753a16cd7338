import { describe, expect, it } from 'vitest';
import { cosineKey, keeps, marginKey, marginOf } from './margin.ts';

describe('margin of a pair', () => {
  it('divides by the mean of both sides\' neighbour means', () => {
    expect(marginOf('ratio', 0.8, 0.6, 0.4, 0)).toBeCloseTo(1.6, 12);
    expect(marginOf('ratio', 0.8, 0.6, 0.4, 1)).toBeCloseTo(1.2, 12);
  });
  it('subtracts it for distance, where an offset changes nothing', () => {
    expect(marginOf('distance', 0.8, 0.6, 0.4, 0)).toBeCloseTo(0.3, 12);
    expect(marginOf('distance', 0.8, 0.6, 0.4, 1)).toBeCloseTo(0.3, 12);
  });
  it('is the cosine for absolute', () => { expect(marginOf('absolute', 0.8, 0.6, 0.4, 1)).toBe(0.8); });
  it('is zero where the denominator is zero', () => { expect(marginOf('ratio', 0.5, 0, 0, 0)).toBe(0); });
});

describe('keys of equal scores', () => {
  it('ties margins that round to the same millionth', () => {
    expect(marginKey(1.0000004)).toBe(marginKey(1.0000001));
    expect(marginKey(1.0000006)).toBe(1_000_001);
    expect(marginKey(-0.0000006)).toBe(-1);
  });
  it('ties cosines below 1e-12', () => { expect(cosineKey(0.5 + 1e-14)).toBe(cosineKey(0.5)); });
  it('keeps a whole tie with its cut', () => {
    expect(keeps(1.0000004, 1.0000001)).toBe(true);
    expect(keeps(1.000001, 1.0000001)).toBe(false);
    expect(keeps(null, -5)).toBe(true);
  });
});

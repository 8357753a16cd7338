import { describe, expect, it, test } from 'vitest';
import { fewestAbove, fewestJudged, precisionEvidence, type JudgedScore } from './precision-evidence.ts';
import { stratifiedPositions, type Ascending } from './sampling.ts';
import { seededRandom } from './seeded-random.ts';
import { wilsonInterval } from './wilson.ts';

const ascending = (values: Float64Array): Ascending => ({ length: values.length, valueAt: (position) => values[position] ?? Number.NaN });

/** Pairs whose chance of being a translation grows with the score; most have a low one. */
const corpusOf = (seed: number, size: number) => {
  const random = seededRandom(seed);
  const scores = Float64Array.from({ length: size }, () => 0.8 + 0.5 * random() * random()).sort();
  const right = Array.from(scores, (score) => random() < 1 / (1 + Math.exp(-40 * (score - 0.95))));
  const precisionAbove = (cut: number): number => {
    const kept = right.filter((_, at) => (scores[at] ?? 0) >= cut);
    return kept.filter(Boolean).length / kept.length;
  };
  const judge = (count: number, sampleSeed: number): JudgedScore[] =>
    Array.from(stratifiedPositions(ascending(scores), 10, count, sampleSeed), (position) => ({ score: scores[position] ?? 0, right: right[position] === true }));
  return { scores: ascending(scores), precisionAbove, judge };
};

test.each([[0, 1, 0, 0.7934506856227627], [1, 1, 0.2065493143772374, 1], [0, 10, 0, 0.27753279986288926], [7, 10, 0.39677814746114537, 0.8922087325936989], [10, 10, 0.7224672001371106, 1], [93, 100, 0.862504852609265, 0.9656807389327274], [500, 1000, 0.4690696003681042, 0.5309303996318958]])(
  'Wilson: %i of %i, as statsmodels 0.15.0 has it', (right, judged, low, high) => {
    const interval = wilsonInterval(right, judged);
    expect(interval[0]).toBeCloseTo(low, 12);
    expect(interval[1]).toBeCloseTo(high, 12);
  });

describe('bands', () => {
  it('hold all pairs and all judged pairs once, the last one its upper edge too', () => {
    const { scores, judge } = corpusOf(1, 5_000);
    const { bands, judged } = precisionEvidence(scores, judge(100, 1), 10, 0.9);
    expect(bands).toHaveLength(10);
    expect(bands.reduce((sum, band) => sum + band.pairs, 0)).toBe(5_000);
    expect(bands.reduce((sum, band) => sum + band.judged, 0)).toBe(judged);
    expect(judged).toBe(100);
    for (const { precision, interval, right, judged: many } of bands) if (many > 0) expect([precision, interval]).toEqual([right / many, [...wilsonInterval(right, many)]]);
  });
  it('one score only makes one band', () => {
    const judged = Array.from({ length: 40 }, (_, at) => ({ score: 1, right: at < 38 }));
    const found = precisionEvidence(ascending(Float64Array.from({ length: 50 }, () => 1)), judged, 10, 0.95);
    expect(found.bands).toMatchObject([{ low: 1, high: 1, judged: 40, right: 38, pairs: 50 }]);
    expect(found).toMatchObject({ cut: 1, reason: null, curve: [{ cut: 1, kept: 50, precision: 0.95 }] });
  });
});

describe('the precision of a cut', () => {
  it('weighs a band by its pairs, not by how many of it were judged', () => {
    // 90 pairs at 0.1, half of them right; 10 at 0.9, all right; both bands judged alike.
    const scores = ascending(Float64Array.from([...Array.from({ length: 90 }, () => 0.1), ...Array.from({ length: 10 }, () => 0.9)]));
    const judged = Array.from({ length: 40 }, (_, at) => ({ score: at < 20 ? 0.1 : 0.9, right: at >= 10 }));
    const { curve } = precisionEvidence(scores, judged, 2, 0.9);
    expect(curve[0]).toMatchObject({ kept: 100 });
    expect(curve[0]?.precision).toBeCloseTo(0.55, 12);
    expect(curve.at(-1)).toMatchObject({ kept: 10, precision: 1 });
  });
  it('a band that nobody judged is taken for the judged one below it', () => {
    const scores = ascending(Float64Array.from({ length: 300 }, (_, at) => at));
    const judged = Array.from({ length: 60 }, (_, at) => ({ score: at < 30 ? 50 : 250, right: at < 15 || at >= 30 }));
    const { bands, curve } = precisionEvidence(scores, judged, 3, 0.99);
    expect(bands.map(({ precision }) => precision)).toEqual([0.5, null, 1]);
    expect(curve[0]?.precision).toBeCloseTo(2 / 3, 2);
  });
  it('from the loosest to the strictest cut ever fewer pairs are kept, each point inside its interval', () => {
    for (const seed of [1, 2, 3, 4]) {
      const { scores, judge } = corpusOf(seed, 3_000);
      const { curve } = precisionEvidence(scores, judge(120, seed), 10, 0.9);
      curve.forEach(({ cut, kept, low, precision, high }, at) => {
        expect(cut).toBeGreaterThan(curve[at - 1]?.cut ?? -1);
        expect(kept).toBeLessThanOrEqual(curve[at - 1]?.kept ?? kept);
        expect(low).toBeLessThanOrEqual(precision);
        expect(high).toBeGreaterThanOrEqual(precision);
      });
    }
  });
  it('95 % intervals of a sample of 100 hold the true precision at least 93 times in 100', () => {
    const corpus = corpusOf(99, 20_000);
    const edges = [0, 60, 100];
    let [held, asked] = [0, 0];
    for (let sample = 0; sample < 300; sample += 1) {
      const { curve } = precisionEvidence(corpus.scores, corpus.judge(100, sample), 10, 0.9);
      for (const at of edges) {
        const point = curve[at];
        if (point === undefined) throw new Error('no such cut');
        const truth = corpus.precisionAbove(point.cut);
        asked += 1;
        if (point.low <= truth && truth <= point.high) held += 1;
      }
    }
    expect(held / asked).toBeGreaterThan(0.93);
  });
});

describe('the cut', () => {
  it('is the loosest that reaches the wanted precision, close to where it truly is', () => {
    const corpus = corpusOf(5, 20_000);
    const found = precisionEvidence(corpus.scores, corpus.judge(1_500, 3), 20, 0.9);
    if (found.cut === null) throw new Error(found.reason ?? '');
    expect(found.curve.filter(({ cut }) => cut < (found.cut ?? 0)).every(({ precision }) => precision < 0.9)).toBe(true);
    expect(Math.abs(corpus.precisionAbove(found.cut) - 0.9)).toBeLessThan(0.03);
  });
  it('needs evidence, and says so', () => {
    const { scores, judge } = corpusOf(6, 2_000);
    expect(precisionEvidence(scores, [], 10, 0.9)).toMatchObject({ cut: null, judged: 0, curve: [], reason: expect.stringContaining('No pair') });
    expect(precisionEvidence(scores, judge(fewestJudged - 1, 1), 10, 0.9)).toMatchObject({ cut: null, reason: expect.stringContaining(`Only ${fewestJudged - 1}`) });
    expect(precisionEvidence(ascending(new Float64Array(0)), [], 10, 0.9)).toMatchObject({ cut: null, bands: [], reason: 'None of these pairs has this score.' });
  });
  it('is not placed below the lowest band that anybody judged', () => {
    const scores = ascending(Float64Array.from({ length: 1_001 }, (_, at) => at / 1_000));
    const judged = Array.from({ length: 60 }, (_, at) => ({ score: 0.8 + at / 300, right: true }));
    expect(precisionEvidence(scores, judged, 10, 0.9).cut).toBeCloseTo(0.8, 12);
  });
  it('is not placed where hardly anything was judged', () => {
    const scores = ascending(Float64Array.from({ length: 1_000 }, (_, at) => at / 1_000));
    const judged = Array.from({ length: 50 }, (_, at) => ({ score: at < 45 ? at / 100 : 0.95, right: at >= 45 }));
    const found = precisionEvidence(scores, judged, 10, 0.95);
    expect(found.cut).toBeNull();
    expect(found.reason).toContain(`fewer than ${fewestAbove}`);
    expect(precisionEvidence(scores, judged.map((one) => ({ ...one, right: false })), 10, 0.95).reason).toBe('No cut reaches 95.0 %: the best has 0.0 %.');
  });
});

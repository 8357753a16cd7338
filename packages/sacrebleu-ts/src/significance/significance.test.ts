import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/significance/significance.json' with { type: 'json' };
import { bleu } from '../metrics/bleu.ts';
import { chrf } from '../metrics/chrf.ts';
import { ter } from '../metrics/ter.ts';
import { fromReferenceStreams } from '../segments.ts';
import { approximateRandomization } from './approximate-randomization.ts';
import { holm } from './holm.ts';
import { bootstrapIntervals } from './intervals.ts';
import { numpyMean } from './numpy-mean.ts';
import { monteCarloError, outcome } from './p-value.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';
import type { ResampledMetric, ResampledSystem } from './replicates.ts';
import { segmentMean, segmentScores } from './segment-scores.ts';
import { finish } from './steps.ts';

const metrics = [bleu({ smoothMethod: 'add-k', smoothValue: 1.5 }), chrf({ wordOrder: 2 }), ter()];
const systems = fixture.systems.map(([name, hypotheses]) => {
  const segments = fromReferenceStreams(hypotheses as string[], fixture.references);
  return { name: String(name), statistics: metrics.map((metric) => metric.extract(segments)) };
});
const ofNumbers = (...lists: readonly (readonly number[])[]): ResampledSystem[] => lists.map((list, index) => ({ name: `system ${index}`, statistics: [segmentScores(list)] }));
const mean = segmentMean('judgement', { higherIsBetter: true });

describe('paired tests of small systems', () => {
  for (const { type, n, confidence, seed, results } of fixture.tests) {
    it(`say what sacreBLEU says: ${type} with ${n} trials and seed ${seed}`, () => {
      const rows = type === 'bs'
        ? finish(pairedBootstrap({ metrics, systems, resamples: n, seed: BigInt(seed) }))
        : finish(approximateRandomization({ metrics, systems, trials: n, resamples: Math.max(0, confidence), seed: BigInt(seed) }));
      for (const [m, expected] of [results.BLEU, results['chrF2++'], results.TER].entries()) {
        for (const [s, { score, p, mean: mu, half }] of expected.entries()) {
          const row = rows[m]?.[s];
          expect(row?.score).toBeCloseTo(score, 9);
          expect(row?.outcome?.pValue ?? null).toBe(p);
          expect(row?.interval === null).toBe(mu === null);
          if (mu !== null && half !== null) {
            expect(row?.interval?.mean).toBeCloseTo(mu, 4);
            expect(row?.interval?.halfWidth).toBeCloseTo(half, 4);
          }
        }
      }
    });
  }

  it('flag a system that is the baseline again, whose p-value means nothing', () => {
    const [rows] = finish(pairedBootstrap({ metrics, systems, resamples: 99 }));
    expect(rows?.map(({ outcome }) => outcome?.identical)).toEqual([undefined, false, true]);
    expect(rows?.[2]?.outcome).toMatchObject({ difference: 0, greater: 0, pValue: 0.01 });
  });

  it('take the seed 0 as a seed, and random words for a run without one', () => {
    const run = (seed: number | Uint32Array) => finish(pairedBootstrap({ metrics, systems, resamples: 50, seed }));
    expect(run(0)).toEqual(run(0));
    expect(run(0)).not.toEqual(run(1));
    expect(run(Uint32Array.of(1, 2, 3, 4))).toEqual(run(Uint32Array.of(1, 2, 3, 4)));
  });

  it('draw the same resamples whatever else is compared', () => {
    const all = finish(pairedBootstrap({ metrics, systems, resamples: 30 }));
    const [first, second] = systems;
    const alone = finish(pairedBootstrap({ metrics: metrics.slice(1, 2), systems: [first, second].flatMap((system) => system ? [{ ...system, statistics: system.statistics.slice(1, 2) }] : []), resamples: 30 }));
    expect(alone[0]).toEqual(all[1]?.slice(0, 2));
  });
});

describe('numbers a segment', () => {
  const { baseline, system, bootstrap_greater, randomization_greater, mean: mu, half } = fixture.numbers;
  const pair = ofNumbers(baseline, system);

  it('are tested by their mean as NumPy would', () => {
    const [bootstrap] = finish(pairedBootstrap({ metrics: [mean], systems: pair, resamples: 500, seed: 3 }));
    expect(bootstrap?.[1]?.outcome?.greater).toBe(bootstrap_greater);
    expect(bootstrap?.[1]?.interval?.mean).toBeCloseTo(mu, 9);
    expect(bootstrap?.[1]?.interval?.halfWidth).toBeCloseTo(half, 9);
    const [randomization] = finish(approximateRandomization({ metrics: [mean], systems: pair, trials: 500, seed: 3 }));
    expect(randomization?.[1]?.outcome?.greater).toBe(randomization_greater);
  });

  it('print as a score', () => {
    expect(mean.score([141.25, 2]).format()).toBe('judgement = 70.62');
    expect(mean.score([141.25, 2]).format(1, true)).toBe('70.6');
  });

  it('may be negative or large, and none may be missing', () => {
    const [rows] = finish(bootstrapIntervals({ metrics: [mean], systems: ofNumbers([-5, 2 ** 52, -3.5, 0]), resamples: 40 }));
    expect(rows?.[0]?.score).toBe((2 ** 52 - 8.5) / 4);
    expect(() => segmentScores([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'bad-statistics', places: [{ segment: 1, reference: null }] }));
  });

  it('of one segment leave nothing to chance', () => {
    const [rows] = finish(pairedBootstrap({ metrics: [mean], systems: ofNumbers([3], [4]), resamples: 9 }));
    expect(rows?.[1]).toMatchObject({ score: 4, interval: { mean: 4, halfWidth: 0 }, outcome: { difference: 1, greater: 0, pValue: 0.1, identical: false } });
    const [shuffled] = finish(approximateRandomization({ metrics: [mean], systems: ofNumbers([3], [4]), trials: 9 }));
    expect(shuffled?.[1]?.outcome?.greater).toBe(0);
  });
});

describe('sums of resamples', () => {
  /** The sums themselves, as a score a column. */
  const column = (index: number, width: number): ResampledMetric => ({
    name: `column ${index}`, higherIsBetter: true, width,
    score: (sums) => ({ name: '', value: sums[index] ?? Number.NaN, verbose: '', format: () => '' }),
  });
  const rows = [[1, 2 ** 50, 0, 7, 0.1, -2, 7], [3, 2 ** 40, 0, 9, 0.2, 4, 9], [2, 5, 0, 2 ** 30, 0.3, -6, 2 ** 30]];
  const statistics = { count: 3, width: 7, values: Float64Array.from(rows.flat()) };

  it('are exact for small, huge, shared, negative and fractional columns beside each other', () => {
    const all = Array.from({ length: 7 }, (_, index) => column(index, 7));
    const result = finish(bootstrapIntervals({ metrics: all, systems: [{ name: 'one', statistics: all.map(() => statistics) }], resamples: 7, seed: 1 }));
    const counts = result[0]?.[0]?.replicates.length;
    expect(counts).toBe(7);
    for (let resample = 0; resample < 7; resample += 1) {
      const sums = result.map((lists) => lists[0]?.replicates[resample] ?? Number.NaN);
      const [first = 0, , , , , sixth = 0] = sums;
      // With three draws a, b, c: a + b + c = 3, a + 3b + 2c = first, -2a + 4b - 6c = sixth.
      const drawn = [[0, 0, 3], [0, 1, 2], [0, 2, 1], [0, 3, 0], [1, 0, 2], [1, 1, 1], [1, 2, 0], [2, 0, 1], [2, 1, 0], [3, 0, 0]].find(([a = 0, b = 0, c = 0]) => a + 3 * b + 2 * c === first && 4 * b - 2 * a - 6 * c === sixth);
      const expected = Array.from({ length: 7 }, (_, index) => (drawn ?? []).reduce((sum, count, row) => sum + count * (rows[row]?.[index] ?? 0), 0));
      expect(sums).toEqual(expected);
    }
  });
});

describe('a run', () => {
  it('goes forward in small steps and can be left', () => {
    const run = pairedBootstrap({ metrics, systems, resamples: 100 });
    const seen: number[] = [];
    for (let step = run.next(); step.done !== true; step = run.next()) seen.push(step.value.done);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(100);
    const left = pairedBootstrap({ metrics, systems, resamples: 100 });
    left.next();
    expect(left.return([]).done).toBe(true);
    expect(left.next().done).toBe(true);
  });

  it('refuses what cannot be compared', () => {
    const refused = (code: string, start: () => unknown): void => void expect(start).toThrow(expect.objectContaining({ code }));
    refused('empty-corpus', () => finish(pairedBootstrap({ metrics: [mean], systems: ofNumbers([], []) })));
    refused('unequal-lengths', () => finish(pairedBootstrap({ metrics: [mean], systems: ofNumbers([1, 2], [1]) })));
    refused('bad-statistics', () => finish(pairedBootstrap({ metrics, systems: ofNumbers([1, 2]) })));
    refused('bad-statistics', () => finish(pairedBootstrap({ metrics: [mean], systems: [{ name: 'x', statistics: [{ count: 2, width: 2, values: Float64Array.of(1, 1, Number.NaN, 1) }] }] })));
    refused('bad-option', () => finish(pairedBootstrap({ metrics: [mean], systems: ofNumbers([1]), resamples: 0 })));
    refused('bad-option', () => finish(approximateRandomization({ metrics: [mean], systems: ofNumbers([1]), trials: 1.5 })));
    refused('bad-option', () => finish(pairedBootstrap({ metrics: [mean], systems: ofNumbers([1]), seed: -1 })));
  });
});

describe('p-values', () => {
  it('count only what is strictly greater', () => {
    expect(outcome(Float64Array.of(0, 1, 2, 2, 3), -2, false)).toEqual({ difference: -2, greater: 1, pValue: 2 / 6, monteCarloError: monteCarloError(2 / 6, 5), identical: false });
  });

  it('have an error that falls with the root of the trials', () => {
    expect(monteCarloError(0.05, 1000)).toBeCloseTo(0.00689, 5);
    expect(monteCarloError(0.05, 100_000) * 10).toBeCloseTo(monteCarloError(0.05, 1000), 12);
  });

  it('are corrected for many systems by Holm’s method', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

it.each(fixture.means)('the mean of the first %i of 1, 1/2, 1/3, ... is NumPy’s to the last bit', (count, mean) => {
  expect(numpyMean(Float64Array.from({ length: count ?? 0 }, (_, index) => 1 / (index + 1)))).toBe(mean);
});

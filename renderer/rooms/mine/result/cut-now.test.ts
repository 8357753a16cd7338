import { describe, expect, test } from 'vitest';
import { defaultMineSettings, type Run } from '../../../../main/contract/mine.ts';
import { cutNow, estimateAt } from './cut-now.ts';

const point = (margin: number, precision: number) => ({ margin, precision, low: precision - 0.02, high: precision + 0.01, kept: 1 });
/** As the engine tells it: from the best pair down. */
const curve = [point(1.3, 0.999), point(1.2, 0.99), point(1.1, 0.95), point(1, 0.7)];

const side = { collection: 1, name: 'crawl', language: 'de', sentences: 10 };
const run: Run = {
  id: 12, kind: 'mine', name: 'crawl-de to crawl-en', state: 'ready', job: null, source: side, target: side, settings: defaultMineSettings, createdAt: 0, endedAt: 1, seconds: 1,
  plan: { encoders: [], provider: 'cpu', threads: 2, blockSentences: 1, precision: 'f32', index: 'exact', tileRows: 1, hnsw: null, guard: 0, centre: true, linearMap: 'off', stages: [], seconds: 1, memoryBytes: 1, diskBytes: 1, reasons: [], warnings: [], repeatable: true },
  counts: { sourceSentences: 10, targetSentences: 10, merged: 0, malformed: 0, encoded: 20, reused: 0, truncated: 0, candidates: 100, belowFloor: 0, aboveUpperBound: 0, mutualBest: 50, kept: 60, dropped: 40 },
  threshold: { cut: 1.1, reason: null, precision: 0.951, precisionLow: 0.93, precisionHigh: 0.97, expectedTrue: 57, curve }, cut: 1.1, cutBy: 'auto', indexRecall: null, warnings: [], refinement: null, signature: '',
};
const still = { moving: undefined, preview: undefined };
const answer = { kept: 71, dropped: 29, gold: null };

describe('the estimate of a cut', () => {
  test('is the curve\'s nearest point at or above it, whatever the order of the points', () => {
    expect(estimateAt(curve, 1.15)?.margin).toBe(1.2);
    expect(estimateAt(curve.toReversed(), 1.15)?.margin).toBe(1.2);
    expect(estimateAt(curve, 1.1)?.margin).toBe(1.1);
    expect(estimateAt(curve, 1.4)?.margin).toBe(1.3);
    expect(estimateAt([], 1.1)).toBeUndefined();
  });
});

describe('the cut as it is shown', () => {
  test('at rest is the placed one, with the counts of the run', () => {
    expect(cutNow(run, 100, undefined, still)).toMatchObject({ at: 1.1, kept: 60, dropped: 40, precision: 0.951, moving: false, stale: false });
  });

  test('while it moves has the new place at once and the old counts, marked as old, until the answer comes', () => {
    expect(cutNow(run, 100, undefined, { moving: 1.05, preview: undefined })).toMatchObject({ at: 1.05, kept: 60, stale: true });
    expect(cutNow(run, 100, undefined, { moving: 1.05, preview: { run: 12, at: 1.06, answer } })).toMatchObject({ at: 1.05, kept: 71, stale: true });
    expect(cutNow(run, 100, undefined, { moving: 1.05, preview: { run: 12, at: 1.05, answer } })).toMatchObject({ at: 1.05, kept: 71, dropped: 29, stale: false });
  });

  test('an answer about another run is nobody\'s', () => {
    expect(cutNow(run, 100, undefined, { moving: undefined, preview: { run: 11, at: 1.1, answer } })).toMatchObject({ kept: 60 });
  });

  test('without a cut every pair is kept, and nothing is estimated', () => {
    expect(cutNow({ ...run, cut: null, cutBy: null }, 100, undefined, still)).toMatchObject({ at: null, kept: 100, dropped: 0, precision: null });
  });

  test('gold figures are shown only for the cut they were made for', () => {
    const gold = { gold: 60, ignored: 0, unknownIds: 0, precision: 0.9, recall: 0.8, f1: 0.85, cut: 1.1, bestF1: 0.86, bestCut: 1.09 };
    expect(cutNow(run, 100, gold, still).gold).toEqual({ precision: 0.9, recall: 0.8, f1: 0.85 });
    expect(cutNow(run, 100, { ...gold, cut: 1.2 }, still).gold).toBeUndefined();
  });
});

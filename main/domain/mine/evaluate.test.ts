import { describe, expect, it } from 'vitest';
import { bestCut, goldAtCut, verdict } from './evaluate.ts';
import { keeps } from './margin.ts';

const { right, wrong, ignored } = verdict;
const judged = (margins: number[], verdicts: number[], gold: number) => ({ margins: Float64Array.from(margins), verdicts: Uint8Array.from(verdicts), gold });

describe('figures against a gold list', () => {
  const pairs = judged([1.4, 1.3, 1.2, 1.1], [right, wrong, right, ignored], 4);

  it('counts what a cut keeps, and ignored pairs neither way', () => {
    expect(goldAtCut(pairs, 1.2)).toEqual({ precision: 2 / 3, recall: 2 / 4, f1: 4 / 7 });
    expect(goldAtCut(pairs, 1)).toEqual(goldAtCut(pairs, 1.2));
  });
  it('has no precision where nothing is kept, and no recall without gold', () => {
    expect(goldAtCut(pairs, 9)).toEqual({ precision: null, recall: 0, f1: 0 });
    expect(goldAtCut(judged([], [], 0), 1)).toEqual({ precision: null, recall: null, f1: null });
  });
  it('finds the best F1, with the cut midway to the next margin', () => {
    // prefixes: 1/1 of 4 -> 2/5; 1/2 -> 2/6; 2/3 -> 4/7
    expect(bestCut(pairs)).toEqual({ f1: 4 / 7, cut: 1.2 });
    const best = bestCut(judged([1.4, 1.3, 1.2], [right, right, wrong], 2));
    expect(best.f1).toBe(1);
    expect(best.cut).toBeCloseTo(1.25, 12);
  });
  it('never splits pairs of the same margin', () => {
    const best = bestCut(judged([1.4, 1.3, 1.3000001, 1.2], [right, right, wrong, wrong], 2));
    expect(best.f1).toBe(4 / 5);
    expect(best.cut).toBeCloseTo(1.25, 6);
  });
  it('places a cut between neighbouring keys so that it keeps exactly the upper one', () => {
    const best = bestCut(judged([1.0000006, 0.9999996], [right, wrong], 1));
    expect(best.f1).toBe(1);
    expect(keeps(best.cut, 1.0000006)).toBe(true);
    expect(keeps(best.cut, 0.9999996)).toBe(false);
  });
  it('does not read past the last pair', () => { expect(bestCut(judged([1.4, 1.3], [wrong, right], 1))).toEqual({ f1: 2 / 3, cut: 1.3 }); });
  it('has no cut where nothing is right', () => { expect(bestCut(judged([1.4], [wrong], 3))).toEqual({ f1: 0, cut: null }); });
  it('agrees with trying every cut', () => {
    const margins = Array.from({ length: 300 }, (_, row) => Math.round(Math.sin(row * 7.3) * 40) / 40);
    const verdicts = margins.map((margin, row) => ((row * 31) % 7 === 0 ? ignored : Math.sin(row) < margin ? right : wrong));
    const all = judged(margins, verdicts, 190);
    const best = bestCut(all);
    const tried = Math.max(...margins.map((margin) => goldAtCut(all, margin).f1 ?? 0));
    expect(best.f1).toBeCloseTo(tried, 12);
    expect(goldAtCut(all, best.cut ?? 0).f1).toBeCloseTo(tried, 12);
  });
});

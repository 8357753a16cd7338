import { describe, expect, it } from 'vitest';
import type { Margin, Retrieval } from '../../contract/mine.ts';
import { cosineKey, marginKey, marginOf } from './margin.ts';
import { leaders, noNeighbour, type NeighbourBlock } from './neighbours.ts';
import { comesBefore, pairOrder } from './retrieval-order.ts';
import { minePairs } from './retrieval.ts';

/** Repeatable numbers in 0..1. */
const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

type Cosines = readonly (readonly number[])[];

/** Cosines of a coarse grid are full of exact ties; fine ones have none. */
const cosineTable = (sources: number, targets: number, seed: number, steps: number): Cosines => {
  const next = numbers(seed);
  return Array.from({ length: sources }, () => Array.from({ length: targets }, () => Math.round(next() * steps) / steps));
};

const transpose = (table: Cosines): Cosines => (table[0] ?? []).map((_, column) => table.map((row) => row[column] ?? 0));

const listsOf = (table: Cosines, k: number): NeighbourBlock => {
  const block = { first: 0, rows: table.length, width: k, ordinals: new Uint32Array(table.length * k).fill(noNeighbour), cosines: new Float64Array(table.length * k) };
  for (const [row, cosines] of table.entries()) {
    const order = cosines.map((_, ordinal) => ordinal).sort((a, b) => cosineKey(cosines[b] ?? 0) - cosineKey(cosines[a] ?? 0) || a - b).slice(0, k);
    for (const [slot, ordinal] of order.entries()) {
      block.ordinals[row * k + slot] = ordinal;
      block.cosines[row * k + slot] = cosines[ordinal] ?? 0;
    }
  }
  return block;
};

type Pair = { source: number; target: number; margin: number; cosine: number };

const byRule = (a: Pair, b: Pair): number => marginKey(b.margin) - marginKey(a.margin) || cosineKey(b.cosine) - cosineKey(a.cosine) || a.source - b.source || a.target - b.target;

/** The recipe once more, as plainly as it can be written. */
const bruteForce = (table: Cosines, k: number, kind: Margin, retrieval: Retrieval, offset: number): Pair[] => {
  const nearest = (cosines: readonly number[]): number[] => cosines.map((_, ordinal) => ordinal).sort((a, b) => cosineKey(cosines[b] ?? 0) - cosineKey(cosines[a] ?? 0) || a - b).slice(0, k);
  const mean = (cosines: readonly number[]): number => { const best = nearest(cosines); return best.reduce((sum, ordinal) => sum + (cosines[ordinal] ?? 0), 0) / best.length; };
  const columns = transpose(table);
  const sourceMeans = table.map(mean);
  const targetMeans = columns.map(mean);
  const pair = (source: number, target: number): Pair => {
    const cosine = table[source]?.[target] ?? 0;
    return { source, target, cosine, margin: marginOf(kind, cosine, sourceMeans[source] ?? 0, targetMeans[target] ?? 0, offset) };
  };
  const best = (pairs: Pair[]): Pair[] => pairs.sort(byRule).slice(0, 1);
  const forward = table.flatMap((cosines, source) => best(nearest(cosines).map((target) => pair(source, target))));
  const backward = columns.flatMap((cosines, target) => best(nearest(cosines).map((source) => pair(source, target))));
  const inBackward = (p: Pair): boolean => backward.some((q) => q.source === p.source && q.target === p.target);
  const both = [...forward, ...backward.filter((q) => !forward.some((p) => q.source === p.source && q.target === p.target))].sort(byRule);
  if (retrieval === 'forward') return forward.sort(byRule);
  if (retrieval === 'backward') return backward.sort(byRule);
  if (retrieval === 'intersection') return forward.filter(inBackward).sort(byRule);
  if (retrieval === 'union') return both;
  const sources = new Set<number>();
  const targets = new Set<number>();
  return both.filter((p) => {
    if (sources.has(p.source) || targets.has(p.target)) return false;
    sources.add(p.source);
    targets.add(p.target);
    return true;
  });
};

const mined = (table: Cosines, k: number, kind: Margin, retrieval: Retrieval, offset: number, cosineFloor: number | null = null) => minePairs(
  listsOf(table, k), listsOf(transpose(table), k), { margin: kind, retrieval, offset, cosineFloor, upperBound: null });

const kinds: readonly Margin[] = ['ratio', 'distance', 'absolute'];
const retrievals: readonly Retrieval[] = ['forward', 'backward', 'intersection', 'max', 'union'];

describe('retrieval against brute force', () => {
  for (const kind of kinds) {
    for (const retrieval of retrievals) {
      it(`${kind}, ${retrieval}: the same pairs in the same order, with ties and without`, () => {
        for (const [sources, targets, steps, seed] of [[17, 23, 1e9, 1], [30, 12, 8, 2], [25, 25, 3, 3], [1, 9, 5, 4], [9, 1, 5, 5], [3, 2, 1, 6]] as const) {
          const table = cosineTable(sources, targets, seed, steps);
          const { pairs } = mined(table, 4, kind, retrieval, 0);
          const wanted = bruteForce(table, 4, kind, retrieval, 0);
          expect([...pairs.source]).toEqual(wanted.map((pair) => pair.source));
          expect([...pairs.target]).toEqual(wanted.map((pair) => pair.target));
          for (const [row, pair] of wanted.entries()) expect(Math.abs((pairs.margin[row] ?? 0) - pair.margin)).toBeLessThan(1e-12);
        }
      });
    }
  }
});

describe('a worked example', () => {
  //            t0   t1   t2
  const table = [[0.9, 0.2, 0.1], [0.3, 0.8, 0.7], [0.2, 0.6, 0.1]];

  it('takes means over those neighbours that exist', () => {
    const { pairs } = mined(table, 4, 'ratio', 'forward', 0);
    // A(s0) = 1.2/3 = .4, A(t0) = 1.4/3: .9 / ((.4 + .46667) / 2) = 2.0769
    expect(pairs.source[0]).toBe(0);
    expect(pairs.margin[0]).toBeCloseTo(0.9 / ((0.4 + 1.4 / 3) / 2), 12);
  });
  it('reports ranks in both lists', () => {
    const { pairs } = mined(table, 2, 'ratio', 'max', 0);
    const first = [...pairs.source].indexOf(0);
    expect(pairs.forwardRank[first]).toBe(1);
    expect(pairs.backwardRank[first]).toBe(1);
    const last = [...pairs.source].indexOf(2);
    expect(last === -1 || pairs.target[last] !== 0).toBe(true);
  });
  it('never pairs below the cosine floor, and counts what lay there', () => {
    const { pairs, counts } = mined(table, 2, 'ratio', 'union', 0, 0.65);
    expect([...pairs.cosine].every((cosine) => cosine >= 0.65)).toBe(true);
    expect(counts.belowFloor).toBe(6);
  });
  it('counts mutual best pairs and suspiciously high margins', () => {
    const { counts } = minePairs(listsOf(table, 2), listsOf(transpose(table), 2), { margin: 'ratio', retrieval: 'max', offset: 0, cosineFloor: null, upperBound: 1.25 });
    expect(counts.mutualBest).toBe(2);
    expect(counts.aboveUpperBound).toBe(1);
  });
  it('counts how often a sentence is a neighbour', () => {
    const { targetOccurrences } = mined(table, 1, 'ratio', 'max', 0);
    expect([...targetOccurrences]).toEqual([1, 2, 0]);
    expect(leaders(targetOccurrences, 5)).toEqual([{ ordinal: 1, occurrence: 2 }, { ordinal: 0, occurrence: 1 }]);
    expect(leaders(Uint32Array.of(3, 5, 5, 1), 2)).toEqual([{ ordinal: 1, occurrence: 5 }, { ordinal: 2, occurrence: 5 }]);
  });
});

describe('the order of pairs', () => {
  it('puts ties to the higher cosine, the lower source, the lower target', () => {
    const columns = {
      source: Uint32Array.of(70_000, 3, 3, 1, 9), target: Uint32Array.of(0, 5, 4, 80_000, 2),
      margin: Float64Array.of(1.1, 1.1, 1.1, 1.1, -2), cosine: Float64Array.of(0.5, 0.5, 0.5, 0.6, 0.9),
    };
    expect([...pairOrder(columns)]).toEqual([3, 2, 1, 0, 4]);
  });
  it('sorts a million candidates as the rule says, within a second', () => {
    const next = numbers(11);
    const count = 1_000_000;
    const columns = {
      source: Uint32Array.from({ length: count }, () => Math.floor(next() * 1e6)), target: Uint32Array.from({ length: count }, () => Math.floor(next() * 1e6)),
      margin: Float64Array.from({ length: count }, () => 0.8 + Math.round(next() * 1e5) / 1e5), cosine: Float64Array.from({ length: count }, () => Math.round(next() * 10) / 10 - 0.5),
    };
    const started = performance.now();
    const order = pairOrder(columns);
    const milliseconds = performance.now() - started;
    let wrong = 0;
    for (let place = 1; place < count; place += 1) {
      const [a, b] = [order[place - 1] ?? 0, order[place] ?? 0];
      const [am, bm, ac, bc] = [columns.margin[a] ?? 0, columns.margin[b] ?? 0, columns.cosine[a] ?? 0, columns.cosine[b] ?? 0];
      const rule = marginKey(am) - marginKey(bm) || cosineKey(ac) - cosineKey(bc) || (columns.source[b] ?? 0) - (columns.source[a] ?? 0) || (columns.target[b] ?? 0) - (columns.target[a] ?? 0);
      if (rule < 0) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect(milliseconds).toBeLessThan(3000);
  });
  it('compares one row\'s candidates by the same rule', () => {
    expect(comesBefore(1.2, 0.1, 9, 1.1, 0.9, 0)).toBe(true);
    expect(comesBefore(1.1, 0.1, 9, 1.1, 0.9, 0)).toBe(false);
    expect(comesBefore(1.1, 0.9, 2, 1.1, 0.9, 3)).toBe(true);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import type { Margin, Retrieval } from '../../contract/mine.ts';
import { cosineKey } from '../../domain/mine/margin.ts';
import { noNeighbour } from '../../domain/mine/neighbours.ts';
import { minePairs } from '../../domain/mine/retrieval.ts';
import { readHubs, readNeighbours } from '../neighbours/neighbours.ts';
import { cosineTable, refinedPlainly, repeatable, testCall, testInput, testPlan, topicVectors, writeSide } from './fixtures/test-vectors.ts';
import { mine } from './mine.ts';
import { readPairs } from './pairs-file.ts';
import { readPartial } from './partial.ts';
import { scorePairs } from './score-pairs.ts';
import { writeFileSync } from 'node:fs';

const root = mkdtempSync(join(tmpdir(), 'dragoman-mine-'));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });
const state = { folder: 0 };
const fresh = (): string => { state.folder += 1; return join(root, String(state.folder)); };

const blockOf = (table: readonly (readonly number[])[], k: number) => {
  const block = { first: 0, rows: table.length, width: k, ordinals: new Uint32Array(table.length * k).fill(noNeighbour), cosines: new Float64Array(table.length * k) };
  for (const [row, cosines] of table.entries()) {
    const order = cosines.map((_, ordinal) => ordinal).sort((a, b) => cosineKey(cosines[b] ?? 0) - cosineKey(cosines[a] ?? 0) || a - b).slice(0, k);
    for (const [slot, ordinal] of order.entries()) { block.ordinals[row * k + slot] = ordinal; block.cosines[row * k + slot] = cosines[ordinal] ?? 0; }
  }
  return block;
};

/** Pairs by brute force in float64 over the refined vectors. */
const expected = (table: readonly (readonly number[])[], k: number, margin: Margin, retrieval: Retrieval, offset: number, listed = k) => {
  const columns = (table[0] ?? []).map((_, column) => table.map((row) => row[column] ?? 0));
  return minePairs(blockOf(table, listed), blockOf(columns, listed), { k, margin, retrieval, offset, cosineFloor: null, upperBound: null });
};

const compare = (found: ReturnType<typeof readPairs>, wanted: ReturnType<typeof readPairs>): void => {
  expect([...found.source]).toEqual([...wanted.source]);
  expect([...found.target]).toEqual([...wanted.target]);
  expect([...found.forwardRank]).toEqual([...wanted.forwardRank]);
  expect([...found.backwardRank]).toEqual([...wanted.backwardRank]);
  for (let row = 0; row < found.source.length; row += 1) {
    expect(Math.abs((found.margin[row] ?? 0) - (wanted.margin[row] ?? 0))).toBeLessThan(1e-9);
    expect(Math.abs((found.cosine[row] ?? 0) - (wanted.cosine[row] ?? 0))).toBeLessThan(1e-12);
  }
};

describe('exact mining against brute force in float64', () => {
  const dimension = 24;
  const sourceValues = topicVectors(150, dimension, 1);
  const targetValues = topicVectors(210, dimension, 2);

  it('finds the same pairs for every retrieval and margin, across tiles', async () => {
    const vectors = fresh();
    const source = writeSide(join(vectors, 's'), sourceValues, dimension);
    const target = writeSide(join(vectors, 't'), targetValues, dimension);
    const table = cosineTable(refinedPlainly([{ values: sourceValues, dimension }], false), refinedPlainly([{ values: targetValues, dimension }], false));
    for (const margin of ['ratio', 'distance', 'absolute'] as const) {
      for (const retrieval of ['forward', 'backward', 'intersection', 'max', 'union'] as const) {
        const result = await mine(testInput(fresh(), source, target, testPlan([dimension]), { margin, retrieval }), testCall());
        const wanted = expected(table, 4, margin, retrieval, 0);
        expect(result.count).toBe(wanted.pairs.source.length);
        expect(result.counts.mutualBest).toBe(wanted.counts.mutualBest);
        compare(readPairs(result.pairs, 0, result.count), wanted.pairs);
      }
    }
  });

  it('centres each side on its own mean and takes the margin on cosine + 1', async () => {
    const vectors = fresh();
    const result = await mine(testInput(fresh(), writeSide(join(vectors, 's'), sourceValues, dimension), writeSide(join(vectors, 't'), targetValues, dimension), testPlan([dimension], { centre: true })), testCall());
    const table = cosineTable(refinedPlainly([{ values: sourceValues, dimension }], true), refinedPlainly([{ values: targetValues, dimension }], true));
    expect(result.offset).toBe(1);
    expect(result.refinement?.['kind']).toBe('centre');
    compare(readPairs(result.pairs, 0, result.count), expected(table, 4, 'ratio', 'max', 1, 8).pairs);
  });

  it('averages the cosines of two encoders', async () => {
    const vectors = fresh();
    const second = { source: topicVectors(150, 12, 5), target: topicVectors(210, 12, 6) };
    const both = (name: string, first: Float32Array, other: Float32Array) => {
      const one = writeSide(join(vectors, `${name}1`), first, dimension);
      return { ...one, vectors: [...one.vectors, ...writeSide(join(vectors, `${name}2`), other, 12).vectors] };
    };
    for (const centre of [false, true]) {
      const result = await mine(testInput(fresh(), both('s', sourceValues, second.source), both('t', targetValues, second.target), testPlan([dimension, 12], { centre })), testCall());
      const table = cosineTable(
        refinedPlainly([{ values: sourceValues, dimension }, { values: second.source, dimension: 12 }], centre),
        refinedPlainly([{ values: targetValues, dimension }, { values: second.target, dimension: 12 }], centre));
      compare(readPairs(result.pairs, 0, result.count), expected(table, 4, 'ratio', 'max', centre ? 1 : 0, centre ? 8 : 4).pairs);
    }
  });

  it('reads rows that lie scattered in the vector file, and half-precision ones', async () => {
    const vectors = fresh();
    const order = Uint32Array.from({ length: 150 }, (_, row) => (row * 37) % 150);
    const halves = Float32Array.from(new Float16Array(targetValues));
    const source = writeSide(join(vectors, 's'), sourceValues, dimension, { order });
    const plain = await mine(testInput(fresh(), source, writeSide(join(vectors, 't'), targetValues, dimension), testPlan([dimension])), testCall());
    const table = cosineTable(refinedPlainly([{ values: sourceValues, dimension }], false), refinedPlainly([{ values: targetValues, dimension }], false));
    compare(readPairs(plain.pairs, 0, plain.count), expected(table, 4, 'ratio', 'max', 0).pairs);
    const half = Float32Array.from(new Float16Array(sourceValues));
    const result = await mine(testInput(fresh(), writeSide(join(vectors, 's16'), sourceValues, dimension, { order, precision: 'f16' }),
      writeSide(join(vectors, 't16'), targetValues, dimension, { precision: 'f16' }), testPlan([dimension], { precision: 'f16' })), testCall());
    const halfTable = cosineTable(refinedPlainly([{ values: half, dimension }], false), refinedPlainly([{ values: halves, dimension }], false));
    compare(readPairs(result.pairs, 0, result.count), expected(halfTable, 4, 'ratio', 'max', 0).pairs);
  });

  it('gives tied vectors to the lower ordinal, however many there are', async () => {
    const vectors = fresh();
    const repeated = new Float32Array(180 * dimension);
    for (let row = 0; row < 180; row += 1) repeated.set(targetValues.subarray((row % 3) * dimension, (row % 3 + 1) * dimension), row * dimension);
    const source = writeSide(join(vectors, 's'), sourceValues, dimension);
    const target = writeSide(join(vectors, 't'), repeated, dimension);
    const result = await mine(testInput(fresh(), source, target, testPlan([dimension])), testCall());
    const table = cosineTable(refinedPlainly([{ values: sourceValues, dimension }], false), refinedPlainly([{ values: repeated, dimension }], false));
    compare(readPairs(result.pairs, 0, result.count), expected(table, 4, 'ratio', 'max', 0).pairs);
  });

  it('keeps zero vectors at cosine zero', async () => {
    const vectors = fresh();
    const withZero = sourceValues.slice();
    withZero.fill(0, 0, 2 * dimension);
    const folder = fresh();
    const result = await mine(testInput(folder, writeSide(join(vectors, 's'), withZero, dimension), writeSide(join(vectors, 't'), targetValues, dimension), testPlan([dimension])), testCall());
    const [list] = readNeighbours(folder, 'source', [0]);
    expect(list?.cosines).toEqual([0, 0, 0, 0]);
    expect(list?.ordinals).toEqual([0, 1, 2, 3]);
    expect(readPairs(result.pairs, 0, result.count).margin.every((margin) => Number.isFinite(margin))).toBe(true);
  });

  it('mines one sentence against one, and k beyond the other side', async () => {
    const vectors = fresh();
    const one = writeSide(join(vectors, 'one'), sourceValues.subarray(0, dimension).slice(), dimension);
    const three = writeSide(join(vectors, 'three'), targetValues.subarray(0, 3 * dimension).slice(), dimension);
    const single = await mine(testInput(fresh(), one, one, testPlan([dimension])), testCall());
    expect(single.count).toBe(1);
    expect(readPairs(single.pairs, 0, 1).margin[0]).toBeCloseTo(1, 12);
    const folder = fresh();
    await mine(testInput(folder, one, three, testPlan([dimension]), { k: 16 }), testCall());
    const [list] = readNeighbours(folder, 'source', [0]);
    expect(list?.ordinals.length).toBe(3);
    expect(list?.mean).toBeCloseTo((list?.cosines.reduce((sum, cosine) => sum + cosine, 0) ?? 0) / 3, 12);
  });

  it('says in words that a side is empty', async () => {
    const one = writeSide(join(fresh(), 'one'), sourceValues.subarray(0, dimension).slice(), dimension);
    await expect(mine(testInput(fresh(), { ...one, sentences: 0 }, one, testPlan([dimension])), testCall())).rejects.toThrow('The source collection has no sentences.');
  });
});

describe('a run and its folder', () => {
  const dimension = 24;
  const source = writeSide(join(fresh(), 's'), topicVectors(400, dimension, 1), dimension);
  const target = writeSide(join(fresh(), 't'), topicVectors(500, dimension, 2), dimension);

  it('stops within a tile when it is cancelled, and goes on from there to the same bytes', async () => {
    const whole = await mine(testInput(fresh(), source, target, testPlan([dimension])), testCall());
    const folder = fresh();
    const input = testInput(folder, source, target, testPlan([dimension]));
    const tiles: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const controller = new AbortController();
      const seen = { tiles: 0 };
      const call = testCall({ signal: controller.signal, checkpointEvery: 0, tell: async (item) => {
        if (item.stage === 'neighbours') { tiles.push(item.done); seen.tiles += 1; if (seen.tiles === 1) controller.abort(); }
      } });
      const ended = await mine(input, call).then(() => 'finished', (thrown: unknown) => (thrown instanceof Failure ? thrown.data.code : 'other'));
      if (ended === 'finished') break;
      expect(ended).toBe('cancelled');
    }
    expect(tiles.length).toBeGreaterThan(3);
    const result = await mine(input, testCall());
    expect(readFileSync(result.pairs).equals(readFileSync(whole.pairs))).toBe(true);
  });

  it('answers a finished run from its files, and starts anew for other settings', async () => {
    const folder = fresh();
    const first = await mine(testInput(folder, source, target, testPlan([dimension])), testCall());
    const told: string[] = [];
    expect(await mine(testInput(folder, source, target, testPlan([dimension])), testCall({ tell: async (item) => { told.push(item.stage); } }))).toEqual(first);
    expect(told).toEqual([]);
    const other = await mine(testInput(folder, source, target, testPlan([dimension]), { retrieval: 'intersection' }), testCall());
    expect(other.count).toBeLessThan(first.count);
  });

  it('shows neighbours, hubs and a histogram of what it found', async () => {
    const folder = fresh();
    const result = await mine(testInput(folder, source, target, testPlan([dimension])), testCall());
    const pairs = readPairs(result.pairs, 0, result.count);
    const best = pairs.source[0] ?? 0;
    const [list] = readNeighbours(folder, 'source', [best]);
    expect(list?.ordinals).toContain(pairs.target[0]);
    const hubs = readHubs(folder, 'target', 3);
    expect(hubs.length).toBe(3);
    expect(readNeighbours(folder, 'target', [hubs[0]?.ordinal ?? 0])[0]?.occurrence).toBe(hubs[0]?.occurrence);
    const partial = readPartial(folder, 10, 5);
    expect(partial.counts.reduce((sum, count) => sum + count, 0)).toBe(result.count);
    expect(partial.rows.length).toBe(5);
  });

  it('has something to show while it runs', async () => {
    const folder = fresh();
    const seen: number[] = [];
    await mine(testInput(folder, source, target, testPlan([dimension])), testCall({ checkpointEvery: 0, tell: async (item) => {
      if (item.stage === 'neighbours' || item.stage === 'margin') seen.push(readPartial(folder, 20, 3).pairs);
    } }));
    expect(Math.max(...seen)).toBeGreaterThan(0);
  });

  it.each(['exact', 'hnsw-usearch'] as const)('shows the best known lists from the first answers to the end (%s)', async (index) => {
    const folder = fresh();
    const seen: { stage: string; pairs: number; rows: number }[] = [];
    const plan = testPlan([dimension], { index, centre: true, hnsw: index === 'exact' ? null : { connectivity: 16, expansionAdd: 64, expansionSearch: 64, threads: 1 } });
    await mine(testInput(folder, source, target, plan), testCall({ checkpointEvery: 0, tell: async (item) => {
      const { pairs, rows } = readPartial(folder, 20, 3);
      seen.push({ stage: item.stage, pairs, rows: rows.length });
    } }));
    expect(seen.some((look) => look.stage === 'neighbours' && look.pairs > 0)).toBe(true);
    const first = seen.findIndex((look) => look.pairs > 0);
    expect(seen.slice(first).every((look) => look.pairs > 0 && look.rows === 3)).toBe(true);
    expect(seen.slice(first).map((look) => look.stage)).toEqual(expect.arrayContaining(['margin', 'retrieve']));
  });

  it('warns in words where the encoder is blind, and of hubs', async () => {
    const next = repeatable(5);
    const centre = Float32Array.from({ length: dimension }, next);
    const near = (closeness: number, rows: number): Float32Array => Float32Array.from({ length: rows * dimension }, (_, place) => closeness * (centre[place % dimension] ?? 0) + next());
    const vectors = fresh();
    const corner = writeSide(join(vectors, 's'), near(6, 300), dimension);
    const others = near(0, 300);
    others.set(near(6, 4));
    const result = await mine(testInput(fresh(), corner, writeSide(join(vectors, 't'), others, dimension), testPlan([dimension])), testCall());
    const texts = (kind: string): string[] => result.warnings.filter((warning) => warning.kind === kind).map((warning) => warning.text);
    expect(texts('blind')).toEqual([expect.stringContaining('Choose an encoder that lists both languages.')]);
    expect(texts('hubs').join(' ')).toContain('4 target sentences are among the nearest neighbours of very many others');
    expect(result.refinement).toBeNull();
  });

  it('scores given pairs like the same pairs of a mining, in the order given', async () => {
    const mined = await mine(testInput(fresh(), source, target, testPlan([dimension], { centre: true })), testCall());
    const pairs = readPairs(mined.pairs, 0, mined.count);
    const folder = fresh();
    const order = [...pairs.source.keys()].reverse();
    const given = join(root, 'given.bin');
    writeFileSync(given, new Uint8Array(Uint32Array.from(order.flatMap((row) => [pairs.source[row] ?? 0, pairs.target[row] ?? 0])).buffer));
    const scored = await scorePairs({ ...testInput(folder, source, target, testPlan([dimension], { centre: true })), pairs: given, count: order.length }, testCall());
    const rows = readPairs(scored.pairs, 0, scored.count);
    expect([...rows.source]).toEqual(order.map((row) => pairs.source[row]));
    expect([...rows.margin]).toEqual(order.map((row) => pairs.margin[row]));
    expect([...rows.forwardRank]).toEqual(order.map((row) => pairs.forwardRank[row]));
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import type { IndexKind } from '../../contract/mine.ts';
import { mine } from '../mining/mine.ts';
import { readPairs } from '../mining/pairs-file.ts';
import { testCall, testInput, testPlan, topicVectors, writeSide } from '../mining/fixtures/test-vectors.ts';
import { absentIndexes, openHnsw } from './hnsw-index.ts';
import { hnswlibAbsence } from './hnswlib-index.ts';

const root = mkdtempSync(join(tmpdir(), 'dragoman-hnsw-'));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const dimension = 32;
const source = writeSide(join(root, 's'), topicVectors(1500, dimension, 1), dimension);
const target = writeSide(join(root, 't'), topicVectors(1800, dimension, 2), dimension);
const hnsw = { connectivity: 16, expansionAdd: 128, expansionSearch: 200, threads: 1 };
const mineWith = (folder: string, index: IndexKind) => mine(testInput(join(root, folder), source, target, testPlan([dimension], { index, hnsw: index === 'exact' ? null : hnsw, tileRows: 512 })), testCall());

describe('approximate neighbours', () => {
  it('by usearch: nearly the pairs of exact search, with the recall measured', async () => {
    const exact = await mineWith('exact', 'exact');
    const found = await mineWith('usearch', 'hnsw-usearch');
    expect(exact.indexRecall).toBeNull();
    expect(found.indexRecall?.sample).toBe(1000);
    expect(found.indexRecall?.recall).toBeGreaterThan(0.99);
    const pairsOf = (result: typeof exact) => { const pairs = readPairs(result.pairs, 0, result.count); return new Set(pairs.source.map((value, row) => value * 10_000 + (pairs.target[row] ?? 0))); };
    const [truth, got] = [pairsOf(exact), pairsOf(found)];
    expect([...got].filter((pair) => truth.has(pair)).length / truth.size).toBeGreaterThan(0.98);
  });

  it('by usearch: the same bytes again', async () => {
    const first = await mineWith('first', 'hnsw-usearch');
    const second = await mineWith('second', 'hnsw-usearch');
    expect(readFileSync(second.pairs).equals(readFileSync(first.pairs))).toBe(true);
  });

  it('lets a graph go when it is closed', () => {
    for (const kind of ['hnsw-usearch', ...(hnswlibAbsence() === null ? ['hnsw-hnswlib' as const] : [])] as const) {
      const index = openHnsw(kind, { dimension, capacity: 100, parameters: hnsw, seed: 1, searchThreads: 1 });
      index.add(0, 100, topicVectors(100, dimension, 3));
      expect(index.size()).toBe(100);
      index.close();
      expect(index.size()).toBe(0);
    }
  });

  it('by hnswlib where it is installed; else one line says that it is not', async () => {
    if (hnswlibAbsence() !== null) {
      expect(absentIndexes()).toContain(hnswlibAbsence());
      const refused = await mineWith('hnswlib', 'hnsw-hnswlib').then(() => null, (thrown: unknown) => thrown);
      expect(refused).toBeInstanceOf(Failure);
      return;
    }
    const found = await mineWith('hnswlib', 'hnsw-hnswlib');
    expect(found.indexRecall?.recall).toBeGreaterThan(0.99);
    expect(absentIndexes()).toEqual([]);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import { readNeighbours } from '../neighbours/neighbours.ts';
import { repeatable, testCall, testInput, testPlan, writeSide } from './fixtures/test-vectors.ts';
import { mine } from './mine.ts';
import { readPairs } from './pairs-file.ts';

const root = mkdtempSync(join(tmpdir(), 'dragoman-map-'));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const dimension = 24;
const count = 900;

/** Targets are their sources, mixed with a linear image of them and with noise: what a map can learn, and cosines alone cannot see. */
const translated = (noise: number, share: number): { readonly source: Float32Array; readonly target: Float32Array } => {
  const next = repeatable(7);
  const image = Float32Array.from({ length: dimension * dimension }, next);
  const source = Float32Array.from({ length: count * dimension }, next);
  const target = Float32Array.from({ length: count * dimension }, next);
  for (let row = 0; row < count * share; row += 1) {
    for (let column = 0; column < dimension; column += 1) {
      let mapped = 0;
      for (let from = 0; from < dimension; from += 1) mapped += (source[row * dimension + from] ?? 0) * (image[from * dimension + column] ?? 0);
      target[row * dimension + column] = (source[row * dimension + column] ?? 0) + 0.6 * mapped + noise * next();
    }
  }
  return { source, target };
};

const inputOf = (name: string, vectors: ReturnType<typeof translated>) => testInput(join(root, name, 'run'),
  writeSide(join(root, name, 's'), vectors.source, dimension), writeSide(join(root, name, 't'), vectors.target, dimension),
  testPlan([dimension], { centre: true, linearMap: 'self-check', tileRows: 256 }));

describe('the linear map in a run', () => {
  it('is used where the held-out check shows a gain, and finds more right pairs', async () => {
    const input = inputOf('helps', translated(0.4, 1));
    const right = (result: Awaited<ReturnType<typeof mine>>): number => { const pairs = readPairs(result.pairs, 0, result.count); return pairs.source.filter((source, row) => source === pairs.target[row]).length; };
    const without = await mine({ ...input, folder: join(root, 'helps', 'plain'), plan: { ...input.plan, linearMap: 'off' } }, testCall());
    const result = await mine(input, testCall());
    expect(result.refinement).toMatchObject({ kind: 'centre+map', linearMap: 'used', mapUsed: true, neighbours: 4, candidates: 8 });
    expect(Number(result.refinement?.['mutualAfter'])).toBeGreaterThan(Number(result.refinement?.['mutualBefore']));
    expect(right(result)).toBeGreaterThan(right(without));
    const pairs = readPairs(result.pairs, 0, result.count);
    const [list] = readNeighbours(input.folder, 'source', [pairs.source[0] ?? 0]);
    expect(list?.cosines[list.ordinals.indexOf(pairs.target[0] ?? 0)]).toBe(pairs.cosine[0]);
    expect(existsSync(join(input.folder, 'map-2', 'source-vectors'))).toBe(false);
  });

  it('is not tried where few sentences have a translation, and says so', async () => {
    const result = await mine(inputOf('few', translated(0.2, 0.1)), testCall());
    expect(result.refinement).toMatchObject({ kind: 'centre', mapUsed: false });
    expect(String(result.refinement?.['linearMap'])).toMatch(/^not used: about \d+ % of the sentences have a translation/);
  });

  it('ends with the same bytes when it is interrupted on the way', async () => {
    const vectors = translated(0.4, 1);
    const whole = inputOf('whole', vectors);
    const first = await mine(whole, testCall());
    const broken = inputOf('broken', vectors);
    let cancels = 0;
    for (let stop = 2; stop < 60; stop += 5) {
      const controller = new AbortController();
      let told = 0;
      const ended = await mine(broken, testCall({ signal: controller.signal, checkpointEvery: 0, tell: async () => { told += 1; if (told === stop) controller.abort(); } }))
        .then(() => 'finished', (thrown: unknown) => (thrown instanceof Failure ? thrown.data.code : String(thrown)));
      if (ended === 'finished') break;
      expect(ended).toBe('cancelled');
      cancels += 1;
    }
    expect(cancels).toBeGreaterThan(1);
    const second = await mine(broken, testCall());
    expect(readFileSync(second.pairs).equals(readFileSync(first.pairs))).toBe(true);
    expect(second.refinement).toEqual(first.refinement);
  });
});

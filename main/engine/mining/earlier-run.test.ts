import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MinePlan } from '../../contract/mine.ts';
import { Failure } from '../../contract/errors.ts';
import { refineSides } from '../knn/refined-side.ts';
import { openStoredVectors, keepWhereItFits } from '../knn/stored-vectors.ts';
import { repeatable, testCall, testInput, testPlan, topicVectors } from './fixtures/test-vectors.ts';
import { mine } from './mine.ts';
import { pairUp, searchBothWays } from './pair-up.ts';
import { writePairs } from './pairs-file.ts';
import { runFile } from './run-files.ts';
import type { MineInput, SideInput } from './run-sides.ts';

const root = mkdtempSync(join(tmpdir(), 'dragoman-earlier-'));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });
const state = { folder: 0 };
const fresh = (): string => { state.folder += 1; return join(root, String(state.folder)); };

const dimension = 24;
/** One vector folder for all collections, as a project has it; a collection is a list of rows. */
const pool = (values: Float32Array): ((language: string, rows: readonly number[]) => SideInput) => {
  const folder = fresh();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'vectors.bin'), new Uint8Array(values.buffer));
  return (language, rows) => {
    const path = `${fresh()}.u32`;
    writeFileSync(path, new Uint8Array(Uint32Array.from(rows).buffer));
    return { vectors: [{ folder, rows: path }], sentences: rows.length, language };
  };
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, place) => from + place);
const some = (rows: readonly number[], share: number, seed: number): number[] => { const next = repeatable(seed); return rows.filter(() => next() + 0.5 < share); };
const outputs = [runFile.forward, runFile.backward, runFile.pairs, runFile.sourceOccurrences, runFile.targetOccurrences];
const bytes = (folder: string, names: readonly string[]): string[] => names.map((name) => readFileSync(join(folder, name)).toString('base64'));

/** A full search with the means of another run: what a run that carries on has to give, byte for byte. */
const fullWithMeansOf = async (earlier: MineInput, input: MineInput): Promise<string> => {
  const folder = fresh();
  mkdirSync(folder, { recursive: true });
  const open = (side: SideInput) => side.vectors.map((place) => keepWhereItFits(openStoredVectors({ ...place, dimension, precision: 'f32', sentences: side.sentences }), 2 ** 30));
  const raw = new Float64Array(new Uint8Array(readFileSync(join(earlier.folder, runFile.means))).buffer);
  const means = { source: [raw.slice(0, dimension)], target: [raw.slice(dimension)] };
  const sides = await refineSides(open(input.source), open(input.target), { centre: input.plan.centre, ...(input.plan.centre ? { means } : {}) });
  const full = { ...input, folder, earlier: null };
  const neighbours = await searchBothWays(full, { ...sides, earlier: { carried: null, note: null }, close: () => undefined }, testCall());
  const mined = await pairUp(full, neighbours, testCall());
  await writePairs(join(folder, runFile.pairs), mined.pairs);
  return folder;
};

const searched = [runFile.forward, runFile.backward, runFile.pairs];
const carryOn = (earlier: MineInput, source: SideInput, target: SideInput, plan: MinePlan = earlier.plan): MineInput => (
  { ...testInput(fresh(), source, target, plan), earlier: { folder: earlier.folder, source: earlier.source, target: earlier.target } });
const note = (result: Awaited<ReturnType<typeof mine>>): string => result.warnings.filter((warning) => warning.kind === 'reused').map((warning) => warning.text).join(' ');

describe('a run that carries an earlier one on', () => {
  const side = pool(topicVectors(900, dimension, 1));
  const otherSide = pool(topicVectors(900, dimension, 2));

  for (const centre of [false, true]) {
    const plan = testPlan([dimension], { centre });
    it(`gives what a full search with the same means gives, ${centre ? 'centred' : 'plain'}: supersets`, async () => {
      const first = testInput(fresh(), side('de', range(0, 500)), otherSide('en', range(0, 430)), plan);
      await mine(first, testCall());
      const second = carryOn(first, side('de', range(0, 590)), otherSide('en', range(0, 480)));
      const result = await mine(second, testCall());
      expect(note(result)).toContain('90 new sources, 50 new targets; only these were compared');
      expect(bytes(second.folder, searched)).toEqual(bytes(await fullWithMeansOf(first, second), searched));
      if (centre) expect(result.refinement).toMatchObject({ kind: 'centre', meansFrozen: true, meansSourceSentences: 500, meansTargetSentences: 430 });
      // And on from there: the means stay those of the first run.
      const third = carryOn(second, side('de', range(0, 600)), otherSide('en', range(0, 600)));
      await mine(third, testCall());
      expect(bytes(third.folder, searched)).toEqual(bytes(await fullWithMeansOf(first, third), searched));
      expect(bytes(third.folder, [runFile.means])).toEqual(bytes(first.folder, [runFile.means]));
    });

    it(`… new sentences anywhere between, some gone, ${centre ? 'centred' : 'plain'}`, async () => {
      const first = testInput(fresh(), side('de', some(range(0, 700), 0.7, 3)), otherSide('en', some(range(0, 700), 0.7, 4)), plan);
      await mine(first, testCall());
      const rows = { source: some(range(0, 700), 0.9, 5), target: [...some(range(0, 700), 0.95, 6), ...range(800, 850)] };
      const second = carryOn(first, side('de', rows.source), otherSide('en', rows.target));
      const result = await mine(second, testCall());
      expect(note(result)).toContain('had lost a neighbour or stood in another order, and were compared anew');
      expect(bytes(second.folder, searched)).toEqual(bytes(await fullWithMeansOf(first, second), searched));
    });
  }

  it('keeps the tie rule where rows repeat and where the order has changed', async () => {
    const plan = testPlan([dimension]);
    const repeated = [...range(0, 120), ...range(0, 60), ...range(0, 30)];
    const first = testInput(fresh(), side('de', repeated), otherSide('en', [...range(0, 200), ...range(50, 90)]), plan);
    await mine(first, testCall());
    const second = carryOn(first, side('de', [...range(300, 310), ...repeated, ...range(0, 40)]), otherSide('en', [...range(100, 200), ...range(0, 100), ...range(40, 100)]));
    await mine(second, testCall());
    expect(bytes(second.folder, searched)).toEqual(bytes(await fullWithMeansOf(first, second), searched));
  });

  it('gives ties to the lower ordinal of today where texts with the same vector have changed places', async () => {
    const values = topicVectors(60, dimension, 2);
    for (let row = 1; row < 20; row += 1) values.copyWithin(row * dimension, 0, dimension);
    const tied = pool(values);
    const plan = testPlan([dimension], { centre: true });
    const first = testInput(fresh(), side('de', range(0, 50)), tied('en', range(0, 50)), plan);
    await mine(first, testCall());
    const second = carryOn(first, side('de', range(0, 60)), tied('en', [...range(0, 60)].reverse()));
    await mine(second, testCall());
    expect(bytes(second.folder, searched)).toEqual(bytes(await fullWithMeansOf(first, second), searched));
  });

  it('compares nothing when nothing is new', async () => {
    const plan = testPlan([dimension], { centre: true });
    const first = testInput(fresh(), side('de', range(0, 300)), otherSide('en', range(0, 300)), plan);
    const whole = await mine(first, testCall());
    const second = carryOn(first, side('de', range(0, 300)), otherSide('en', range(0, 300)));
    const result = await mine(second, testCall());
    expect(note(result)).toContain('0 new sources, 0 new targets');
    expect(result.count).toBe(whole.count);
    expect(bytes(second.folder, outputs)).toEqual(bytes(first.folder, outputs));
  });

  it('with fewer sentences than neighbours before, and one side wholly exchanged', async () => {
    const plan = testPlan([dimension]);
    const small = testInput(fresh(), side('de', range(0, 3)), otherSide('en', range(0, 2)), plan);
    await mine(small, testCall());
    const grown = carryOn(small, side('de', range(0, 90)), otherSide('en', range(0, 70)));
    await mine(grown, testCall());
    expect(bytes(grown.folder, searched)).toEqual(bytes(await fullWithMeansOf(small, grown), searched));
    const exchanged = carryOn(grown, side('de', range(0, 90)), otherSide('en', range(300, 400)));
    await mine(exchanged, testCall());
    expect(bytes(exchanged.folder, searched)).toEqual(bytes(await fullWithMeansOf(small, exchanged), searched));
  });

  it('stopped after every tile, it goes on and ends with the same bytes', async () => {
    const plan = testPlan([dimension], { centre: true });
    const first = testInput(fresh(), side('de', range(0, 250)), otherSide('en', range(0, 250)), plan);
    await mine(first, testCall());
    const whole = carryOn(first, side('de', range(0, 330)), otherSide('en', range(0, 350)));
    await mine(whole, testCall());
    const stopped: MineInput = { ...whole, folder: fresh() };
    const seen: number[] = [];
    let stops = 0;
    for (let round = 0; round < 200; round += 1) {
      const controller = new AbortController();
      const ended = await mine(stopped, testCall({ signal: controller.signal, checkpointEvery: 0, tell: async (item) => {
        if (item.stage === 'neighbours') { seen.push(item.done / item.total); controller.abort(); }
      } })).then(() => 'finished', (thrown: unknown) => (thrown instanceof Failure ? thrown.data.code : 'other'));
      if (ended === 'finished') break;
      expect(ended).toBe('cancelled');
      stops += 1;
    }
    expect(stops).toBeGreaterThan(4);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await mine(stopped, testCall());
    expect(bytes(stopped.folder, outputs)).toEqual(bytes(whole.folder, outputs));
  });
});

/** Runs a mining in a process of its own; kills it (SIGKILL) once it has told so many lines of progress. */
const runChild = (input: MineInput, killAfter: number): Promise<'killed' | 'finished'> => new Promise((resolve, reject) => {
  const path = `${fresh()}.json`;
  writeFileSync(path, JSON.stringify(input));
  const running = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/mine-child.ts'), path], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  running.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > killAfter) running.kill('SIGKILL');
  });
  running.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  running.on('exit', (code, signal) => { if (signal === 'SIGKILL') resolve('killed'); else if (code === 0) resolve('finished'); else reject(new Error(errors)); });
});

it('a run that carries on, killed again and again, ends with the same bytes', async () => {
  const plan = testPlan([dimension], { centre: true });
  const [side, otherSide] = [pool(topicVectors(900, dimension, 1)), pool(topicVectors(900, dimension, 2))];
  const first = testInput(fresh(), side('de', range(0, 500)), otherSide('en', range(0, 450)), plan);
  await mine(first, testCall());
  const whole = carryOn(first, side('de', range(0, 900)), otherSide('en', range(20, 900)));
  await mine(whole, testCall());
  const killed: MineInput = { ...whole, folder: fresh() };
  const ends: string[] = [];
  for (const lines of [2, 3, 4, 3, 5]) ends.push(await runChild(killed, lines));
  expect(ends.filter((end) => end === 'killed').length).toBeGreaterThan(2);
  expect(await runChild(killed, Infinity)).toBe('finished');
  expect(bytes(killed.folder, [...outputs, runFile.result, runFile.means])).toEqual(bytes(whole.folder, [...outputs, runFile.result, runFile.means]));
}, 60_000);

describe('where an earlier run cannot be carried on, everything is compared and the reason said', () => {
  const side = pool(topicVectors(300, dimension, 1));
  const otherSide = pool(topicVectors(300, dimension, 2));
  const sides = { source: side('de', range(0, 250)), target: otherSide('en', range(0, 250)) };
  const now = { source: side('de', range(0, 300)), target: otherSide('en', range(0, 300)) };
  const plan = testPlan([dimension]);

  const refused = async (earlier: MineInput, second: MineInput): Promise<string> => {
    await mine(earlier, testCall());
    const result = await mine(second, testCall());
    const alone = await mine({ ...second, folder: fresh(), earlier: null }, testCall());
    expect(readFileSync(result.pairs).equals(readFileSync(alone.pairs))).toBe(true);
    return note(result);
  };

  it('other settings of the search', async () => {
    const first = testInput(fresh(), sides.source, sides.target, plan, { k: 6 });
    expect(await refused(first, carryOn(first, now.source, now.target))).toContain('listed 6 (+ 4) neighbours');
    const centred = testInput(fresh(), sides.source, sides.target, testPlan([dimension], { centre: true }));
    expect(await refused(centred, carryOn(centred, now.source, now.target, plan))).toContain('was centred, and this one is not');
    const graph = testInput(fresh(), sides.source, sides.target, testPlan([dimension], { index: 'hnsw-usearch', hnsw: { connectivity: 16, expansionAdd: 64, expansionSearch: 64, threads: 1 } }));
    expect(await refused(graph, carryOn(graph, now.source, now.target, plan))).toContain('searched with HNSW');
  });

  it('other vectors, or none', async () => {
    const elsewhere = pool(topicVectors(300, dimension, 1));
    const first = testInput(fresh(), elsewhere('de', range(0, 250)), sides.target, plan);
    expect(await refused(first, carryOn(first, now.source, now.target))).toContain('lie elsewhere');
    const threads = testInput(fresh(), sides.source, sides.target, testPlan([dimension], { threads: 1 }));
    expect(await refused(threads, carryOn(threads, now.source, now.target, plan))).toContain('encoded in another way');
    const never = testInput(fresh(), sides.source, sides.target, plan);
    expect(note(await mine(carryOn(never, now.source, now.target), testCall()))).toContain('is not finished');
  });
});

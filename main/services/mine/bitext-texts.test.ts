import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project, Recorder } from '../../store/api.ts';
import { openProject } from '../../store/project.ts';
import { linesFile, runOf } from '../../store/testing.ts';
import { bitextTexts, runTexts } from './bitext-texts.ts';

let folder = '';
let project: Project;
let bitext = 0;
let first = 0;
const signal = new AbortController().signal;

/** Pairs: (a, A), (b, B), (a, C), (d, D): the first and the third read the same source. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-mine-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  bitext = project.collections.create({ name: 'bitext', kind: 'bitext', language: 'de', targetLanguage: 'en' });
  const sides = project.collections.sides(bitext);
  const [source, target] = [project.sentences.writer(sides.source), project.sentences.writer(sides.target)];
  const pairs = project.pairs.writer({ collection: bitext }, sides);
  for (const [left, right] of [['a', 'A'], ['b', 'B'], ['a', 'C'], ['d', 'D']] as const) pairs.add(source.add(left, null, 0, 1), target.add(right, null, 0, 1));
  await source.finish();
  await target.finish();
  first = pairs.finish().first;
  project.collections.finish(bitext, { counts: { lines: 4, empty: 0, malformed: 0, merged: 0, size: 4 }, files: [linesFile('/data/x.tsv')], columns: [], state: 'ready' });
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const change = (body: (recorder: Recorder) => void) => project.operations.run({ title: 'change', annotator: 'anna' }, body);
const edit = (at: number, source: string | undefined, target: string | undefined) => change((recorder) => { void recorder.setTexts({ collection: bitext }, Uint32Array.of(first + at), { source: [source], target: [target] }); });
const read = async () => {
  const { pairs, source, target } = await bitextTexts(project, bitext, signal);
  const { sources, targets } = project.pairs.ordinals({ collection: bitext }, first, project.pairs.range({ collection: bitext }).count);
  const all = { source: source.texts(0, source.count), target: target.texts(0, target.count) };
  return Array.from(pairs, (pair) => [all.source[source.ordinalOf(pair, sources[pair - first] ?? 0)], all.target[target.ordinalOf(pair, targets[pair - first] ?? 0)]]);
};

it('without edits the engine gets the sentences as they were imported', async () => {
  const { source, target } = await bitextTexts(project, bitext, signal);
  expect([source.key, source.count, source.texts(0, 9), target.texts(1, 2)]).toEqual(['', 3, ['a', 'b', 'd'], ['B', 'C']]);
  expect(await read()).toEqual([['a', 'A'], ['b', 'B'], ['a', 'C'], ['d', 'D']]);
});

it('an edited text takes the place of its sentence, and stands behind all where other pairs still read that', async () => {
  await edit(0, 'a!', 'A!');
  await edit(1, 'b!', undefined);
  const { source, target } = await bitextTexts(project, bitext, signal);
  expect([source.count, source.texts(0, 9), source.texts(2, 2), source.texts(3, 1)]).toEqual([4, ['a', 'b!', 'd', 'a!'], ['d', 'a!'], ['a!']]);
  expect(target.texts(0, 9)).toEqual(['A!', 'B', 'C', 'D']);
  expect(await read()).toEqual([['a!', 'A!'], ['b!', 'B'], ['a', 'C'], ['d', 'D']]);
});

it('hidden pairs are left out, added ones are in', async () => {
  await change((recorder) => {
    const added = recorder.addPair({ collection: bitext }, first + 3);
    void recorder.setTexts({ collection: bitext }, Uint32Array.of(first + 3, added), { source: ['d1', 'd2'], target: ['D1', 'D2'] });
    void recorder.hidePairs({ collection: bitext }, Uint32Array.of(first + 1));
  });
  expect(await read()).toEqual([['a', 'A'], ['a', 'C'], ['d1', 'D1'], ['d2', 'D2']]);
});

it('the key changes with every edit and comes back with its undo', async () => {
  const key = async () => (await bitextTexts(project, bitext, signal)).source.key;
  await edit(1, 'b!', undefined);
  const once = await key();
  await edit(1, 'b?', undefined);
  expect(await key()).not.toBe(once);
  await project.operations.undo();
  expect(await key()).toBe(once);
});

it('a scored run tells its neighbours by the numbers it was scored with', async () => {
  await edit(0, 'a!', undefined);
  const run = project.runs.create(runOf({ source: bitext, target: bitext, cut: null, kind: 'score-bitext' }));
  const { source } = await bitextTexts(project, bitext, signal);
  const place = join(project.folder, 'runs', String(run.id));
  mkdirSync(place, { recursive: true });
  source.save(place, 'source');
  const saved = runTexts(project, run, 'source');
  expect([saved.ofOrdinals([3, 0, 2]), saved.ordinalOf(first, 0), saved.ordinalOf(first + 2, 0)]).toEqual([['a!', 'a', 'd'], 3, 0]);
  expect(() => saved.ofOrdinals([4])).toThrow('no text 4');
  expect(runTexts(project, run, 'target').ofOrdinals([1])).toEqual(['B']);
});

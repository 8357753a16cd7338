import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../contract/method.ts';
import type { PairOrigin, Predicate } from '../../contract/pairs.ts';
import type { Queue, queuesContract } from '../../contract/review-queues.ts';
import type { Project } from '../../store/api.ts';
import { openProject } from '../../store/project.ts';
import { runOf } from '../../store/testing.ts';
import { createQueues } from './queues.ts';

const size = 70_000;
let folder = '';
let project: Project;
let origin: PairOrigin;
let first = 0;
const call = { signal: new AbortController().signal };
const queues = createQueues({ project: () => project, now: () => 1_234 });
const [anna, ben] = [1, 2];
const undecided: Predicate = { kind: 'decision', by: null, value: 'none' };

const open = async (part: Partial<InputOf<(typeof queuesContract)['review.openQueue']>> = {}): Promise<Queue> => queues['review.openQueue']({
  origin, name: 'first', predicate: null, sampling: { kind: 'all', sort: { column: 'margin', descending: true } }, scheme: 'accept-reject', annotators: [], overlap: 0, blind: false, annotator: anna, ...part,
}, call);
const idsOf = ({ view, pairs }: Queue): number[] => [...project.views.ids(view, 0, pairs)];
const reopen = (): void => {
  const { path } = project;
  project.close();
  project = openProject(path);
};
const judge = (pair: number, decision: 'accept' | 'reject' = 'accept', by = anna) =>
  project.operations.run({ title: 'judged', annotator: 'anna' }, (recorder) => recorder.judge(origin, Uint32Array.of(pair), { judge: by, decision, label: null, reason: null, at: 1 }));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-queues-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  for (const name of ['anna', 'ben']) project.reviews.addAnnotator(name, 1);
  const collection = project.collections.create({ name: 'de', kind: 'monolingual', language: 'de', targetLanguage: null });
  const sentences = project.sentences.writer(collection);
  for (let at = 0; at < 100; at += 1) sentences.add(`Satz ${at}`, null, 0, at + 1);
  await sentences.finish();
  project.collections.finish(collection, { counts: { lines: 100, empty: 0, malformed: 0, merged: 0, size: 100 }, files: [], columns: [], state: 'ready' });
  origin = { run: project.runs.create(runOf({ source: collection, target: collection, cut: 1.05 })).id };
  const writer = project.pairs.writer(origin, { source: collection, target: collection });
  writer.append(Uint32Array.from({ length: size }, (_, at) => at % 100), Uint32Array.from({ length: size }, (_, at) => at % 97));
  first = writer.finish().first;
  // Margins 1 to 1.07, ascending with the pair.
  project.columns.write(project.columns.create({ origin, name: 'margin', kind: 'f64', producer: 'test', signature: '' }), first, Float64Array.from({ length: size }, (_, at) => 1 + at / 1_000_000));
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a queue', () => {
  it('keeps its order, its position and its view over a restart', async () => {
    const queue = await open({ predicate: undecided });
    expect(queue).toMatchObject({ name: 'first', pairs: size, judged: 0, position: 0, noLongerMatch: 0, createdAt: 1_234, scheme: 'accept-reject' });
    expect(idsOf(queue).slice(0, 2)).toEqual([first + size - 1, first + size - 2]);
    queues['review.setPosition']({ queue: queue.id, annotator: anna, position: 66_000 }, call);
    queues['review.setPosition']({ queue: queue.id, annotator: ben, position: 5 }, call);
    const before = idsOf(queue);
    reopen();
    const again = await queues['review.queue']({ queue: queue.id, annotator: anna }, call);
    expect(again).toEqual({ ...queue, position: 66_000 });
    expect(idsOf(again)).toEqual(before);
    expect(project.views.page(queue.view, 65_535, 2).map(({ id, position }) => [id, position])).toEqual([[first + size - 65_536, 65_535], [first + size - 65_537, 65_536]]);
    expect((await queues['review.queue']({ queue: queue.id, annotator: ben }, call)).position).toBe(5);
  });

  it('can be counted and filtered by itself, whatever is judged in it since', async () => {
    const queue = await open({ predicate: undecided, sampling: { kind: 'random', count: 100, seed: 3 } });
    await judge(idsOf(queue)[0] ?? -1);
    const { count, decisions } = await project.pairs.facets({ origin, predicate: { kind: 'queue', view: queue.view }, by: null });
    expect([count, decisions.accept, decisions.none]).toEqual([100, 1, 99]);
    const undecidedOnes = await project.pairs.select(origin, { kind: 'all', of: [{ kind: 'queue', view: queue.view }, undecided] });
    expect([...undecidedOnes]).toEqual(idsOf(queue).slice(1).toSorted((left, right) => left - right));
    await expect(project.pairs.count(origin, { kind: 'queue', view: 'queue:99:1' })).rejects.toThrow('This queue is no longer there.');
  });

  it('keeps judged rows in their place until it is refreshed, and then everybody stands where they stood', async () => {
    const queue = await open({ predicate: undecided });
    const before = idsOf(queue);
    for (const at of [0, 1, 7]) await judge(before[at] ?? 0);
    queues['review.setPosition']({ queue: queue.id, annotator: anna, position: 8 }, call);
    queues['review.setPosition']({ queue: queue.id, annotator: ben, position: 1 }, call);
    const judged = await queues['review.queue']({ queue: queue.id, annotator: anna }, call);
    expect(judged).toMatchObject({ view: queue.view, pairs: size, judged: 3, noLongerMatch: 3, position: 8 });
    expect(idsOf(judged)).toEqual(before);
    const fresh = await queues['review.refreshQueue']({ queue: queue.id, annotator: anna }, call);
    expect(fresh).toMatchObject({ pairs: size - 3, judged: 0, noLongerMatch: 0, position: 5 });
    expect(fresh.view).not.toBe(queue.view);
    expect(idsOf(fresh).slice(0, 7)).toEqual([...before.slice(2, 7), ...before.slice(8, 10)]);
    expect((await queues['review.queue']({ queue: queue.id, annotator: ben }, call)).position).toBe(0);
    reopen();
    expect(idsOf(await queues['review.queue']({ queue: queue.id, annotator: anna }, call)).length).toBe(size - 3);
    await expect(async () => project.views.page(queue.view, 0, 1)).rejects.toMatchObject({ data: { code: 'not-found' } });
  });

  it('counts as judged what its annotator judged, also without a filter', async () => {
    const queue = await open({ sampling: { kind: 'random', count: 10, seed: 3 } });
    await judge(idsOf(queue)[4] ?? 0, 'reject', ben);
    expect(await queues['review.queue']({ queue: queue.id, annotator: ben }, call)).toMatchObject({ pairs: 10, judged: 1, noLongerMatch: 0 });
    expect(await queues['review.queue']({ queue: queue.id, annotator: anna }, call)).toMatchObject({ judged: 0 });
  });

  it('is shared out, some pairs to two, and seen whole by those who have no share', async () => {
    const queue = await open({ sampling: { kind: 'random', count: 100, seed: 3 }, annotators: [ben, anna, ben], overlap: 0.2 });
    expect(queue.annotators).toEqual([ben, anna]);
    const mine = idsOf(queue);
    const theirs = idsOf(await queues['review.queue']({ queue: queue.id, annotator: ben }, call));
    expect([mine.length, theirs.length, mine.filter((id) => theirs.includes(id)).length]).toEqual([60, 60, 20]);
    const whole = await queues['review.queue']({ queue: queue.id, annotator: 3 }, call);
    expect(new Set(idsOf(whole))).toEqual(new Set([...mine, ...theirs]));
  });

  it('is renamed, removed, and listed newest first without those over removed runs', async () => {
    const queue = await open({ sampling: { kind: 'random', count: 3, seed: 1 } });
    const other = await open({ name: 'other', sampling: { kind: 'random', count: 3, seed: 1 } });
    expect((await queues['review.renameQueue']({ queue: queue.id, annotator: anna, name: ' checked ' }, call)).name).toBe('checked');
    expect((await queues['review.queues']({ annotator: anna }, call)).map(({ name }) => name)).toEqual(['other', 'checked']);
    queues['review.removeQueue']({ queue: other.id }, call);
    expect((await queues['review.queues']({ annotator: anna }, call)).map(({ name }) => name)).toEqual(['checked']);
    if ('run' in origin) project.runs.setRemoved(origin.run, true);
    expect(await queues['review.queues']({ annotator: anna }, call)).toEqual([]);
    expect(() => queues['review.removeQueue']({ queue: other.id }, call)).toThrow(/no queue/);
  });
});

describe('the pairs of a queue', () => {
  const places = async (sampling: InputOf<(typeof queuesContract)['review.openQueue']>['sampling'], predicate: Predicate | null = null): Promise<number[]> => idsOf(await open({ sampling, predicate })).map((id) => id - first);

  it('at random: the same for the same seed', async () => {
    const chosen = await places({ kind: 'random', count: 50, seed: 9 });
    expect(await places({ kind: 'random', count: 50, seed: 9 })).toEqual(chosen);
    expect(await places({ kind: 'random', count: 50, seed: 10 })).not.toEqual(chosen);
  });

  it('stratified: as many from each band', async () => {
    const chosen = await places({ kind: 'stratified', column: 'margin', bands: 7, count: 70, seed: 2 });
    for (let band = 0; band < 7; band += 1) expect(chosen.filter((at) => Math.floor(at / 10_000) === band).length).toBe(10);
  });

  it('around a threshold: the nearest first', async () => {
    expect(await places({ kind: 'around', column: 'margin', value: 1.0500004, count: 4 })).toEqual([50_000, 50_001, 49_999, 50_002].toSorted((left, right) => Math.abs(left - 50_000.4) - Math.abs(right - 50_000.4)));
  });

  it('where the score says least: at the cut, or where those judged are half right', async () => {
    expect((await places({ kind: 'uncertainty', column: 'margin', count: 2 })).toSorted()).toEqual([49_999, 50_000]);
    for (const at of [10_000, 20_000]) await judge(first + at, 'reject');
    for (const at of [40_000, 30_000]) await judge(first + at, 'accept');
    for (const at of await places({ kind: 'uncertainty', column: 'margin', count: 10 }, undecided)) expect(Math.abs(at - 25_000)).toBeLessThan(10);
  });

  it('refuses what cannot be drawn, in words', async () => {
    await expect(open({ predicate: { kind: 'text', side: 'source', contains: 'nowhere', matchCase: true } })).rejects.toMatchObject({ data: { code: 'empty-input' } });
    await expect(open({ sampling: { kind: 'random', count: 0, seed: 1 } })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(open({ sampling: { kind: 'stratified', column: 'laser', bands: 3, count: 5, seed: 1 } })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(open({ overlap: 1.5 })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(open({ name: '  ' })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(open({ annotators: [77] })).rejects.toMatchObject({ data: { code: 'not-found' } });
  });
});

describe('filters', () => {
  it('are kept by name over a restart; the same name is the same filter', async () => {
    queues['review.saveFilter']({ name: 'open ones', predicate: undecided, sort: null }, call);
    queues['review.saveFilter']({ name: 'best', predicate: { kind: 'kept', value: true }, sort: { column: 'margin', descending: true } }, call);
    queues['review.saveFilter']({ name: 'best', predicate: { kind: 'kept', value: false }, sort: null }, call);
    reopen();
    const kept = await queues['review.filters']({}, call);
    expect(kept).toMatchObject([{ name: 'best', predicate: { value: false }, sort: null }, { name: 'open ones', predicate: undecided }]);
    expect(await queues['review.removeFilter']({ id: kept[0]?.id ?? 0 }, call)).toMatchObject([{ name: 'open ones' }]);
    await expect(async () => queues['review.removeFilter']({ id: 99 }, call)).rejects.toMatchObject({ data: { code: 'not-found' } });
  });
});

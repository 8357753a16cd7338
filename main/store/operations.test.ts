import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../contract/jobs.ts';
import type { Project } from './api.ts';
import { openProject } from './project.ts';
import { createGenerator, failureOf, killAfter, linesFile, runOf, said, spawnChild } from './testing.ts';

const size = 70_000;
let folder = '';
let project: Project;
let collection = 0;
let run = 0;
let first = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  collection = project.collections.create({ name: 'crawl', kind: 'monolingual', language: 'de', targetLanguage: null });
  const writer = project.sentences.writer(collection);
  for (let at = 0; at < 100; at += 1) writer.add(`Satz ${at}`, null, 0, at + 1);
  await writer.finish();
  project.collections.finish(collection, { counts: { lines: 100, empty: 0, malformed: 0, merged: 0, size: 100 }, files: [linesFile('/data/de.txt')], columns: [], state: 'ready' });
  run = project.runs.create(runOf({ source: collection, target: collection, cut: 1 })).id;
  const pairs = project.pairs.writer({ run }, { source: collection, target: collection });
  pairs.append(Uint32Array.from({ length: size }, (_, at) => at % 100), Uint32Array.from({ length: size }, (_, at) => at % 7));
  first = pairs.finish().first;
  const margin = project.columns.create({ origin: { run }, name: 'margin', kind: 'f64', producer: 'mine', signature: '' });
  project.columns.write(margin, first, Float64Array.from({ length: size }, (_, at) => at / size * 2));
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const about = (title: string) => ({ title, annotator: 'anna' });
const kept = (): Promise<number> => project.pairs.count({ run }, { kind: 'kept', value: true });
const margins = (): Float64Array => {
  const column = project.columns.find({ run }, 'margin');
  if (column === null) throw new Error('no margin');
  return Float64Array.from(project.columns.read(column, first, size));
};
const reopen = (): void => {
  const { path } = project;
  project.close();
  project = openProject(path);
};

describe('undo and redo', () => {
  it('of names, removals, cuts and runs, also after a restart', async () => {
    await project.operations.run({ ...about('Renamed crawl'), focusPair: 7 }, (recorder) => recorder.renameCollection(collection, 'Zeitung'));
    await project.operations.run(about('Removed Zeitung'), (recorder) => recorder.setCollectionRemoved(collection, true));
    await project.operations.run(about('Cut 1 to 1.5'), (recorder) => {
      recorder.setRun(run, { cut: 1.5, cutBy: 'user' });
      recorder.setRun(run, { name: 'strict' });
    });
    expect(project.collections.list()).toEqual([]);
    expect(await kept()).toBe(size / 4);
    reopen();
    expect(project.operations.next().undo?.title).toBe('Cut 1 to 1.5');
    expect((await project.operations.undo())?.state).toBe('reverted');
    expect(project.runs.get(run)).toMatchObject({ cut: 1, cutBy: 'auto', name: 'de to en' });
    expect(await kept()).toBe(size / 2);
    await project.operations.undo();
    await project.operations.undo();
    expect(await project.operations.undo()).toBeNull();
    expect(project.collections.list().map(({ name }) => name)).toEqual(['crawl']);
    reopen();
    expect((await project.operations.redo())?.title).toBe('Renamed crawl');
    expect(project.collections.get(collection).name).toBe('Zeitung');
    await project.operations.redo();
    await project.operations.redo();
    expect(await project.operations.redo()).toBeNull();
    expect([project.collections.list().length, project.runs.get(run).cut, project.runs.get(run).name]).toEqual([0, 1.5, 'strict']);
    expect(project.operations.history(null, 2).map(({ title, annotator, focusPair, state }) => [title, annotator, focusPair, state])).toEqual([['Cut 1 to 1.5', 'anna', null, 'applied'], ['Removed Zeitung', 'anna', null, 'applied']]);
    const oldest = project.operations.history(null, 3)[1]?.id ?? 0;
    expect(project.operations.history(oldest, 5).map(({ title, focusPair }) => [title, focusPair])).toEqual([['Renamed crawl', 7]]);
  });

  it('of an import and of a run hides them and brings them back', async () => {
    await project.operations.run(about('Imported crawl'), (recorder) => {
      recorder.addedCollection(collection);
      recorder.addedRun(run);
    });
    await project.operations.undo();
    expect([project.collections.list(), project.runs.list(), project.totals()]).toEqual([[], [], { sentences: 0, pairs: 0 }]);
    await project.operations.redo();
    expect([project.collections.list().length, project.runs.list().length, project.totals()]).toEqual([1, 1, { sentences: 100, pairs: size }]);
  });

  it('a new operation forgets what could be redone, and only that', async () => {
    for (const name of ['a', 'b', 'c']) await project.operations.run(about(name), (recorder) => recorder.renameCollection(collection, name));
    await project.operations.undo();
    await project.operations.undo();
    await project.operations.run(about('d'), (recorder) => recorder.renameCollection(collection, 'd'));
    expect(await project.operations.redo()).toBeNull();
    await project.operations.undo();
    expect(project.collections.get(collection).name).toBe('a');
    expect(project.operations.history(null, 9).map(({ title, state }) => [title, state])).toEqual([['d', 'reverted'], ['a', 'applied']]);
  });

  it('of decisions: they override the cut, one at a time and in bulk', async () => {
    const origin = { run };
    const low = first + 10;
    const high = first + size - 10;
    await project.operations.run(about('Keep anyway'), (recorder) => recorder.judge(origin, Uint32Array.of(low), said('accept')));
    await project.operations.run(about('Reject'), (recorder) => recorder.judge(origin, Uint32Array.of(high), said('reject')));
    expect(project.pairs.rows(origin, [low, high]).map((row) => [row.kept, row.dropReason])).toEqual([[true, null], [false, 'rejected']]);
    expect(await kept()).toBe(size / 2);
    const everything = Uint32Array.from({ length: size }, (_, at) => first + size - 1 - at);
    await project.operations.run(about('Reject all'), (recorder) => recorder.judge(origin, everything, said('reject')));
    expect(await kept()).toBe(0);
    await project.operations.undo();
    expect(await project.pairs.select(origin, { kind: 'number', column: 'decision', relation: '>', value: 0 })).toEqual(Uint32Array.of(low, high));
    await project.operations.undo();
    await project.operations.undo();
    expect(await project.pairs.count(origin, { kind: 'number', column: 'decision', relation: '>', value: 0 })).toBe(0);
    for (let at = 0; at < 3; at += 1) await project.operations.redo();
    expect(await kept()).toBe(0);
  });

  it('brings back every value of a column to the bit, where one pair was changed twice too', async () => {
    const before = margins();
    const random = createGenerator(5);
    const ids = Uint32Array.from({ length: 30_000 }, () => first + Math.floor(random() * size));
    const column = project.columns.find({ run }, 'margin');
    if (column === null) throw new Error('no margin');
    await project.operations.run(about('Rescored'), async (recorder) => {
      await recorder.setColumn(column, ids, Float64Array.from(ids, () => random()));
      await Promise.all([recorder.setColumn(column, ids.subarray(0, 100), Number.NaN), recorder.setColumn(column, ids.subarray(100, 200), 7)]);
    });
    const after = margins();
    expect(after).not.toEqual(before);
    await project.operations.undo();
    expect(margins()).toEqual(before);
    await project.operations.redo();
    expect(margins()).toEqual(after);
    reopen();
    await project.operations.undo();
    expect(margins()).toEqual(before);
  });
});

describe('an operation that fails', () => {
  it('before it waits leaves nothing, not even in memory', async () => {
    const origin = { run };
    await expect(project.operations.run(about('fails'), (recorder) => {
      recorder.renameCollection(collection, 'other');
      void recorder.judge(origin, Uint32Array.of(first), said('reject'));
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(project.collections.get(collection).name).toBe('crawl');
    expect(await kept()).toBe(size / 2);
    expect(project.operations.history(null, 9)).toEqual([]);
  });

  it('after it waited is taken back whole, and the next one runs', async () => {
    const origin = { run };
    const before = margins();
    await expect(project.operations.run(about('fails'), async (recorder) => {
      recorder.renameCollection(collection, 'other');
      await recorder.judge(origin, Uint32Array.of(first + size - 1), said('reject'));
      await new Promise((done) => setImmediate(done));
      await recorder.judge(origin, Uint32Array.of(first + size), said('reject'));
    })).rejects.toMatchObject({ data: { code: 'bad-input' } });
    expect([project.collections.get(collection).name, await kept()]).toEqual(['crawl', size / 2]);
    expect(margins()).toEqual(before);
    expect(project.operations.history(null, 9)).toEqual([]);
    expect((await project.operations.run(about('next'), () => 42)).result).toBe(42);
  });

  it('operations wait for each other', async () => {
    const order: string[] = [];
    const slow = project.operations.run(about('slow'), async (recorder) => {
      await new Promise((done) => setTimeout(done, 20));
      recorder.renameCollection(collection, 'slow');
      order.push('slow');
    });
    const fast = project.operations.run(about('fast'), (recorder) => {
      recorder.renameCollection(collection, 'fast');
      order.push('fast');
    });
    const undone = project.operations.undo();
    await Promise.all([slow, fast]);
    expect([order, (await undone)?.title, project.collections.get(collection).name]).toEqual([['slow', 'fast'], 'fast', 'slow']);
  });
});

describe('kill -9', () => {
  /** The project as one says it is, after a child was killed at work on a copy of it. */
  const afterKill = async (what: 'decide' | 'undo', milliseconds: number): Promise<Project> => {
    project.close();
    const copy = join(folder, `${what}-${milliseconds}.dragoman`);
    cpSync(join(folder, 'x.dragoman'), copy);
    const child = await spawnChild(what, copy);
    await killAfter(child, milliseconds);
    project = openProject(copy);
    return project;
  };

  it.each([0, 7, 23])('in the middle of a bulk decision: it is taken back (%i ms)', async (milliseconds) => {
    const opened = await afterKill('decide', milliseconds);
    expect(opened.recovered.join(' ')).toContain('Rejected all');
    expect(await kept()).toBe(size / 2);
    expect(opened.operations.history(null, 9)).toEqual([]);
    expect(await opened.operations.redo()).toBeNull();
  });

  it.each([0, 3, 11])('in the middle of an undo: it is finished (%i ms)', async (milliseconds) => {
    const opened = await afterKill('undo', milliseconds);
    expect(opened.operations.history(null, 9).map(({ title, state }) => [title, state])).toEqual([['Rejected all', 'reverted']]);
    expect(await kept()).toBe(size / 2);
    await opened.operations.redo();
    expect(await kept()).toBe(0);
  });
});

describe('runs, jobs and their logs', () => {
  it('runs are updated and listed, the newest first', () => {
    const second = project.runs.create({ ...runOf({ source: collection, target: collection, cut: null }), name: 'second' });
    project.runs.update(second.id, { state: 'failed', seconds: 3 });
    expect(project.runs.list().map(({ id, name, state }) => [id, name, state])).toEqual([[second.id, 'second', 'failed'], [run, 'de to en', 'ready']]);
    project.runs.setRemoved(run, true);
    expect(project.runs.list().length).toBe(1);
    expect(failureOf(() => project.runs.get(run)).code).toBe('not-found');
  });

  it('jobs keep parameters and checkpoints; those that ran are interrupted at the next open', () => {
    const base: Omit<Job, 'id' | 'title' | 'state'> = { kind: 'mine', stages: [], progress: 0, secondsLeft: 9, startedAt: 1, endedAt: null, run, collection: null, pausable: true, failure: null };
    const states = ['running', 'paused', 'done', 'cancelling', 'queued'] as const;
    const jobs = states.map((state) => project.jobs.create({ ...base, title: state, state }, { k: 4 }));
    const running = jobs[0];
    if (running === undefined) throw new Error('no job');
    project.jobs.save({ ...running, progress: 0.5 }, { tile: 3 });
    project.jobs.save({ ...running, progress: 0.6 });
    expect([project.jobs.parameters(running.id), project.jobs.checkpoint(running.id), project.jobs.get(running.id).progress]).toEqual([{ k: 4 }, { tile: 3 }, 0.6]);
    for (let at = 1; at <= 5; at += 1) project.jobLog.append(running.id, at === 3 ? 'warning' : 'info', `line ${at}`);
    reopen();
    expect(project.jobs.list().map(({ title, state }) => [title, state])).toEqual([['queued', 'interrupted'], ['cancelling', 'cancelled'], ['done', 'done'], ['paused', 'paused'], ['running', 'interrupted']]);
    expect(project.recovered.some((text) => text.includes('“running” was interrupted'))).toBe(true);
    const { lines, total } = project.jobLog.page(running.id, 2, 2);
    expect([lines.map(({ no, level, text }) => [no, level, text]), total]).toEqual([[[3, 'warning', 'line 3'], [4, 'info', 'line 4']], 5]);
    expect(project.jobs.clear()).toBe(2);
    expect(project.jobs.list().map(({ title }) => title)).toEqual(['queued', 'paused', 'running']);
    expect(failureOf(() => project.jobs.get(99)).code).toBe('not-found');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../../contract/jobs.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import type { Project } from '../../store/api.ts';
import { openProject } from '../../store/project.ts';
import { createJobs, projectJobStore, type Jobs } from '../jobs/index.ts';
import { createChecksService } from './checks.ts';
import { recheck } from './checks-recheck.ts';

const call = { signal: new AbortController().signal };
const by = { title: 'Edited', annotator: 'tester' };

let desk: { readonly folder: string; readonly project: Project; readonly jobs: Jobs; readonly told: Job[]; write(name: string, content: string): string };
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-checks-'));
  const project = openProject(join(folder, 'test.dragoman'), { create: true });
  const told: Job[] = [];
  const jobs = createJobs({ store: () => projectJobStore(project), tell: (job) => told.push(job), now: () => performance.now() });
  desk = { folder, project, jobs, told, write: (name, content) => { writeFileSync(join(folder, name), content); return join(folder, name); } };
});
afterEach(() => {
  desk.project.close();
  rmSync(desk.folder, { recursive: true, force: true });
});

const rows = ['Seite 12\tpage 13', 'Haus\thouse', 'Haus\thome', 'Ein (rotes Haus\tA red house', 'Das ist gut.\tThat is good.'];
/** A bitext of German and English lines, with a TAB between the sides. */
const bring = async (lines: readonly string[]): Promise<{ readonly origin: PairOrigin; readonly first: number }> => {
  const { collections, sentences, pairs } = desk.project;
  const collection = collections.create({ name: 'pairs', kind: 'bitext', language: 'de', targetLanguage: 'en' });
  const sides = collections.sides(collection);
  const [sources, targets] = [sentences.writer(sides.source), sentences.writer(sides.target)];
  const writer = pairs.writer({ collection }, sides);
  lines.forEach((line, at) => {
    const [source = '', target = ''] = line.split('\t');
    writer.add(sources.add(source, null, 0, at + 1), targets.add(target, null, 0, at + 1));
  });
  await Promise.all([sources.finish(), targets.finish()]);
  const { first } = writer.finish();
  collections.finish(collection, { counts: { lines: lines.length, empty: 0, malformed: 0, merged: 0, size: lines.length }, files: [], columns: [], state: 'ready' });
  return { origin: { collection }, first };
};
const open = () => {
  const service = createChecksService({ project: () => desk.project, jobs: desk.jobs, gate: { check: (path) => path, roots: [] } });
  const annotator = desk.project.reviews.addAnnotator('Ada', 0).id;
  const found = (origin: PairOrigin, ids?: readonly number[]) => desk.project.pairs.rows(origin, ids ?? idsOf(origin)).map(({ review }) => [review.checks, review.ignored]);
  return { service, annotator, found, run: async (origin: PairOrigin): Promise<Job> => desk.jobs.settled((await service['review.runChecks']({ origin }, call)).job) };
};
const idsOf = (origin: PairOrigin): number[] => {
  const { first, count } = desk.project.pairs.range(origin);
  return Array.from({ length: count }, (_, at) => first + at);
};
const until = async (met: () => boolean): Promise<void> => { while (!met()) await new Promise((go) => { setImmediate(go); }); };

describe('running the checks', () => {
  test('what is found filters, counts and stands in the rows', async () => {
    const { origin } = await bring(rows);
    const { run, found } = open();
    expect(await run(origin)).toMatchObject({ state: 'done', stages: [{ name: 'check', done: 5, total: 5 }] });
    expect(found(origin)).toEqual([[['numbers'], []], [['same-source'], []], [['same-source'], []], [['brackets'], []], [[], []]]);
    expect(await desk.project.pairs.count(origin, { kind: 'check', check: 'numbers', state: 'open' })).toBe(1);
    expect(await desk.project.pairs.count(origin, { kind: 'check', check: 'any', state: 'open' })).toBe(4);
    expect((await desk.project.pairs.facets({ origin, predicate: null, by: null })).checks).toContainEqual({ check: 'same-source', open: 2, ignored: 0 });
    expect(desk.project.columns.list(origin)).toEqual([]);
  });

  test('a text in another language is told by the detectors, unless another check says so more plainly; set aside like any; an edit takes it back until the next run', async () => {
    const { origin, first } = await bring([
      'Le bateau quitte le port à huit heures du matin.\tThe boat leaves the harbour at eight in the morning.', 'Das Boot verlässt den Hafen um acht Uhr.\tThe boat leaves the harbour at eight.',
      'Der Leuchtturm steht am Ende der Insel.\tЭтот маяк был построен на самом краю острова.', '12:30\t12:30',
      'Der Markt ist am Abend geschlossen.\tLe marché est fermé le soir et ouvre le matin.',
    ]);
    const { service, annotator, run, found } = open();
    await run(origin);
    expect(found(origin).map(([checks]) => checks)).toEqual([['language'], [], ['wrong-script'], expect.not.arrayContaining(['language']), ['language']]);
    expect(await service['review.check']({ origin, pair: first, draft: null }, call)).toEqual([
      { check: 'language', severity: 'warning', text: 'The source reads like French, not like German.', source: [[0, 48]], target: [], ignored: null },
    ]);
    const ignore = (scope: 'once' | 'here', value: boolean) => service['review.ignoreCheck']({ origin, pair: first, annotator, check: 'language', scope, ignore: value }, call);
    await ignore('once', true);
    expect(found(origin).map(([, ignored]) => ignored)).toEqual([['language'], [], [], [], []]);
    await ignore('here', true);
    await run(origin);
    expect(await desk.project.pairs.count(origin, { kind: 'check', check: 'language', state: 'open' })).toBe(0);
    await ignore('here', false);

    const ids = Uint32Array.of(first + 4);
    const text = 'The market is closed in the evening.';
    await desk.project.operations.run(by, (recorder) => {
      void recorder.setTexts(origin, ids, { target: [text] });
      recheck(desk.project, recorder, origin, ids, { source: ['Der Markt ist am Abend geschlossen.'], target: [text] });
    });
    expect(found(origin)[4]).toEqual([[], []]);
    await desk.project.operations.undo();
    expect(found(origin)[4]?.[0]).toEqual(['language']);
    await run(origin);
    expect(found(origin)[4]?.[0]).toEqual(['language']);
  });

  test('paused and resumed, also by another process, it ends as if it had run through', async () => {
    const lines = Array.from({ length: 9_000 }, (_, at) => `Satz ${at % 4_000} von ${at}.\tSentence ${at % 4_000} of ${at % 7 === 0 ? at + 1 : at}.`);
    const { origin } = await bring(lines);
    const { service, run, found } = open();
    await run(origin);
    const whole = found(origin, idsOf(origin).slice(0, 500));
    const { job } = await service['review.runChecks']({ origin }, call);
    await until(() => desk.project.jobs.checkpoint(job) !== null);
    await desk.jobs.part['jobs.pause']({ job }, call);
    expect((await desk.jobs.settled(job)).state).toBe('paused');
    expect(desk.project.jobs.checkpoint(job)).toMatchObject({ pairs: 4_096 });
    const later = createJobs({ store: () => projectJobStore(desk.project), tell: () => undefined, now: () => performance.now() });
    createChecksService({ project: () => desk.project, jobs: later, gate: { check: (path) => path, roots: [] } });
    later.resume(job);
    expect((await later.settled(job)).state).toBe('done');
    expect(found(origin, idsOf(origin).slice(0, 500))).toEqual(whole);
    expect(await desk.project.pairs.count(origin, { kind: 'check', check: 'numbers', state: 'open' })).toBe(Math.ceil(9_000 / 7));
  });

  test('a cancelled run leaves what it found so far', async () => {
    const { origin } = await bring(Array.from({ length: 9_000 }, (_, at) => `Satz ${at}.\tSentence ${at + 1}.`));
    const { service } = open();
    const { job } = await service['review.runChecks']({ origin }, call);
    await until(() => desk.project.jobs.checkpoint(job) !== null);
    await desk.jobs.cancel(job);
    expect((await desk.jobs.settled(job)).state).toBe('cancelled');
    expect(await desk.project.pairs.count(origin, { kind: 'check', check: 'numbers', state: 'open' })).toBeGreaterThanOrEqual(4_096);
  });

  test('a text that is edited while its slice is checked is judged as it reads in the end', async () => {
    const { origin, first } = await bring(Array.from({ length: 8_000 }, (_, at) => `Satz ${at}.\tSentence ${at}.`));
    const { service, found } = open();
    const { job } = await service['review.runChecks']({ origin }, call);
    await until(() => desk.told.some(({ id, stages }) => id === job && (stages[0]?.done ?? 0) > 0));
    await desk.project.operations.run(by, (recorder) => {
      void recorder.setTexts(origin, Uint32Array.of(first + 1), { target: ['Sentence 9000.'] });
      recheck(desk.project, recorder, origin, Uint32Array.of(first + 1), { source: ['Satz 1.'], target: ['Sentence 9000.'] });
    });
    await desk.jobs.settled(job);
    expect(found(origin, [first, first + 1])).toEqual([[[], []], [['numbers'], []]]);
  });
});

describe('after an edit', () => {
  test('the pair is checked again in the same entry of the history', async () => {
    const { origin, first } = await bring(rows);
    const { run, found } = open();
    await run(origin);
    await desk.project.operations.run(by, (recorder) => {
      void recorder.setTexts(origin, Uint32Array.of(first), { target: ['page 12'] });
      recheck(desk.project, recorder, origin, Uint32Array.of(first), { source: ['Seite 12'], target: ['page 12'] });
    });
    expect(found(origin, [first])).toEqual([[[], []]]);
    await desk.project.operations.undo();
    expect(found(origin, [first])).toEqual([[['numbers'], []]]);
  });
});

describe('one pair', () => {
  test('findings are those of the text as it reads now, or as a draft would make it', async () => {
    const { origin, first } = await bring(rows);
    const { service, run } = open();
    await run(origin);
    expect(await service['review.check']({ origin, pair: first, draft: null }, call)).toEqual([
      { check: 'numbers', severity: 'error', text: 'Numbers differ: “12” in the source, “13” in the target.', source: [[6, 8]], target: [[5, 7]], ignored: null },
    ]);
    expect(await service['review.check']({ origin, pair: first, draft: { source: 'Seite 12', target: 'page 12' } }, call)).toEqual([]);
    expect(await service['review.check']({ origin, pair: first + 1, draft: null }, call)).toMatchObject([{ check: 'same-source', text: 'This source is also translated otherwise: “home”.', source: [[0, 4]], target: [] }]);
  });

  test('ignored once, here and always, with undo, and after the project was opened again', async () => {
    const { origin, first } = await bring([...rows, 'Seite 20\tpage 21']);
    const { service, annotator, run, found } = open();
    await run(origin);
    const ignore = (pair: number, scope: 'once' | 'here' | 'always', on = true) => service['review.ignoreCheck']({ origin, pair, annotator, check: 'numbers', scope, ignore: on }, call);
    const state = () => found(origin, [first, first + 5]);
    const [neither, one, both] = [[[['numbers'], []], [['numbers'], []]], [[[], ['numbers']], [['numbers'], []]], [[[], ['numbers']], [[], ['numbers']]]];
    expect(await ignore(first, 'once')).toMatchObject([{ check: 'numbers', ignored: 'once' }]);
    expect(state()).toEqual(one);
    await ignore(first + 5, 'here');
    expect(state()).toEqual(both);
    await desk.project.operations.undo();
    expect(state()).toEqual(one);
    await ignore(first + 5, 'always');
    await run(origin);
    expect(state()).toEqual(both);
    desk.project.close();
    const again = openProject(desk.project.path);
    try {
      expect(again.pairs.rows(origin, [first, first + 5]).map(({ review }) => [review.checks, review.ignored])).toEqual(both);
      await again.operations.undo();
      expect(again.checks.ignored(origin)).toMatchObject({ always: 0, here: 0 });
      await again.operations.undo();
      expect(again.pairs.rows(origin, [first, first + 5]).map(({ review }) => [review.checks, review.ignored])).toEqual(neither);
    } finally {
      again.close();
    }
  });

  test('a pair or a check that is not there is told', async () => {
    const { origin, first } = await bring(rows);
    const { service, annotator } = open();
    await expect(service['review.check']({ origin, pair: first + 99, draft: null }, call)).rejects.toMatchObject({ data: { code: 'not-found' } });
    await expect(service['review.ignoreCheck']({ origin, pair: first, annotator, check: 'spelling', scope: 'once', ignore: true }, call)).rejects.toMatchObject({ data: { code: 'bad-input' } });
  });
});

describe('term lists', () => {
  const lines = ['Vertrag\tcontract', 'Haus\thouse', 'nur eins', '\thalf', 'Haus\thouse', '', `${'x'.repeat(300)}\ty`, '--\t!!', 'Apfel\tapple'];
  test('are read from TSV, with bad lines told', async () => {
    const { service } = open();
    const path = desk.write('terms.tsv', `\uFEFF${lines.join('\r\n')}`);
    const { id, terms, rejected } = await service['review.importTerms']({ path, sourceLanguage: 'deu', targetLanguage: 'en' }, call);
    expect(terms).toBe(3);
    expect(rejected.map(({ line }) => line)).toEqual([3, 4, 5, 7, 8]);
    expect(service['review.terms']({}, call)).toEqual([{ id, name: 'terms.tsv', terms: 3, languages: ['de', 'en'] }]);
    service['review.removeTerms']({ id }, call);
    expect(service['review.terms']({}, call)).toEqual([]);
  });

  test('a new list is asked at once', async () => {
    const { origin, first } = await bring(['Der Vertrag gilt heute.\tThe treaty is valid today.', 'x\ty']);
    const { service } = open();
    expect(await service['review.check']({ origin, pair: first, draft: null }, call)).toEqual([]);
    await service['review.importTerms']({ path: desk.write('terms.tsv', lines.join('\n')), sourceLanguage: 'de', targetLanguage: 'en' }, call);
    expect(await service['review.check']({ origin, pair: first, draft: null }, call)).toMatchObject([{ check: 'terms', text: 'The target does not say “contract” for “Vertrag”.', source: [[4, 11]] }]);
  });

  test('a file without a term is refused, and nothing is kept of it', async () => {
    const { service } = open();
    await expect(service['review.importTerms']({ path: desk.write('bad.tsv', 'one\ntwo\n'), sourceLanguage: 'de', targetLanguage: 'en' }, call)).rejects.toMatchObject({ data: { code: 'malformed-input' } });
    await expect(service['review.importTerms']({ path: `${desk.folder}/none.tsv`, sourceLanguage: 'de', targetLanguage: 'en' }, call)).rejects.toMatchObject({ data: { code: 'file-missing' } });
    expect(service['review.terms']({}, call)).toEqual([]);
  });
});

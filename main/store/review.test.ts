import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairOrigin, PairRow } from '../contract/pairs.ts';
import { everyPair } from './api-review.ts';
import type { Judgement } from './api-review.ts';
import type { Project, Recorder } from './api.ts';
import { openProject } from './project.ts';
import { createGenerator, killAfter, linesFile, runOf, spawnChild } from './testing.ts';

/** A chunk and a bit, so that splits and bulk changes cross a chunk's edge. */
const size = 65_600;
let folder = '';
let project: Project;
let origin: PairOrigin & { readonly run: number };
let first = 0;
let anna = 0;
let ben = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  const collection = project.collections.create({ name: 'crawl', kind: 'monolingual', language: 'de', targetLanguage: null });
  const writer = project.sentences.writer(collection);
  for (let at = 0; at < 300; at += 1) writer.add(`Satz ${at}`, null, 0, at + 1);
  await writer.finish();
  project.collections.finish(collection, { counts: { lines: 300, empty: 0, malformed: 0, merged: 0, size: 300 }, files: [linesFile('/data/de.txt')], columns: [], state: 'ready' });
  origin = { run: project.runs.create(runOf({ source: collection, target: collection, cut: 1 })).id };
  const pairs = project.pairs.writer(origin, { source: collection, target: collection });
  pairs.append(Uint32Array.from({ length: size }, (_, at) => at % 300), Uint32Array.from({ length: size }, (_, at) => (at * 7) % 300));
  first = pairs.finish().first;
  const margin = project.columns.create({ origin, name: 'margin', kind: 'f64', producer: 'mine', signature: '' });
  project.columns.write(margin, first, Float64Array.from({ length: size }, (_, at) => at / size * 2));
  anna = project.reviews.addAnnotator('anna', 1).id;
  ben = project.reviews.addAnnotator('ben', 2).id;
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const reopen = (): void => {
  const { path } = project;
  project.close();
  project = openProject(path);
};
const run = <T>(title: string, change: (recorder: Recorder) => T | Promise<T>, bulk = false) => project.operations.run({ title, annotator: 'anna', bulk }, change);
const judgement = (judge: Judgement['judge'], decision: Judgement['decision'], more: Partial<Judgement> = {}): Judgement => ({ judge, decision, label: null, reason: null, at: 1_000, ...more });
const row = (id: number): PairRow => {
  const found = project.pairs.rows(origin, [id])[0];
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};
const ids = (...places: readonly number[]): Uint32Array => Uint32Array.from(places, (place) => first + place);

describe('judgements', () => {
  it('of several annotators: who agrees is in force, who differs makes a conflict, the adjudicator wins', async () => {
    const pair = ids(size - 1);
    await run('a', (recorder) => recorder.judge(origin, pair, judgement(anna, 'reject', { label: 'A', reason: 'wrong-cut', at: 1_000 })));
    expect(row(first + size - 1)).toMatchObject({ kept: false, dropReason: 'rejected', review: { decision: 'reject', judged: [{ annotator: anna, decision: 'reject', label: 'A', reason: 'wrong-cut', at: 1_000_000 }] } });
    await run('b', (recorder) => recorder.judge(origin, pair, judgement(ben, 'accept', { label: 'V', at: 2_000 })));
    expect(row(first + size - 1)).toMatchObject({ kept: true, review: { decision: 'conflict', judged: [{ annotator: ben, label: 'V', reason: null }, { annotator: anna }] } });
    await run('c', (recorder) => recorder.judge(origin, pair, judgement('adjudicated', 'reject')));
    expect(row(first + size - 1)).toMatchObject({ kept: false, review: { decision: 'reject', judged: [{ annotator: ben }, { annotator: anna }] } });
    await project.operations.undo();
    await project.operations.undo();
    reopen();
    expect(row(first + size - 1).review).toMatchObject({ decision: 'reject', judged: [{ annotator: anna }] });
    await run('d', (recorder) => recorder.judge(origin, pair, judgement(anna, 'none')));
    expect(row(first + size - 1).review).toMatchObject({ decision: 'none', judged: [] });
    expect(project.reviews.judges(origin)).toEqual([anna, ben]);
    expect([...await project.reviews.judgementTimes(anna)]).toEqual([]);
  });

  it('are not offered as scores', () => {
    expect(project.columns.list(origin).map(({ name }) => name)).toEqual(['margin']);
  });

  it('that are written value by value come back after they were folded into their chunks', async () => {
    for (let from = 0; from < 3_000; from += 60) {
      const decision = from % 120 === 0 ? 'accept' : 'reject';
      await run(`decide ${from}`, (recorder) => { void recorder.judge(origin, Uint32Array.from({ length: 60 }, (_, at) => first + from + at), judgement(anna, decision, { at: from })); });
    }
    reopen();
    expect(await project.pairs.count(origin, { kind: 'decision', by: anna, value: 'accept' })).toBe(1_500);
    expect(await project.pairs.count(origin, { kind: 'decision', by: null, value: 'reject' })).toBe(1_500);
    expect((await project.reviews.judgementTimes(anna)).at(-1)).toBe(2_940);
    for (let from = 0; from < 3_000; from += 60) await project.operations.undo();
    expect(await project.pairs.count(origin, { kind: 'decision', by: anna, value: 'none' })).toBe(size);
  });
});

describe('texts', () => {
  it('are edited beside the originals, which come back', async () => {
    await run('edit', (recorder) => { void recorder.setTexts(origin, ids(3, 4), { source: ['neu', undefined], target: [undefined, 'new'] }); });
    expect([row(first + 3).source, row(first + 3).target]).toMatchObject([{ text: 'neu', original: 'Satz 3' }, { text: 'Satz 21', original: null }]);
    expect(project.pairs.texts(origin, ids(3, 4, 303))).toEqual({
      source: ['neu', 'Satz 4', 'Satz 3'], target: ['Satz 21', 'new', 'Satz 21'], original: { source: ['Satz 3', 'Satz 4', 'Satz 3'], target: ['Satz 21', 'Satz 28', 'Satz 21'] },
    });
    expect(await project.pairs.count(origin, { kind: 'mark', mark: 'edited', value: true })).toBe(2);
    await run('original', (recorder) => { void recorder.setTexts(origin, ids(3), { source: [null] }); });
    expect(row(first + 3).source.original).toBeNull();
    expect(await project.pairs.select(origin, { kind: 'mark', mark: 'edited', value: true })).toEqual(ids(4));
    await project.operations.undo();
    expect(row(first + 3).source.text).toBe('neu');
    expect(await project.pairs.select(origin, { kind: 'mark', mark: 'edited', value: true })).toEqual(ids(3, 4));
  });

  it('twice in one operation go back to what was before it', async () => {
    await run('one', (recorder) => { void recorder.setTexts(origin, ids(3), { source: ['a'] }); });
    await run('two', (recorder) => {
      void recorder.setTexts(origin, ids(3), { source: ['b'] });
      void recorder.setTexts(origin, ids(3), { source: ['c'] });
    });
    expect(row(first + 3).source.text).toBe('c');
    await project.operations.undo();
    expect(row(first + 3).source.text).toBe('a');
    await project.operations.redo();
    expect(row(first + 3).source.text).toBe('c');
  });

  it('of any kind come back as they were given', async () => {
    const texts = ['', ' ', 'a'.repeat(100_000), 'שלום \u200fabc', '😀\u200d', "'; DROP TABLE edit; --"];
    const places = ids(...texts.keys());
    await run('any', (recorder) => { void recorder.setTexts(origin, places, { target: texts }); });
    reopen();
    expect(project.pairs.texts(origin, places, ['target']).target).toEqual(texts);
  });
});

describe('a split', () => {
  it('adds a pair behind the others that reads the same sentences, and undo hides it', async () => {
    let added = 0;
    await run('split', (recorder) => {
      added = recorder.addPair(origin, first + 9);
      void recorder.setTexts(origin, Uint32Array.of(first + 9, added), { source: ['links', 'rechts'], target: ['left', 'right'] });
    });
    expect(added).toBe(first + size);
    expect(row(added)).toMatchObject({ source: { text: 'rechts', original: 'Satz 9', line: 10 }, target: { text: 'right' }, values: { margin: 9 / size * 2 }, kept: false, review: { splitFrom: first + 9 } });
    expect(project.totals().pairs).toBe(size + 1);
    expect(await project.pairs.count(origin, null)).toBe(size + 1);
    expect(await project.pairs.select(origin, { kind: 'mark', mark: 'added', value: true })).toEqual(Uint32Array.of(added));
    await project.operations.undo();
    expect([await project.pairs.count(origin, null), project.totals().pairs, row(first + 9).source.text]).toEqual([size, size, 'Satz 9']);
    reopen();
    await project.operations.redo();
    expect(row(added)).toMatchObject({ source: { text: 'rechts' }, review: { splitFrom: first + 9 } });
    await run('judge it', (recorder) => { void recorder.judge(origin, Uint32Array.of(added), judgement(anna, 'accept')); });
    expect(row(added).kept).toBe(true);
    let again = 0;
    await run('split it again', (recorder) => { again = recorder.addPair(origin, added); });
    expect(row(again)).toMatchObject({ source: { original: null, text: 'Satz 9' }, review: { splitFrom: added, decision: 'none' } });
  });

  it('past the places kept free is refused, and nothing is changed', async () => {
    const { path } = project;
    project.close();
    const file = new Sqlite(path);
    file.prepare('UPDATE pair_block SET reserved = 2').run();
    file.close();
    project = openProject(path);
    await run('two', (recorder) => { for (let at = 0; at < 2; at += 1) recorder.addPair(origin, first); });
    await expect(run('one more', (recorder) => recorder.addPair(origin, first))).rejects.toMatchObject({ data: { code: 'bad-input', detail: 'Nothing was changed.' } });
    expect(await project.pairs.count(origin, null)).toBe(size + 2);
    await project.operations.undo();
    expect(await project.pairs.count(origin, null)).toBe(size);
  });

  it('leaves the ids of what is written later alone', async () => {
    const { source } = project.pairs.block(origin);
    const later = { run: project.runs.create(runOf({ source, target: source, cut: null })).id };
    const writer = project.pairs.writer(later, { source, target: source });
    writer.append(Uint32Array.of(1, 2), Uint32Array.of(1, 2));
    const range = writer.finish();
    await run('split', (recorder) => { recorder.addPair(origin, first); recorder.addPair(later, range.first); });
    expect(project.pairs.rows(later, [range.first, range.first + 1, range.first + 2]).map(({ source: { text } }) => text)).toEqual(['Satz 1', 'Satz 2', 'Satz 1']);
    expect(project.pairs.range(origin)).toEqual({ first, count: size + 1 });
  });
});

describe('the history of a pair', () => {
  it('tells single changes and bulk ones, struck where they were undone, and what it read like after each', async () => {
    const pair = first + 5;
    const edit = (before: string, after: string, at: number) => run(after, (recorder) => {
      void recorder.setTexts(origin, Uint32Array.of(pair), { source: [after] });
      recorder.addEvent({ pair, annotator: anna, kind: 'edit', side: 'source', before, after, at });
    });
    await edit('Satz 5', 'eins', 1);
    const everything = Uint32Array.from({ length: size }, (_, at) => first + at);
    await run('Replaced', async (recorder) => {
      recorder.addEvent({ pair: everyPair, annotator: ben, kind: 'edit', side: null, before: null, after: null, at: 2 });
      await recorder.setTexts(origin, everything, { source: Array.from(everything, (id) => `bulk ${id}`) });
    }, true);
    await edit(`bulk ${pair}`, 'drei', Date.now() + 1);
    const told = () => project.reviews.history(origin, pair).map(({ kind, after, undone, annotator }) => [kind, after, undone, annotator]);
    expect(told()).toEqual([['edit', 'drei', false, anna], ['bulk', `bulk ${pair}`, false, ben], ['edit', 'eins', false, anna]]);
    const after = () => project.reviews.history(origin, pair).map((event) => project.reviews.textAfter(pair, 'source', event));
    expect(after()).toEqual(['drei', `bulk ${pair}`, 'eins']);
    await project.operations.undo();
    await project.operations.undo();
    expect(row(pair).source.text).toBe('eins');
    expect(told()).toEqual([['edit', 'drei', true, anna], ['bulk', `bulk ${pair}`, true, ben], ['edit', 'eins', false, anna]]);
    expect(after()).toEqual(['drei', `bulk ${pair}`, 'eins']);
    await run('Bulk decision', async (recorder) => {
      recorder.addEvent({ pair: everyPair, annotator: anna, kind: 'decision', side: null, before: null, after: 'reject', at: 3 });
      await recorder.judge(origin, everything, judgement(anna, 'reject'));
    }, true);
    expect(told()).toEqual([['bulk', 'reject', false, anna], ['edit', 'drei', true, anna], ['edit', 'eins', false, anna]]);
    expect(after()).toEqual(['eins', 'drei', 'eins']);
  });

  it('forgets what a large undone change wrote, in slices, and nothing else', async () => {
    const everything = Uint32Array.from({ length: size }, (_, at) => first + at);
    await run('one', (recorder) => { void recorder.setTexts(origin, ids(1), { source: ['eins'] }); });
    await run('bulk', (recorder) => recorder.setTexts(origin, everything, { target: Array.from(everything, () => 'x') }), true);
    await project.operations.undo();
    await run('two', (recorder) => { void recorder.setTexts(origin, ids(2), { source: ['zwei'] }); });
    await project.purge();
    reopen();
    expect(await project.operations.redo()).toBeNull();
    expect(project.pairs.texts(origin, ids(1, 2))).toMatchObject({ source: ['eins', 'zwei'], target: ['Satz 7', 'Satz 14'] });
    await project.operations.undo();
    await project.operations.undo();
    expect(await project.pairs.count(origin, { kind: 'mark', mark: 'edited', value: true })).toBe(0);
  });
});

describe('any sequence of operations', () => {
  /** Everything that can be seen of the pairs. */
  const state = async (): Promise<unknown> => {
    const all = await project.pairs.select(origin, null);
    const shown = all.filter((id) => id < first + 40 || id >= first + size - 2);
    return { count: all.length, totals: project.totals(), rows: project.pairs.rows(origin, shown), edited: await project.pairs.count(origin, { kind: 'mark', mark: 'edited', value: true }), flagged: await project.pairs.count(origin, { kind: 'flag', flag: 'offensive', value: true }) };
  };
  const operate = async (random: () => number, no: number): Promise<void> => {
    const all = [...await project.pairs.select(origin, null)].filter((id) => id < first + 40 || id >= first + size - 2);
    const one = all[Math.floor(random() * all.length)] ?? first;
    const other = all[Math.floor(random() * all.length)] ?? first;
    const pair = Uint32Array.of(one);
    const kinds: readonly (() => Promise<unknown>)[] = [
      () => run('judge', (recorder) => { void recorder.judge(origin, Uint32Array.of(one, other), judgement(random() < 0.5 ? anna : ben, random() < 0.5 ? 'accept' : 'unsure', { label: `L${no % 3}`, at: no })); }),
      () => run('adjudicate', (recorder) => { void recorder.judge(origin, pair, judgement('adjudicated', 'reject')); }),
      () => run('flag', (recorder) => { void recorder.setFlag(origin, pair, 'offensive', random() < 0.7, anna); }),
      () => run('comment', (recorder) => { void recorder.setMark(origin, pair, 'commented', true); recorder.addEvent({ pair: one, annotator: anna, kind: 'comment', side: null, before: null, after: `${no}`, at: no }); }),
      () => run('edit', (recorder) => { void recorder.setTexts(origin, pair, { source: [random() < 0.3 ? null : `edit ${no}`], target: [random() < 0.3 ? undefined : `edit ${no}`] }); }),
      () => run('split', (recorder) => { const added = recorder.addPair(origin, one); void recorder.setTexts(origin, Uint32Array.of(one, added), { source: [`a ${no}`, `b ${no}`] }); }),
      () => (one === other ? Promise.resolve() : run('merge', (recorder) => { void recorder.setTexts(origin, pair, { source: [`merged ${no}`] }); void recorder.hidePairs(origin, Uint32Array.of(other)); })),
      () => run('bulk texts', (recorder) => recorder.setTexts(origin, Uint32Array.from(all), { target: all.map((id) => `bulk ${no} ${id}`) }), true),
      () => run('bulk decision', async (recorder) => { await recorder.judge(origin, Uint32Array.from(all), judgement(ben, 'accept')); await new Promise((done) => setImmediate(done)); await recorder.setFlag(origin, Uint32Array.from(all), 'flagged', true, ben); }, true),
    ];
    await kinds[Math.floor(random() * kinds.length)]?.();
  };

  it.each([1, 2, 3, 4])('undone fully is the state before, redone fully the state after, across restarts (seed %i)', async (seed) => {
    const random = createGenerator(seed);
    const before = await state();
    for (let no = 0; no < 40; no += 1) {
      await operate(random, no);
      if (random() < 0.2) await project.operations.undo();
      if (random() < 0.1) await project.operations.redo();
      if (random() < 0.1) reopen();
    }
    const after = await state();
    let undone = 0;
    for (; await project.operations.undo() !== null; undone += 1) if (random() < 0.1) reopen();
    expect(undone).toBeGreaterThan(10);
    expect(await state()).toEqual(before);
    reopen();
    expect(await state()).toEqual(before);
    for (let redone = 0; redone < undone; redone += 1) { await project.operations.redo(); if (random() < 0.1) reopen(); }
    expect(await state()).toEqual(after);
  });
});

describe('kill -9', () => {
  it.each([0, 5, 40])('between two decisions loses none that was made (%i ms)', async (milliseconds) => {
    const { path } = project;
    project.close();
    const child = await spawnChild('judge', path);
    await killAfter(child, milliseconds);
    project = openProject(path);
    const made = readFileSync(`${path}.told`, 'utf8').split('\n').length - 1;
    const kept = await project.pairs.count(origin, { kind: 'decision', by: anna, value: 'reject' });
    // The child may have been killed between its commit and its word, never the other way round.
    expect(kept).toBeGreaterThanOrEqual(made);
    expect(kept).toBeLessThanOrEqual(made + 1);
    expect(kept).toBeGreaterThan(0);
    expect(project.operations.history(null, 500).length).toBe(Math.min(500, kept));
    expect(project.recovered).toEqual([]);
  });

  it.each([0, 30])('in the middle of a bulk edit takes all of it back (%i ms)', async (milliseconds) => {
    const { path } = project;
    project.close();
    await killAfter(await spawnChild('edit', path), milliseconds);
    project = openProject(path);
    expect(project.recovered.join(' ')).toContain('Replaced all');
    expect(await project.pairs.count(origin, { kind: 'mark', mark: 'edited', value: true })).toBe(0);
    expect(project.pairs.texts(origin, ids(0, 1, 2)).source).toEqual(['Satz 0', 'Satz 1', 'Satz 2']);
    expect(project.operations.history(null, 9)).toEqual([]);
  });

  it.each([0, 60])('while a cancelled bulk edit is taken back finishes that (%i ms)', async (milliseconds) => {
    const { path } = project;
    project.close();
    await killAfter(await spawnChild('cancel-edit', path), milliseconds);
    project = openProject(path);
    expect(await project.pairs.count(origin, { kind: 'mark', mark: 'edited', value: true })).toBe(0);
    expect(project.pairs.texts(origin, ids(0, size - 1)).source).toEqual(['Satz 0', `Satz ${(size - 1) % 300}`]);
    expect([...project.operations.history(null, 9)]).toEqual([]);
  });

  it('in the middle of the undo of a bulk edit finishes it', async () => {
    const everything = Uint32Array.from({ length: size }, (_, at) => first + at);
    await run('Replaced all', (recorder) => recorder.setTexts(origin, everything, { source: Array.from(everything, (id) => `neu ${id}`) }), true);
    const { path } = project;
    project.close();
    await killAfter(await spawnChild('undo-edit', path));
    project = openProject(path);
    expect(project.operations.history(null, 9).map(({ state }) => state)).toEqual(['reverted']);
    expect(await project.pairs.count(origin, { kind: 'text', side: 'source', contains: 'neu', matchCase: true })).toBe(0);
    expect(await project.pairs.count(origin, { kind: 'mark', mark: 'edited', value: true })).toBe(0);
    await project.operations.redo();
    expect(row(first + 77).source.text).toBe(`neu ${first + 77}`);
  });
});

describe('annotators, drafts and schemes', () => {
  it('names are trimmed, and nobody is called like another', () => {
    expect(project.reviews.addAnnotator('  Chloé ', 3).name).toBe('Chloé');
    expect(() => project.reviews.addAnnotator('Chloe\u0301', 4)).toThrow('already');
    expect(() => project.reviews.addAnnotator(' ', 4)).toThrow('needs a name');
    expect(project.reviews.renameAnnotator(ben, 'Benno').name).toBe('Benno');
    expect(() => project.reviews.renameAnnotator(99, 'x')).toThrow('no annotator 99');
  });

  it('drafts survive a restart and are each annotator’s own', () => {
    project.reviews.setDraft(anna, first, 'source', 'halb getippt');
    project.reviews.setDraft(ben, first, 'target', 'half typed');
    reopen();
    expect(project.reviews.drafts(origin, anna)).toEqual([{ pair: first, side: 'source', text: 'halb getippt' }]);
    project.reviews.setDraft(anna, first, 'source', null);
    expect(project.reviews.drafts(origin, anna)).toEqual([]);
  });

  it('what was said about pairs goes with them when they are deleted for good, and their ids are not given again', async () => {
    await run('edit', (recorder) => { void recorder.setTexts(origin, ids(1), { source: ['neu'] }); recorder.addPair(origin, first); recorder.addEvent({ pair: first, annotator: anna, kind: 'comment', side: null, before: null, after: 'x', at: 1 }); });
    project.reviews.setDraft(anna, first, 'source', 'x');
    const { source } = project.pairs.block(origin);
    project.runs.setRemoved(origin.run, true);
    await project.purge({ removed: true });
    const again = { run: project.runs.create(runOf({ source, target: source, cut: null })).id };
    const writer = project.pairs.writer(again, { source, target: source });
    writer.append(Uint32Array.of(1), Uint32Array.of(1));
    expect(writer.finish().first).toBeGreaterThan(first + size);
    const { path } = project;
    project.close();
    const file = new Sqlite(path);
    const left = ['edit', 'event', 'draft', 'op', 'op_text', 'op_chunk', 'pair_added', 'column_patch'].map((table) => file.prepare(`SELECT count(*) FROM ${table}`).pluck(true).get());
    file.close();
    project = openProject(path);
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../main/contract/errors.ts';
import type { PairOrigin, Predicate } from '../../main/contract/pairs.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** Filters, counts, facets and queues as a page asks for them, outputs checked against the contract. */
const size = 30_000;
let bench: Bench;
let origin: PairOrigin;
let anna = 0;

const call: Bench['client']['call'] = (name, input, options) => bench.client.call(name, input, options);
const text = (contains: string, how: 'substring' | 'regex'): Predicate => ({ kind: 'text', side: 'either', contains, matchCase: false, how });
const count = (predicate: Predicate | null, signal?: AbortSignal) => bench.client.stream('pairs.count', { origin, predicate }, { signal });
const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', (thrown: unknown) => (thrown instanceof Failure ? thrown.data.code : String(thrown)));

beforeAll(async () => {
  bench = await openBench();
  await call('project.create', { path: join(bench.folder, 'pairs') });
  const file = join(bench.folder, 'pairs.de-en.tsv');
  writeFileSync(file, Array.from({ length: size }, (_, at) => `Das ist Satz Nummer ${at}, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.\tThis is sentence number ${at}.`).join('\n'));
  const [preview] = await call('corpora.inspect', { paths: [file] });
  if (preview === undefined) throw new Error('no preview');
  const { job, collection } = await call('corpora.import', { name: 'pairs', files: [preview.file] });
  await settled(bench.client, job);
  origin = { collection };
  anna = (await call('review.addAnnotator', { name: 'anna' })).id;
});
afterAll(() => bench.close());

describe('a page that filters', () => {
  test('counts, draws facets and opens the view of one predicate at once, and all agree', async () => {
    const predicate = text('number 1\\d*9\\.', 'regex');
    const [counted, facets, view] = await Promise.all([count(predicate), call('pairs.facets', { origin, predicate, by: null }), call('pairs.view', { origin, predicate, sort: { column: 'lengthRatio', descending: false } })]);
    const expected = Array.from({ length: size }, (_, at) => at).filter((at) => /^1\d*9$/.test(String(at))).length;
    expect([counted, facets.count, view.count]).toEqual([{ count: expected, total: size }, expected, expected]);
    expect(facets.decisions).toEqual({ none: expected, accept: 0, reject: 0, unsure: 0, conflict: 0 });
    const { rows } = await call('pairs.page', { view: view.view, from: 0, count: 2 });
    expect(rows.map(({ target }) => target.text)).toEqual(['This is sentence number 19.', 'This is sentence number 109.']);
  });

  test('the newest question wins: those before are cancelled, however long they would have taken', async () => {
    const questions = ['(a+a+)+b', '(a|aa)+c', '(a*)*d'].map((expression) => {
      const stop = new AbortController();
      return { stop, answer: failure(count(text(expression, 'regex'), stop.signal)) };
    });
    for (const { stop } of questions) stop.abort();
    expect(await count(text('number 7\\.', 'regex'))).toEqual({ count: 1, total: size });
    expect(await Promise.all(questions.map(({ answer }) => answer))).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  test('an expression that is none is told, not thrown', async () => {
    expect(await failure(count(text('(', 'regex')))).toBe('bad-input');
    expect(await failure(call('pairs.facets', { origin, predicate: { kind: 'number', column: 'laser', relation: '>', value: 1 }, by: null }))).toBe('bad-input');
  });
});

describe('a queue', () => {
  test('is opened, judged, left, found again after the project was closed, and refreshed', async () => {
    const predicate: Predicate = { kind: 'all', of: [{ kind: 'decision', by: null, value: 'none' }, text('number 1', 'substring')] };
    const queue = await call('review.openQueue', { origin, name: 'ones', predicate, sampling: { kind: 'random', count: 50, seed: 4 }, scheme: 'accept-reject', annotators: [], overlap: 0, blind: false, annotator: anna });
    const { rows } = await call('pairs.page', { view: queue.view, from: 0, count: 50 });
    const [first] = rows;
    if (first === undefined) throw new Error('no row');
    await call('review.judge', { origin, pairs: [first.id], annotator: anna, decision: 'accept', label: null, reason: null, adjudicate: false });
    await call('review.setPosition', { queue: queue.id, annotator: anna, position: 1 });
    const path = join(bench.folder, 'pairs.dragoman');
    await call('project.close', {});
    await call('project.open', { path });
    expect(await call('review.queues', { annotator: anna })).toEqual([{ ...queue, judged: 1, position: 1, noLongerMatch: 1 }]);
    expect((await call('pairs.page', { view: queue.view, from: 0, count: 50 })).rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    const fresh = await call('review.refreshQueue', { queue: queue.id, annotator: anna });
    expect(fresh).toMatchObject({ pairs: 49, judged: 0, position: 0, noLongerMatch: 0 });
    expect((await call('pairs.page', { view: fresh.view, from: 0, count: 50 })).rows.map(({ id }) => id)).toEqual(rows.slice(1).map(({ id }) => id));
    await call('review.removeQueue', { queue: queue.id });
    expect(await failure(call('review.queue', { queue: queue.id, annotator: anna }))).toBe('not-found');
  });
});

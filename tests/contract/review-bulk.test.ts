import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Predicate } from '../../main/contract/pairs.ts';
import type { BulkAction, BulkPreview } from '../../main/contract/review-bulk.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** More than two windows of texts, so that a change is still on its way when it has told of the first and somebody cancels it. */
const size = 70_000;
let bench: Bench;
let origin: { readonly collection: number };
let annotator = 0;
const call: Bench['client']['call'] = (...asked) => bench.client.call(...asked);

beforeEach(async () => {
  bench = await openBench();
  await call('project.create', { path: join(bench.folder, 'one') });
  const path = join(bench.folder, 'pairs.tsv');
  writeFileSync(path, `source\ttarget\n${Array.from({ length: size }, (_, at) => `Seite ${at} von hier\tpage ${at} of here`).join('\n')}\n`);
  const [preview] = await call('corpora.inspect', { paths: [path] });
  if (preview === undefined) throw new Error('no preview');
  const { job, collection } = await call('corpora.import', { name: 'pages', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de', targetLanguage: 'en' } }] });
  await settled(bench.client, job);
  origin = { collection };
  annotator = (await call('review.addAnnotator', { name: 'anna' })).id;
});
afterEach(() => bench.close());

const replace = (find: string, by: string): BulkAction => ({ kind: 'replace', side: 'both', find, with: by, regex: true, matchCase: true, wholeWord: false, wholeGraphemes: true });
const scope = (action: BulkAction, predicate: Predicate | null = null) => ({ origin, predicate, action, excluded: [], annotator });
const count = async (predicate: Predicate): Promise<number> => (await bench.client.stream('pairs.count', { origin, predicate })).count;
const edited: Predicate = { kind: 'mark', mark: 'edited', value: true };
const newest = async () => (await call('project.history', { before: null, count: 1 }))[0];
const operations = () => bench.workbench.current.get().operations;
/** How a call ends. */
const endOf = async (asked: Promise<unknown>) => asked.then(() => 'done', (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)));

describe('a preview', () => {
  it('shows its sample before it has counted, and the same one when it has', async () => {
    const told: BulkPreview[] = [];
    const last = await bench.client.stream('review.bulkPreview', { ...scope(replace('(\\d)$|here', '<$&>')), sample: 50, seed: 3 }, { onItem: (found) => { told.push(found); } });
    expect(told[0]).toMatchObject({ matched: size, looked: 0, changing: 0 });
    expect(told[0]?.sample.length).toBe(50);
    expect(told[0]?.sample).toEqual(last.sample);
    expect(last).toMatchObject({ matched: size, looked: size, changing: size, excluded: 0 });
    expect(told.map(({ changing }) => changing)).toEqual(told.map(({ changing }) => changing).toSorted((left, right) => left - right));
  });

  it('finds a sample of what changes rarely', async () => {
    const { changing, sample } = await bench.client.stream('review.bulkPreview', { ...scope(replace('page (11|22)000 ', 'leaf ')), sample: 50, seed: 3 });
    expect([changing, sample.map(({ target }) => target)]).toEqual([2, ['leaf of here', 'leaf of here']]);
  });

  it('that is overtaken is over at once, whatever its expression is busy with', async () => {
    await call('review.edit', { origin, pair: (await bench.workbench.current.get().pairs.range(origin)).first, annotator, side: 'target', text: `${'a'.repeat(60)}!` });
    const overtaken = new AbortController();
    const first = endOf(bench.client.stream('review.bulkPreview', { ...scope(replace('(a+)+$', 'b')), sample: 5, seed: 3 }, { signal: overtaken.signal }));
    await new Promise((go) => { setTimeout(go, 300); });
    overtaken.abort();
    expect(await first).toBe('Cancelled.');
  });
});

describe('cancelling', () => {
  it('a change on its way answers at once and takes back what was done; a change behind it waits for that', async () => {
    const stop = new AbortController();
    const answered = endOf(bench.client.stream('review.bulkApply', scope(replace('here', 'there')), { signal: stop.signal, onItem: () => stop.abort() }));
    expect(await answered).toBe('Cancelled.');
    const entry = await newest();
    expect([undefined, 'reverting']).toContain(entry?.state);
    const { changed } = await bench.client.stream('review.bulkApply', scope(replace('page 7 ', 'leaf 7 ')));
    expect(changed).toBe(1);
    expect(await count(edited)).toBe(1);
    expect((await call('project.history', { before: null, count: 9 })).map(({ title, state }) => [title, state])).toEqual([['Replaced “page 7 ” with “leaf 7 ” in 1 pair', 'applied'], ['Imported pages', 'applied']]);
  });

  it('an undo on its way answers at once and leaves all as it was', async () => {
    await bench.client.stream('review.bulkApply', scope(replace('here', 'there')));
    const stop = new AbortController();
    const undoing = endOf(call('project.undo', {}, { signal: stop.signal }));
    // Asked of the project itself: over the slowest link the undo would be half over when the answer came.
    await expect.poll(() => operations().history(null, 1)[0]?.state, { timeout: 10_000, interval: 1 }).toBe('reverting');
    stop.abort();
    expect(await undoing).toBe('Cancelled.');
    await operations().settled();
    expect((await newest())?.state).toBe('applied');
    expect(await count({ kind: 'text', side: 'target', contains: 'there', matchCase: true })).toBe(size);
    await call('project.undo', {});
    expect(await count(edited)).toBe(0);
  });
});

describe('the checks', () => {
  const numbers: Predicate = { kind: 'check', check: 'numbers', state: 'open' };
  const unchecked = async () => (await call('review.uncheckedPairs', { origin })).pairs;
  const caughtUp = () => expect.poll(unchecked, { timeout: 60_000 }).toBe(0);

  it('look by themselves at what a change of many has changed, and again once it is undone', async () => {
    await settled(bench.client, (await call('review.runChecks', { origin })).job);
    expect(await count(numbers)).toBe(0);
    const sevens: Predicate = { kind: 'text', side: 'source', contains: '7', matchCase: true };
    const pairs = await count(sevens);
    expect(pairs).toBeGreaterThan(1_000);
    await bench.client.stream('review.bulkApply', scope({ ...replace('(\\d+)', '9$1'), side: 'target' } as BulkAction, sevens));
    await caughtUp();
    expect(await count(numbers)).toBe(pairs);
    await call('project.undo', {});
    await caughtUp();
    expect(await count(numbers)).toBe(0);
  });

  it('that somebody cancels say what is left, and go on once more is changed', async () => {
    await settled(bench.client, (await call('review.runChecks', { origin })).job);
    await bench.client.stream('review.bulkApply', scope({ ...replace('(\\d+)', '9$1'), side: 'target' } as BulkAction));
    let job: number | null = null;
    await expect.poll(async () => { job ??= (await call('review.uncheckedPairs', { origin })).job; return job; }, { timeout: 10_000, interval: 5 }).not.toBeNull();
    if (job === null) throw new Error('no job');
    await call('jobs.cancel', { job });
    await settled(bench.client, job);
    expect(await unchecked()).toBeGreaterThan(0);
    expect((await call('review.uncheckedPairs', { origin })).job).toBeNull();
    await bench.client.stream('review.bulkApply', scope({ ...replace('page', 'leaf'), side: 'target' } as BulkAction));
    await caughtUp();
    expect(await count(numbers)).toBe(size);
  });
});

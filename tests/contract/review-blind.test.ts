import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairRow, Predicate } from '../../main/contract/pairs.ts';
import { openBench, settled, type Bench } from '../support.ts';

const lines = ['eins\tone', 'zwei\ttwo', 'drei\tthree', 'vier und fünf\tfour and five', 'sechs\tsix'];
let bench: Bench;
let origin: { readonly collection: number };
let people: Readonly<Record<'anna' | 'ben' | 'zoe', number>>;
let queue = 0;
const call: Bench['client']['call'] = (...asked) => bench.client.call(...asked);

/** Null: nobody in particular. */
const asker = (annotator: number | null) => (annotator === null ? {} : { annotator });
const rowsOf = async (annotator: number | null): Promise<readonly PairRow[]> => {
  const { view } = await call('pairs.view', { origin, predicate: null, sort: null, ...asker(annotator) });
  return (await call('pairs.page', { view, from: 0, count: 100, ...asker(annotator) })).rows;
};
const pairOf = async (words: string): Promise<number> => (await rowsOf(people.zoe)).find(({ source }) => source.text.startsWith(words))?.id ?? -1;
const count = async (predicate: Predicate, annotator: number | null): Promise<number> => (await bench.client.stream('pairs.count', { origin, predicate, ...asker(annotator) })).count;
const judge = async (words: string, decision: 'accept' | 'reject', annotator: number, adjudicate = false) =>
  call('review.judge', { origin, pairs: [await pairOf(words)], annotator, decision, label: null, reason: decision === 'reject' ? 'of ben' : null, adjudicate });
const decisionsFor = async (annotator: number | null) => (await rowsOf(annotator)).map(({ review }) => review.decision);

/** Anna and ben are given all pairs and must not know of each other; zoe has no part in it. */
beforeEach(async () => {
  bench = await openBench();
  await call('project.create', { path: join(bench.folder, 'one') });
  const path = join(bench.folder, 'pairs.tsv');
  writeFileSync(path, `source\ttarget\tscore\n${lines.map((line, at) => `${line}\t${at}`).join('\n')}\n`);
  const [preview] = await call('corpora.inspect', { paths: [path] });
  if (preview === undefined) throw new Error('no preview');
  const { job, collection } = await call('corpora.import', { name: 'numbers', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de', targetLanguage: 'en' } }] });
  await settled(bench.client, job);
  origin = { collection };
  const add = async (name: string) => (await call('review.addAnnotator', { name })).id;
  people = { anna: await add('anna'), ben: await add('ben'), zoe: await add('zoe') };
  queue = (await call('review.openQueue', {
    origin, name: 'blind', predicate: { kind: 'decision', by: null, value: 'none' }, sampling: { kind: 'all', sort: null }, scheme: 'accept-reject', annotators: [people.anna, people.ben], overlap: 1, blind: true, annotator: people.zoe,
  })).id;
  await judge('eins', 'accept', people.anna);
  await judge('eins', 'reject', people.ben);
  await judge('zwei', 'reject', people.ben);
  const three = await pairOf('drei');
  await call('review.flag', { origin, pairs: [three], annotator: people.ben, flag: 'offensive', value: true });
  await call('review.comment', { origin, pair: three, annotator: people.ben, text: 'ben was here' });
  await call('review.flag', { origin, pairs: [three], annotator: people.anna, flag: 'flagged', value: true });
});
afterEach(() => bench.close());

describe('judging blind', () => {
  it('rows tell each only of their own, and whoever has no part in it of everything', async () => {
    const mine = await rowsOf(people.anna);
    expect(mine.map(({ review }) => [review.decision, review.judged.map((one) => one.annotator), review.flags, review.comments])).toEqual([
      ['accept', [people.anna], [], 0], ['none', [], [], 0], ['none', [], ['flagged'], 0], ['none', [], [], 0], ['none', [], [], 0],
    ]);
    expect(mine.map(({ kept, dropReason }) => [kept, dropReason]).slice(0, 2)).toEqual([[true, null], [null, null]]);
    expect(JSON.stringify(mine)).not.toMatch(/of ben|offensive/);
    const theirs = await rowsOf(people.ben);
    expect(theirs.map(({ review }) => [review.decision, review.flags, review.comments])).toEqual([['reject', [], 0], ['reject', [], 0], ['none', ['offensive'], 1], ['none', [], 0], ['none', [], 0]]);
    expect(await decisionsFor(people.zoe)).toEqual(['conflict', 'reject', 'none', 'none', 'none']);
    expect((await rowsOf(people.zoe))[2]?.review).toMatchObject({ flags: ['flagged', 'offensive'], comments: 1 });
    expect(JSON.stringify(await rowsOf(null))).not.toMatch(/"annotator"|of ben|offensive|accept/);
  });

  it('the answer to one’s own change tells no more', async () => {
    const { rows } = await judge('zwei', 'accept', people.anna);
    expect(rows[0]?.review).toMatchObject({ decision: 'accept', judged: [{ annotator: people.anna }] });
    expect(await decisionsFor(people.zoe)).toEqual(['conflict', 'conflict', 'none', 'none', 'none']);
  });

  it('filters, counts, facets, histograms and orders follow the same rule', async () => {
    const by = (annotator: number | null, value: 'accept' | 'reject' | 'none' | 'conflict'): Predicate => ({ kind: 'decision', by: annotator, value });
    const counts = async (annotator: number | null) => Promise.all([
      by(null, 'reject'), by(null, 'conflict'), by(null, 'accept'), by(people.ben, 'reject'), by(people.ben, 'none'), { kind: 'flag', flag: 'offensive', value: true }, { kind: 'flag', flag: 'flagged', value: true },
      { kind: 'mark', mark: 'commented', value: true }, { kind: 'dropReason', value: 'rejected' }, { kind: 'label', column: `reason@${people.ben}`, value: 'of ben' }, { kind: 'number', column: `decision@${people.ben}`, relation: '>', value: 0 },
    ].map((predicate) => count(predicate as Predicate, annotator)));
    expect(await counts(people.zoe)).toEqual([1, 1, 0, 2, 3, 1, 1, 1, 1, 2, 2]);
    expect(await counts(people.anna)).toEqual([0, 0, 1, 0, 5, 0, 1, 0, 0, 0, 0]);
    expect(await counts(people.ben)).toEqual([2, 0, 0, 2, 3, 1, 0, 1, 2, 2, 2]);
    expect(await counts(null)).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0]);

    const facets = await call('pairs.facets', { origin, predicate: null, by: people.ben, annotator: people.anna });
    expect(facets).toMatchObject({ decisions: { none: 5, reject: 0 }, flags: { offensive: 0, flagged: 1 }, commented: 0, labels: [] });
    expect((await call('pairs.facets', { origin, predicate: null, by: people.ben, annotator: people.zoe })).decisions).toMatchObject({ none: 3, reject: 2 });
    const bars = { origin, column: `at@${people.ben}`, bins: 1, minimum: 1, maximum: 2 ** 32, predicate: null };
    expect(await call('pairs.histogram', { ...bars, annotator: people.anna })).toMatchObject({ counts: [0], below: 5 });
    expect(await call('pairs.histogram', { ...bars, annotator: people.zoe })).toMatchObject({ counts: [2], below: 3 });
    const sort = { column: `decision@${people.ben}`, descending: true };
    const idsIn = async (annotator: number) => { const { view } = await call('pairs.view', { origin, predicate: null, sort, annotator }); return (await call('pairs.page', { view, from: 0, count: 9, annotator })).rows.map(({ id }) => id); };
    expect(await idsIn(people.anna)).toEqual((await rowsOf(people.zoe)).map(({ id }) => id));
    const preview = await bench.client.stream('review.bulkPreview', { origin, predicate: by(null, 'reject'), action: { kind: 'flag', flag: 'flagged', value: true }, excluded: [], annotator: people.anna, sample: 5, seed: 1 });
    expect(preview).toMatchObject({ matched: 0, sample: [] });
  });

  it('history and exports, too', async () => {
    const kinds = async (words: string, annotator: number) => (await call('review.history', { origin, pair: await pairOf(words), annotator })).map(({ kind, name }) => `${kind} ${name}`);
    expect(await kinds('eins', people.anna)).toEqual(['decision anna', 'imported numbers']);
    expect(await kinds('drei', people.anna)).toEqual(['flag anna', 'imported numbers']);
    expect(await kinds('drei', people.zoe)).toEqual(['flag anna', 'comment ben', 'flag ben', 'imported numbers']);
    expect((await call('project.history', { before: null, count: 50 })).map(({ title }) => title).join('\n')).not.toMatch(/Accepted|Rejected|offensive/);

    const exported = async (name: string, annotator: number | null) => {
      const path = join(bench.folder, name);
      const { job } = await call('export.start', { origin, predicate: { kind: 'all', of: [] }, format: 'jsonl', path, columns: [`reason@${people.ben}`], review: true, overwrite: true, ...asker(annotator) });
      expect((await settled(bench.client, job)).state).toBe('done');
      return readFileSync(path, 'utf8');
    };
    expect(await exported('mine.jsonl', people.anna)).not.toMatch(/ben|offensive|reject/);
    expect(await exported('mine.jsonl', people.anna)).toContain('accept');
    expect(await exported('all.jsonl', null)).toMatch(/ben was here/);
  });

  it('figures count only what the asker may know, until everybody has judged all they were given, or somebody opens the queue up', async () => {
    const agreement = async (annotator: number | null) => { const { pairs, withheld, of, matrix } = await call('review.agreement', { origin, scheme: null, seed: 1, ...asker(annotator) }); return { pairs, withheld, of: of.length, cells: matrix.length }; };
    const judged = async (annotator: number | null) => { const found = await call('review.evidence', { origin, column: 'score', bands: 1, wanted: 0.9, ...asker(annotator) }); return [found.judged, found.bands[0]?.right ?? null, found.withheld]; };
    const [nothing, one] = [{ pairs: 0, of: 0, cells: 0 }, { pairs: 1, of: 1, cells: 1 }];
    await judge('zwei', 'accept', people.zoe);
    for (const who of [people.anna, people.ben, null]) expect(await agreement(who)).toEqual({ ...nothing, withheld: 5 });
    expect(await agreement(people.zoe)).toEqual({ pairs: 2, withheld: 0, of: 2, cells: 2 });
    expect([await judged(people.anna), await judged(people.ben), await judged(null), await judged(people.zoe)]).toEqual([[1, 1, 5], [2, 0, 5], [0, 0, 5], [0, 0, 0]]);

    // What is adjudicated is told to all.
    await judge('eins', 'reject', people.zoe, true);
    expect(await agreement(people.anna)).toEqual({ ...one, withheld: 4 });
    expect(await judged(people.ben)).toEqual([2, 0, 4]);

    const rest = { anna: ['zwei', 'drei', 'vier', 'sechs'], ben: ['drei', 'vier', 'sechs'] };
    for (const words of rest.anna) await judge(words, 'accept', people.anna);
    for (const words of rest.ben.slice(1)) await judge(words, 'accept', people.ben);
    expect((await agreement(people.ben)).withheld).toBe(4);
    await judge('drei', 'reject', people.ben);
    expect(await agreement(people.ben)).toEqual(await agreement(people.zoe));
    expect(await judged(people.anna)).toEqual([3, 2, 0]);
    // Single pairs wait for the adjudication.
    expect((await rowsOf(people.anna)).find(({ source }) => source.text === 'drei')?.review.decision).toBe('accept');

    await call('review.judge', { origin, pairs: [await pairOf('drei')], annotator: people.ben, decision: 'none', label: null, reason: null, adjudicate: false });
    expect((await agreement(people.anna)).withheld).toBe(4);
    await call('review.endBlind', { queue, annotator: people.anna });
    expect(await agreement(people.anna)).toEqual(await agreement(people.zoe));
  });

  it('lasts until a pair is adjudicated, over splits, refreshes and restarts, or until somebody opens the queue up', async () => {
    await judge('eins', 'reject', people.zoe, true);
    expect(await decisionsFor(people.anna)).toEqual(['reject', 'none', 'none', 'none', 'none']);
    expect((await rowsOf(people.anna))[0]?.review.judged.map(({ annotator }) => annotator).sort()).toEqual([people.anna, people.ben]);

    const four = await pairOf('vier');
    await call('review.split', { origin, pair: four, annotator: people.anna, sourceAt: 4, targetAt: 4 });
    const half = (await rowsOf(people.zoe)).find(({ review }) => review.splitFrom === four)?.id ?? -1;
    await call('review.judge', { origin, pairs: [half], annotator: people.ben, decision: 'accept', label: null, reason: null, adjudicate: false });
    expect(await count({ kind: 'decision', by: null, value: 'accept' }, people.anna)).toBe(0);

    // What is judged leaves the lists of those who judged it, and of nobody else; it stays blind for them.
    await judge('sechs', 'accept', people.anna);
    const fresh = await call('review.refreshQueue', { queue, annotator: people.anna });
    expect((await call('pairs.page', { view: fresh.view, from: 0, count: 9, annotator: people.anna })).rows.map(({ source }) => source.text)).toEqual(['zwei', 'drei', 'vier', 'und fünf']);
    await judge('sechs', 'reject', people.ben);
    expect((await rowsOf(people.anna)).find(({ source }) => source.text === 'sechs')?.review.decision).toBe('accept');
    expect((await rowsOf(people.anna)).find(({ id }) => id === half)?.review.decision).toBe('none');
    const { path } = bench.workbench.current.get();
    await call('project.close', {});
    await call('project.open', { path });
    expect((await rowsOf(people.anna)).find(({ source }) => source.text === 'sechs')?.review.decision).toBe('accept');

    expect(await call('review.endBlind', { queue, annotator: people.anna })).toMatchObject({ blind: false });
    expect((await rowsOf(people.anna)).find(({ source }) => source.text === 'sechs')?.review.decision).toBe('conflict');
    expect(await count({ kind: 'decision', by: people.ben, value: 'reject' }, people.anna)).toBe(3);
  });
});

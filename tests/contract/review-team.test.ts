import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../main/contract/errors.ts';
import type { ExportFormat } from '../../main/contract/export.ts';
import type { InputOf } from '../../main/contract/method.ts';
import type { PairRow } from '../../main/contract/pairs.ts';
import type { reviewContract } from '../../main/contract/review.ts';
import { linesFile, runOf } from '../../main/store/testing.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** Pairs are found by the words at the beginning of their source. */
const bitext = ['Guten Morgen\tGood morning', 'Das Boot fährt um acht\tThe boat leaves at eight', '=SUM(A1:A9)\t"Formula" & <tag>', 'Hafen\tHarbour', 'Leuchtturm am Meer\tLighthouse by the sea', 'Kein Wort\tNo word'];

const openDesk = async (lines: readonly string[] = bitext) => {
  const bench = await openBench();
  const client = bench.client;
  const call = client.call.bind(client);
  await call('project.create', { path: join(bench.folder, 'one') });
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(bench.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const [preview] = await call('corpora.inspect', { paths: [write('pairs.tsv', `source\ttarget\tscore\n${lines.map((line, at) => `${line}\t${1 + at / 10}`).join('\n')}\n`)] });
  if (preview === undefined) throw new Error('no preview');
  const { job, collection } = await call('corpora.import', { name: 'harbour', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de', targetLanguage: 'en' } }] });
  await settled(client, job);
  const rowsOf = async (origin: { readonly collection: number }): Promise<readonly PairRow[]> => {
    const { view, count } = await call('pairs.view', { origin, predicate: null, sort: null });
    return (await call('pairs.page', { view, from: 0, count: Math.max(1, Math.min(500, count)) })).rows;
  };
  const origin = { collection };
  const pairOf = async (words: string, where = origin): Promise<number> => {
    const found = (await rowsOf(where)).find(({ source }) => source.text.startsWith(words));
    if (found === undefined) throw new Error(`no pair ${words}`);
    return found.id;
  };
  type Judged = Partial<InputOf<(typeof reviewContract)['review.judge']>>;
  const anna = (await call('review.addAnnotator', { name: 'anna' })).id;
  return {
    bench, call, client, write, origin, anna, rowsOf, pairOf,
    folder: bench.folder,
    judge: async (words: string, decision: 'accept' | 'reject' | 'unsure' | 'none', annotator = anna, more: Judged = {}) =>
      call('review.judge', { origin, pairs: [await pairOf(words, more.origin === undefined || !('collection' in more.origin) ? origin : more.origin)], annotator, decision, label: null, reason: null, adjudicate: false, ...more }),
    decisions: async (where = origin) => Object.fromEntries((await rowsOf(where)).map(({ source, review }) => [source.text.split(' ')[0] ?? '', review.decision])),
    exportTo: async (name: string, format: ExportFormat, more: { readonly review?: boolean; readonly columns?: string[] } = {}): Promise<Buffer> => {
      const path = join(bench.folder, name);
      const started = await call('export.start', { origin, predicate: { kind: 'all', of: [] }, format, path, columns: [], overwrite: true, ...more });
      const ended = await settled(client, started.job);
      if (ended.state !== 'done') throw new Error(JSON.stringify(ended.failure));
      return readFileSync(path);
    },
    close: () => bench.close(),
  };
};
type Desk = Awaited<ReturnType<typeof openDesk>>;

const failureOf = async (call: Promise<unknown>) => {
  const thrown: unknown = await call.then((value) => { throw new Error(`expected a failure, got ${JSON.stringify(value)}`); }, (error: unknown) => error);
  if (thrown instanceof Failure) return thrown.data;
  throw thrown;
};
const manifestOf = (bench: Bench, name: string) => JSON.parse(readFileSync(join(bench.folder, `${name}.manifest.json`), 'utf8')) as { readonly selection: Readonly<Record<string, unknown>> };

let here: Desk;
let there: Desk;
beforeEach(async () => { [here, there] = await Promise.all([openDesk(), openDesk()]); });
afterEach(async () => { await Promise.all([here.close(), there.close()]); });

/** Decisions of two annotators and an adjudication, a label, flags, comments, an edit. */
const reviewMuch = async ({ call, judge, pairOf, origin, anna }: Desk): Promise<void> => {
  const ben = (await call('review.addAnnotator', { name: 'ben “the reader”' })).id;
  await judge('Guten', 'accept');
  await judge('Guten', 'accept', ben);
  await judge('Das', 'accept');
  await judge('Das', 'reject', ben, { reason: 'partly' });
  await judge('Hafen', 'none', anna, { label: { scheme: 'macocu', path: ['languages', 'content', 'CBT'] } });
  await judge('=SUM', 'accept');
  await judge('=SUM', 'reject', ben);
  await judge('=SUM', 'reject', anna, { adjudicate: true, reason: 'no-text' });
  const boat = await pairOf('Das');
  await call('review.flag', { origin, pairs: [boat], annotator: anna, flag: 'personal-data', value: true });
  await call('review.flag', { origin, pairs: [boat], annotator: anna, flag: 'flagged', value: true });
  await call('review.comment', { origin, pair: boat, annotator: anna, text: 'eight\no’clock' });
  await call('review.comment', { origin, pair: boat, annotator: anna, text: 'a | b' });
  await call('review.edit', { origin, pair: await pairOf('Leuchtturm'), annotator: anna, side: 'target', text: 'A lighthouse by the sea' });
};

describe('export and import of what was judged', () => {
  it.each(['tsv', 'jsonl'] as const)('%s: exported, imported into a fresh copy and exported again gives the same bytes; undo takes all of it back', async (format) => {
    await reviewMuch(here);
    const first = await here.exportTo('judged', format, { review: true, columns: ['score'] });
    expect(manifestOf(here.bench, 'judged').selection).toMatchObject({ review: true, edited: 1, gone: 0, decisions: 3, pairs: 6 });
    const before = await there.exportTo('before', format, { review: true, columns: ['score'] });
    const asker = (await there.call('review.addAnnotator', { name: 'zoe' })).id;
    const path = there.write(`brought.${format}`, first);
    expect(await there.call('review.importDecisions', { origin: there.origin, path, annotator: asker })).toEqual({ merged: 5, unchanged: 1, conflicts: 1, unknown: [], unlisted: 0 });
    expect(await there.exportTo('again', format, { review: true, columns: ['score'] })).toEqual(first);
    // A second time there is nothing new, and no entry is made.
    const entries = async () => (await there.call('project.history', { before: null, count: 20 })).length;
    const made = await entries();
    expect(await there.call('review.importDecisions', { origin: there.origin, path, annotator: asker })).toMatchObject({ merged: 0, unchanged: 6 });
    expect(await entries()).toBe(made);
    await there.call('project.undo', {});
    expect(await there.exportTo('undone', format, { review: true, columns: ['score'] })).toEqual(before);
    await there.call('project.redo', {});
    expect(await there.exportTo('redone', format, { review: true, columns: ['score'] })).toEqual(first);
  });

  it('one annotator: the columns of the decision in force say it all', async () => {
    await here.judge('Guten', 'reject', here.anna, { reason: 'wrong-language' });
    const [header = '', first = ''] = (await here.exportTo('judged', 'tsv', { review: true })).toString().split('\n');
    expect(header).toBe('source_id\ttarget_id\tsource\ttarget\tpair_id\tdecision\tlabel\treason\tannotator\ttime\tflags\tcomments\tsource_original\ttarget_original');
    expect(first).toMatch(/^[^\t]+\t[^\t]+\tGuten Morgen\tGood morning\t\d+\treject\t\twrong-language\tanna\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\t\t\t\t$/);
  });

  it('a table with both texts and decisions, CRLF, a BOM and blank lines: what does not fit is listed by its line', async () => {
    const path = here.write('list.tsv', '\uFEFFSource\tTarget\tDecision\r\n'
      + 'Hafen\tHarbour\treject\r\nHafen\tHarbor\taccept\r\n\r\nGuten Morgen\tGood morning\tmaybe\r\nKein Wort\tNo word\r\nDas Boot fährt um acht\tThe boat leaves at eight\tACCEPT\r\nHafen\tHarbour\taccept\r\nA\0B\tC\taccept\r\nLeuchtturm am Meer\tLighthouse by the sea\t\r\n');
    expect(await here.call('review.importDecisions', { origin: here.origin, path, annotator: here.anna })).toEqual({
      merged: 2, unchanged: 2, conflicts: 0, unlisted: 0, unknown: [
        { line: 3, reason: 'no pair has these two texts' }, { line: 5, reason: '“maybe” is not a decision (accept, reject, unsure)' }, { line: 6, reason: '2 columns instead of 3' },
        { line: 8, reason: `speaks of pair ${await here.pairOf('Hafen')}, like line 2` }, { line: 9, reason: 'NUL character' },
      ],
    });
    expect(await here.decisions()).toMatchObject({ Hafen: 'reject', Das: 'accept', Guten: 'none' });
    const [entry] = await here.call('project.history', { before: null, count: 1 });
    expect(entry).toMatchObject({ title: 'Imported decisions about 2 pairs from list.tsv', annotator: 'anna' });
    const events = await here.call('review.history', { origin: here.origin, pair: await here.pairOf('Hafen'), annotator: here.anna });
    expect(events[0]).toMatchObject({ kind: 'decision', before: 'none', after: 'reject', name: 'anna', undone: false });
  });

  it('a pair number whose texts are others is not believed', async () => {
    const [harbour, boat] = [await here.pairOf('Hafen'), await here.pairOf('Das')];
    const path = here.write('list.tsv', `pair_id\tsource\ttarget\tdecision\n${boat}\tHafen\tHarbour\taccept\n${harbour}\tElsewhere\tAnywhere\taccept\n`);
    expect(await here.call('review.importDecisions', { origin: here.origin, path, annotator: here.anna })).toMatchObject({ merged: 1, unknown: [{ line: 3 }] });
    expect(await here.decisions()).toMatchObject({ Hafen: 'accept', Das: 'none' });
    const bare = here.write('bare.tsv', `pair_id\tdecision\n${boat}\treject\n999999999\taccept\n`);
    expect(await here.call('review.importDecisions', { origin: here.origin, path: bare, annotator: here.anna })).toMatchObject({ merged: 1, unknown: [{ line: 3, reason: 'pair 999999999 is not among these pairs, or hidden by a merge' }] });
  });

  it.each<[string, string | Uint8Array, string, string]>([
    ['is empty', '', 'empty-input', 'empty'],
    ['has no column for decisions', 'source\ttarget\nA\tB\n', 'bad-input', 'decision'],
    ['has no way to its pairs', 'text\tdecision\nA\taccept\n', 'bad-input', 'pair_id'],
    ['has nothing that could be read', 'source\ttarget\tdecision\nA\n', 'malformed-input', 'No line'],
    ['is cut off in its compressed data', gzipSync(`pair_id\tdecision\n${Array.from({ length: 40_000 }, (_, at) => `${at}\t${Math.sin(at)}`).join('\n')}`).subarray(0, 20_000), 'malformed-input', 'breaks off'],
    ['is a workbook', Buffer.from('PK\u0003\u0004 and more'), 'malformed-input', ''],
    ['names a hundred annotators', `pair_id\tdecision\tannotator\n${Array.from({ length: 101 }, (_, at) => `${at}\taccept\tname ${at}`).join('\n')}\n`, 'bad-input', 'annotators'],
  ])('a file that %s changes nothing', async (_, content, code, words) => {
    const failure = await failureOf(here.call('review.importDecisions', { origin: here.origin, path: here.write('bad.tsv', content), annotator: here.anna }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    expect(Object.values(await here.decisions()).every((decision) => decision === 'none')).toBe(true);
    expect((await here.call('review.annotators', {})).map(({ name }) => name)).toEqual(['anna']);
  });

  it('KEOPS’s table is written with its codes and read again', async () => {
    await here.judge('Guten', 'accept');
    await here.judge('Hafen', 'none', here.anna, { label: { scheme: 'elrc', path: ['MT'] } });
    await here.judge('Das', 'reject', here.anna, { reason: 'wrong-language' });
    await here.call('review.flag', { origin: here.origin, pairs: [await here.pairOf('Das')], annotator: here.anna, flag: 'offensive', value: true });
    const written = await here.exportTo('keops.tsv', 'keops');
    expect(written.toString().split('\n').slice(0, 4)).toEqual([
      '\uFEFFSource\tTarget 1\tSource lang\tTarget lang\tEvaluation\tDescription\tEvaluation details\tTime',
      'Guten Morgen\tGood morning\tde\ten\tV\tValid translation\t\t',
      'Das Boot fährt um acht\tThe boat leaves at eight\tde\ten\tL\tWrong language id.\tcontent_error: 1\t',
      '=SUM(A1:A9)\t"Formula" & <tag>\tde\ten\tP\tPending\t\t',
    ]);
    expect(await there.call('review.importDecisions', { origin: there.origin, path: there.write('keops.tsv', written), annotator: there.anna })).toMatchObject({ merged: 3, unchanged: 3, unknown: [] });
    expect(await there.decisions()).toMatchObject({ Guten: 'accept', Hafen: 'reject', Das: 'reject', Kein: 'none' });
  });

  it('the review is refused where a format has no place for it', async () => {
    const failure = await failureOf(here.call('export.start', { origin: here.origin, predicate: null, format: 'moses', path: join(here.folder, 'm'), columns: [], review: true, overwrite: true }));
    expect(failure).toMatchObject({ code: 'bad-input' });
  });

  it('a workbook: the same pairs give the same bytes, the preview shows a table', async () => {
    await here.judge('Guten', 'accept');
    const one = await here.exportTo('a.xlsx', 'xlsx', { review: true, columns: ['score'] });
    expect(await here.exportTo('b.xlsx', 'xlsx', { review: true, columns: ['score'] })).toEqual(one);
    expect(one.subarray(0, 2).toString()).toBe('PK');
    const { head, files } = await here.call('export.preview', { request: { origin: here.origin, predicate: null, format: 'xlsx', path: join(here.folder, 'a.xlsx'), columns: [], overwrite: false } });
    expect(head.split('\n').slice(0, 2)).toEqual(['source_id\ttarget_id\tsource\ttarget', expect.stringContaining('Guten Morgen\tGood morning')]);
    expect(files).toEqual([join(here.folder, 'a.xlsx')]);
  });

  it('more pairs than a sheet has rows are refused before anything is written', async () => {
    const { run } = mined(here, 1_048_576);
    const request = { origin: { run }, predicate: { kind: 'all' as const, of: [] }, format: 'xlsx' as const, path: join(here.folder, 'big.xlsx'), columns: [], overwrite: false };
    expect(await failureOf(here.call('export.preview', { request }))).toMatchObject({ code: 'bad-input', message: '1,048,576 pairs are more than this format holds: 1,048,575.' });
    const ended = await settled(here.client, (await here.call('export.start', request)).job);
    expect(ended).toMatchObject({ state: 'failed', failure: { code: 'bad-input' } });
    expect(existsSync(request.path)).toBe(false);
  });
});

/** A run over the bitext's sides with pairs of rising margins: 1, 1.001, 1.002 ... */
const mined = ({ bench }: Desk, count: number): { readonly run: number; readonly first: number } => {
  const project = bench.workbench.current.get();
  const collection = project.collections.create({ name: 'sentences', kind: 'monolingual', language: 'de', targetLanguage: null });
  const sentences = project.sentences.writer(collection);
  sentences.add('Ein Satz.', null, 0, 1);
  sentences.flush();
  sentences.abort();
  project.collections.finish(collection, { counts: { lines: 1, empty: 0, malformed: 0, merged: 0, size: 1 }, files: [linesFile('/data/one.txt')], columns: [], state: 'ready' });
  const counts = { sourceSentences: 1, targetSentences: 1, merged: 0, malformed: 0, encoded: 0, reused: 0, truncated: 0, candidates: count, belowFloor: 0, aboveUpperBound: 0, mutualBest: 0, kept: count, dropped: 0 };
  const run = project.runs.create({ ...runOf({ source: collection, target: collection, cut: null }), counts });
  const writer = project.pairs.writer({ run: run.id }, { source: collection, target: collection });
  writer.append(new Uint32Array(count), new Uint32Array(count));
  const { first } = writer.finish();
  project.columns.write(project.columns.create({ origin: { run: run.id }, name: 'margin', kind: 'f64', producer: 'mine', signature: '' }), first, Float64Array.from({ length: count }, (_, at) => 1 + at / 1_000));
  return { run: run.id, first };
};

/** `here` shares out a queue, `there` judges it. */
const sendPackage = async (more: { readonly blind?: boolean } = {}) => {
  const ben = (await here.call('review.addAnnotator', { name: 'ben' })).id;
  await here.call('review.saveScheme', { scheme: { id: 'ours', title: 'Ours', source: 'us', ordered: true, labels: [{ id: 'good', title: 'Good', decision: 'accept', children: [] }, { id: 'bad', title: 'Bad', decision: 'reject', children: [] }], reasons: [], custom: true } });
  await here.call('review.edit', { origin: here.origin, pair: await here.pairOf('Hafen'), annotator: here.anna, side: 'target', text: 'Port' });
  const queue = await here.call('review.openQueue', {
    origin: here.origin, name: 'for ben', predicate: { kind: 'not', of: { kind: 'text', side: 'source', contains: 'Kein', matchCase: false } }, sampling: { kind: 'all', sort: { column: 'score', descending: true } },
    scheme: 'ours', annotators: [], overlap: 0, blind: more.blind ?? true, annotator: here.anna,
  });
  const written = await here.call('review.writePackage', { queue: queue.id, annotator: ben, path: join(here.folder, 'package'), overwrite: false });
  expect(written).toMatchObject({ path: join(here.folder, 'package.gz'), pairs: 5 });
  const path = join(there.folder, 'package.gz');
  copyFileSync(written.path, path);
  return { ben, path, lines: gunzipSync(readFileSync(path)).toString().trimEnd().split('\n') };
};
const sendBack = async (opened: { readonly queue: number; readonly annotator: number }, name = 'work'): Promise<string> => {
  const work = await there.call('review.writeWork', { queue: opened.queue, annotator: opened.annotator, path: join(there.folder, name), overwrite: true });
  const path = join(here.folder, `${name}.gz`);
  copyFileSync(work.path, path);
  return path;
};

describe('a work package', () => {
  it('goes to another project as a bitext with its queue, comes back as decisions, and merging twice changes nothing', async () => {
    const { ben, path, lines } = await sendPackage();
    expect(lines.join('')).not.toContain(here.folder);
    const opened = await there.call('review.openPackage', { path });
    const origin = { collection: opened.collection };
    const rows = await there.rowsOf(origin);
    expect(rows.map(({ source, target }) => [source.text, target.text])).toEqual([['Leuchtturm am Meer', 'Lighthouse by the sea'], ['Hafen', 'Port'], ['=SUM(A1:A9)', '"Formula" & <tag>'], ['Das Boot fährt um acht', 'The boat leaves at eight'], ['Guten Morgen', 'Good morning']]);
    expect(rows[0]).toMatchObject({ source: { language: 'de', original: null }, target: { language: 'en' } });
    const queue = await there.call('review.queue', { queue: opened.queue, annotator: opened.annotator });
    expect(queue).toMatchObject({ name: 'for ben', scheme: 'ours', blind: true, pairs: 5, judged: 0, annotators: [opened.annotator] });
    expect((await there.call('review.schemes', {})).some(({ id, custom }) => id === 'ours' && custom)).toBe(true);

    await there.judge('Hafen', 'none', opened.annotator, { origin, label: { scheme: 'ours', path: ['bad'] }, reason: 'wrong word' });
    await there.judge('Guten', 'accept', opened.annotator, { origin });
    await there.call('review.edit', { origin, pair: await there.pairOf('Das', origin), annotator: opened.annotator, side: 'target', text: 'The boat leaves at 8' });
    await there.call('review.comment', { origin, pair: await there.pairOf('Das', origin), annotator: opened.annotator, text: 'digits' });
    await there.call('review.flag', { origin, pairs: [await there.pairOf('Guten', origin)], annotator: opened.annotator, flag: 'flagged', value: true });
    await here.judge('Guten', 'reject');

    const work = await sendBack(opened);
    expect(await here.call('review.mergeWork', { path: work })).toEqual({ merged: 3, unchanged: 0, conflicts: 1, unknown: [], unlisted: 0 });
    expect(await here.decisions()).toEqual({ Guten: 'conflict', Das: 'none', '=SUM(A1:A9)': 'none', Hafen: 'reject', Leuchtturm: 'none', Kein: 'none' });
    const merged = Object.fromEntries((await here.rowsOf(here.origin)).map((row) => [row.source.text.split(' ')[0] ?? '', row]));
    expect(merged['Hafen']?.review.judged).toMatchObject([{ annotator: ben, decision: 'reject', label: 'bad', reason: 'wrong word' }]);
    expect(merged['Das']).toMatchObject({ target: { text: 'The boat leaves at 8', original: 'The boat leaves at eight' }, review: { comments: 1 } });
    expect(merged['Guten']?.review.flags).toEqual(['flagged']);
    expect(await here.call('review.mergeWork', { path: work })).toEqual({ merged: 0, unchanged: 3, conflicts: 1, unknown: [], unlisted: 0 });

    await here.call('project.undo', {});
    expect(await here.decisions()).toMatchObject({ Guten: 'reject', Hafen: 'none' });
    expect((await here.rowsOf(here.origin)).find(({ source }) => source.text.startsWith('Das'))?.target.text).toBe('The boat leaves at eight');
    await here.call('project.redo', {});
    expect(await here.decisions()).toMatchObject({ Guten: 'conflict', Hafen: 'reject' });
  });

  it('the newer of one annotator’s own judgements wins, whichever file comes last; a judgement taken back is taken back', async () => {
    const { ben, path } = await sendPackage();
    const opened = await there.call('review.openPackage', { path });
    const origin = { collection: opened.collection };
    await there.judge('Guten', 'accept', opened.annotator, { origin });
    await there.judge('Hafen', 'accept', opened.annotator, { origin });
    const older = await sendBack(opened, 'older');
    // Times are seconds: the next judgement is to be a later one.
    const second = Math.floor(Date.now() / 1_000);
    while (Math.floor(Date.now() / 1_000) === second) await new Promise((go) => { setTimeout(go, 20); });
    await there.judge('Guten', 'reject', opened.annotator, { origin });
    await there.judge('Hafen', 'none', opened.annotator, { origin });
    const newer = await sendBack(opened, 'newer');
    expect(await here.call('review.mergeWork', { path: newer })).toMatchObject({ merged: 2 });
    expect(await here.call('review.mergeWork', { path: older })).toMatchObject({ merged: 0, unchanged: 2 });
    expect(await here.decisions()).toMatchObject({ Guten: 'reject', Hafen: 'none' });
    expect((await here.rowsOf(here.origin))[0]?.review.judged).toMatchObject([{ annotator: ben, decision: 'reject' }]);
  });

  it('texts that were changed in both places stay as they are here, and the line is named', async () => {
    const { path } = await sendPackage();
    const opened = await there.call('review.openPackage', { path });
    const origin = { collection: opened.collection };
    await there.call('review.edit', { origin, pair: await there.pairOf('Das', origin), annotator: opened.annotator, side: 'target', text: 'there' });
    await here.call('review.edit', { origin: here.origin, pair: await here.pairOf('Das'), annotator: here.anna, side: 'target', text: 'here' });
    const { unknown, merged, conflicts } = await here.call('review.mergeWork', { path: await sendBack(opened) });
    expect([merged, conflicts, unknown]).toEqual([1, 1, [{ line: 2, reason: `the target of pair ${await here.pairOf('Das')} was changed here as well; the text here stays, the other is a comment on it` }]]);
    expect((await here.rowsOf(here.origin)).find(({ source }) => source.text.startsWith('Das'))).toMatchObject({ target: { text: 'here' }, review: { flags: ['flagged'], comments: 1 } });
  });

  it('pairs that were cut or joined there are cut and joined here, with what was said of them; merging twice changes nothing, undo takes all of it back', async () => {
    const { ben, path } = await sendPackage({ blind: false });
    const opened = await there.call('review.openPackage', { path });
    const origin = { collection: opened.collection };
    const on = { origin, annotator: opened.annotator };
    const [boat, morning, harbour, light] = await Promise.all(['Das', 'Guten', 'Hafen', 'Leuchtturm'].map((words) => there.pairOf(words, origin)));
    const judge = (pair: number, decision: 'accept' | 'reject') => there.call('review.judge', { ...on, pairs: [pair], decision, label: null, reason: null, adjudicate: false });
    // Cut in three, the last of them joined with the lighthouse; two joined and edited; a split that was taken back.
    const halves = await there.call('review.split', { ...on, pair: boat ?? 0, sourceAt: 8, targetAt: 8 });
    const second = halves.rows[1]?.id ?? -1;
    const thirds = await there.call('review.split', { ...on, pair: second, sourceAt: 6, targetAt: 7 });
    await there.call('review.merge', { ...on, pairs: [thirds.rows[1]?.id ?? -1, light ?? 0] });
    await there.call('review.merge', { ...on, pairs: [morning ?? 0, harbour ?? 0] });
    await there.call('review.edit', { ...on, pair: morning ?? 0, side: 'target', text: 'Good morning, port' });
    await judge(second, 'reject');
    await judge(morning ?? 0, 'accept');
    await there.call('review.comment', { ...on, pair: second, text: 'a half' });
    await there.call('review.split', { ...on, pair: await there.pairOf('=SUM', origin), sourceAt: 5, targetAt: 5 });
    await there.call('project.undo', {});

    const textsOf = (rows: readonly PairRow[]) => rows.map(({ source, target, review }) => [source.text, target.text, review.decision]);
    const before = textsOf(await here.rowsOf(here.origin));
    const made = textsOf(await there.rowsOf(origin));
    const work = await sendBack(opened);
    expect(await here.call('review.mergeWork', { path: work })).toEqual({ merged: 4, unchanged: 0, conflicts: 0, unknown: [], unlisted: 0 });
    const after = await here.rowsOf(here.origin);
    expect(textsOf(after).filter(([source]) => source !== 'Kein Wort').toSorted()).toEqual(made.toSorted());
    expect(textsOf(after)).toContainEqual(['um acht Leuchtturm am Meer', 'at eight Lighthouse by the sea', 'none']);
    const half = after.find(({ source }) => source.text === 'fährt');
    expect(half?.review).toMatchObject({ splitFrom: await here.pairOf('Das'), comments: 1, judged: [{ annotator: ben, decision: 'reject' }] });
    expect((await here.call('review.history', { origin: here.origin, pair: half?.id ?? 0, annotator: here.anna })).map(({ kind }) => kind)).toContain('split');
    expect(await here.call('review.mergeWork', { path: work })).toEqual({ merged: 0, unchanged: 4, conflicts: 0, unknown: [], unlisted: 0 });
    await here.call('project.undo', {});
    expect(textsOf(await here.rowsOf(here.origin))).toEqual(before);
    await here.call('project.redo', {});
    expect(textsOf(await here.rowsOf(here.origin))).toEqual(textsOf(after));
  });

  it('pairs that were cut there and changed here wait for somebody to decide: the texts here stay, those from there are a comment', async () => {
    const { path } = await sendPackage();
    const opened = await there.call('review.openPackage', { path });
    const origin = { collection: opened.collection };
    await there.call('review.split', { origin, pair: await there.pairOf('Das', origin), annotator: opened.annotator, sourceAt: 8, targetAt: 8 });
    await here.call('review.edit', { origin: here.origin, pair: await here.pairOf('Das'), annotator: here.anna, side: 'target', text: 'here' });
    const work = await sendBack(opened);
    const boat = await here.pairOf('Das');
    const told = { conflicts: 1, unknown: [{ line: 2, reason: `pair ${boat} was cut or joined by ben and changed here as well; the texts here stay` }], unlisted: 0 };
    expect(await here.call('review.mergeWork', { path: work })).toEqual({ merged: 1, unchanged: 0, ...told });
    const row = (await here.rowsOf(here.origin)).find(({ id }) => id === boat);
    expect(row).toMatchObject({ target: { text: 'here' }, review: { flags: ['flagged'], comments: 1 } });
    const [newest] = await here.call('review.history', { origin: here.origin, pair: boat, annotator: here.anna });
    expect(newest).toMatchObject({ kind: 'comment', name: 'ben', after: 'ben made these of it: “Das Boot” – “The boat” | “fährt um acht” – “leaves at eight”' });
    expect(await here.call('review.mergeWork', { path: work })).toEqual({ merged: 0, unchanged: 1, ...told });
    expect(await here.rowsOf(here.origin)).toHaveLength(6);
  });

  it('cuts that cannot be are refused by their line, and all others count', async () => {
    const { path } = await sendPackage();
    const opened = await there.call('review.openPackage', { path });
    const origin = { collection: opened.collection };
    await there.call('review.split', { origin, pair: await there.pairOf('Das', origin), annotator: opened.annotator, sourceAt: 8, targetAt: 8 });
    await there.judge('Guten', 'accept', opened.annotator, { origin });
    const [head = '', judged = '', record = ''] = gunzipSync(readFileSync(await sendBack(opened))).toString().split('\n');
    type Group = { readonly pairs: readonly Record<string, unknown>[]; readonly made: readonly Record<string, unknown>[]; readonly gone: readonly unknown[] };
    const { regrouped } = JSON.parse(record) as { readonly regrouped: Group };
    const other = (more: Partial<Group>): string => JSON.stringify({ regrouped: { ...regrouped, ...more } });
    const [boat, morning] = [await here.pairOf('Das'), await here.pairOf('Guten')];
    const work = [
      head, other({ made: [] }), other({ gone: [{ pair: boat, into: 9 }] }), other({ made: regrouped.made.map((one) => ({ ...one, from: 4_000_000_000 })) }), other({ made: regrouped.made.slice(1) }),
      other({ pairs: regrouped.pairs.map((one) => ({ ...one, pair: 7 })), made: regrouped.made.map((one) => ({ ...one, from: 7, pair: one['pair'] === null ? null : 7 })) }), judged,
      other({ pairs: [...regrouped.pairs, { pair: morning, source: 'x', target: 'y' }], gone: [{ pair: morning, into: 0 }] }), record, '{"end":8}',
    ];
    const cannot = 'pairs that were cut or joined, in a way that cannot be';
    expect(await here.call('review.mergeWork', { path: here.write('bad.jsonl', work.join('\n')) })).toEqual({ merged: 3, unchanged: 0, conflicts: 0, unlisted: 0, unknown: [
      { line: 2, reason: 'not the work on a pair' }, { line: 3, reason: cannot }, { line: 4, reason: cannot }, { line: 5, reason: cannot },
      { line: 6, reason: 'pair 7 is not among the pairs of the package' }, { line: 8, reason: `pair ${morning} stands in an earlier line already` },
    ] });
    expect(await here.rowsOf(here.origin)).toHaveLength(7);
  });

  it('belongs to the pairs it came from, and to no others', async () => {
    const { path } = await sendPackage();
    const opened = await there.call('review.openPackage', { path });
    await there.judge('Guten', 'accept', opened.annotator, { origin: { collection: opened.collection } });
    const work = await sendBack(opened);
    copyFileSync(work, join(there.folder, 'own.gz'));
    expect(await failureOf(there.call('review.mergeWork', { path: join(there.folder, 'own.gz') }))).toMatchObject({ code: 'not-found' });
    expect(await failureOf(here.call('review.openPackage', { path: work }))).toMatchObject({ code: 'malformed-input', message: expect.stringContaining('is not a work package') });
    copyFileSync(path, join(here.folder, 'package-again.gz'));
    expect(await failureOf(here.call('review.mergeWork', { path: join(here.folder, 'package-again.gz') }))).toMatchObject({ message: expect.stringContaining('is not the work done') });
    const queue = await here.call('review.openQueue', { origin: here.origin, name: 'own', predicate: null, sampling: { kind: 'all', sort: null }, scheme: 'accept-reject', annotators: [], overlap: 0, blind: false, annotator: here.anna });
    expect(await failureOf(here.call('review.writeWork', { queue: queue.id, annotator: here.anna, path: join(here.folder, 'w'), overwrite: false }))).toMatchObject({ code: 'bad-input' });
    expect(await failureOf(here.call('review.writePackage', { queue: queue.id, annotator: here.anna, path: join(here.folder, 'package'), overwrite: false }))).toMatchObject({ code: 'file-exists' });
  });

  it('a package that is damaged anywhere makes nothing', async () => {
    const { lines, path } = await sendPackage();
    const header = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    const head = (more: Record<string, unknown>): string => JSON.stringify({ ...header, ...more });
    const body = lines.slice(1);
    const nested = `{"pair":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
      ['cut off in its packed data', readFileSync(path).subarray(0, 150), 'cut off'],
      ['cut off between two lines', lines.slice(0, 3).join('\n'), 'breaks off after 2 records'],
      ['with fewer pairs than it says', [lines[0], lines[1], lines.at(-1)].join('\n'), 'says 5 records and has 1'],
      ['of a newer version', [head({ version: 2 }), ...body].join('\n'), 'newer Dragoman'],
      ['of another kind', [head({ dragoman: 'something' }), ...body].join('\n'), 'is not a work package'],
      ['without an annotator', [head({ annotator: null }), ...body].join('\n'), 'the header lacks something'],
      ['whose language is a path', [head({ sourceLanguage: '../../etc' }), ...body].join('\n'), 'the header lacks something'],
      ['with a NUL', [lines[0], 'a\0b', ...body].join('\n'), 'line 2, NUL character'],
      ['with an escaped NUL', [lines[0], '{"pair":1,"source":"a\\u0000b","target":"c","sourceId":"1","targetId":"2"}', ...body].join('\n'), 'line 2, it is no pair'],
      ['with a huge line', [lines[0], `{"pair":1,"source":"${'x'.repeat(2_000_000)}"}`, ...body].join('\n'), 'line 2, line longer than 1 MB'],
      ['nested without end', [lines[0], nested, ...body].join('\n'), 'line 2,'],
      ['that is no JSON', [lines[0], '{', ...body].join('\n'), 'line 2, not JSON'],
      ['that goes on behind its end', [...lines, lines[1]].join('\n'), 'behind its end'],
      ['with a scheme that nobody could answer', [head({ scheme: { id: 'x', title: 'X', source: '', ordered: false, labels: [], reasons: [], custom: true } }), ...body].join('\n'), 'no labels'],
      ['without pairs', [lines[0], '{"end":0}'].join('\n'), 'no pairs'],
      ['that is empty', '', 'empty'],
    ];
    for (const [name, content, words] of cases) {
      const failure = await failureOf(there.call('review.openPackage', { path: there.write('bad.gz', content) }));
      expect(`${name}: ${failure.message}`).toContain(words);
    }
    expect(await there.call('corpora.list', {})).toHaveLength(1);
    expect(await there.call('review.queues', { annotator: there.anna })).toEqual([]);
  });

  it('also opens with CRLF, a BOM and unpacked; work of which lines do not fit is merged but for them', async () => {
    const { lines } = await sendPackage();
    const opened = await there.call('review.openPackage', { path: there.write('plain.jsonl', `\uFEFF${lines.join('\r\n')}\r\n`) });
    await there.judge('Guten', 'accept', opened.annotator, { origin: { collection: opened.collection } });
    const [head = '', record = ''] = gunzipSync(readFileSync(await sendBack(opened))).toString().split('\n');
    const other = (more: Record<string, unknown>): string => JSON.stringify({ ...JSON.parse(record) as Record<string, unknown>, ...more });
    const work = [head, 'not JSON', other({ pair: 4_000_000_000 }), other({ decision: 'conflict' }), other({ flags: ['rude'] }), record, record, '{"end":6}'];
    expect(await here.call('review.mergeWork', { path: here.write('edited.jsonl', work.join('\n')) })).toMatchObject({
      merged: 1, unknown: [{ line: 2, reason: 'not JSON' }, { line: 3 }, { line: 4, reason: 'not the work on a pair' }, { line: 5 }, { line: 7, reason: `pair ${await here.pairOf('Guten')} stands in an earlier line already` }],
    });
    const short = await failureOf(here.call('review.mergeWork', { path: here.write('short.jsonl', work.slice(0, -1).join('\n')) }));
    expect(short).toMatchObject({ code: 'malformed-input', message: expect.stringContaining('is not whole') });
  });
});

describe('agreement and evidence', () => {
  it('agreement of those who judged the same pairs, by decision and by an ordered label', async () => {
    const ben = (await here.call('review.addAnnotator', { name: 'ben' })).id;
    const asked = { origin: here.origin, scheme: 'elrc', seed: 7 };
    expect(await here.call('review.agreement', asked)).toMatchObject({ pairs: 0, percent: 'too-few', cohen: 'too-few', krippendorff: 'too-few', ordinal: null, of: [], matrix: [] });
    for (const [words, one, other] of [['Guten', 'V', 'V'], ['Das', 'V', 'F'], ['Hafen', 'E', 'V'], ['Leuchtturm', 'E', 'E'], ['Kein', 'A', 'A']] as const) {
      await here.judge(words, 'none', here.anna, { label: { scheme: 'elrc', path: [one] } });
      await here.judge(words, 'none', ben, { label: { scheme: 'elrc', path: [other] } });
    }
    await here.judge('=SUM', 'accept');
    const found = await here.call('review.agreement', asked);
    // Labels V V, V F, E V, E E, A A as A=1 E=2 F=3 V=4; figures of the PyPI packages krippendorff 0.9.0 and scikit-learn 1.9.1.
    expect(found).toMatchObject({ pairs: 5, seed: 7, of: [{ first: here.anna, second: ben, pairs: 5 }], matrix: [
      { first: 'accept', second: 'accept', count: 1 }, { first: 'accept', second: 'unsure', count: 1 }, { first: 'reject', second: 'accept', count: 1 }, { first: 'reject', second: 'reject', count: 2 },
    ] });
    const valueOf = (value: typeof found.percent | null): number => (value === null || typeof value === 'string' ? Number.NaN : value.value);
    expect(valueOf(found.percent)).toBeCloseTo(0.6, 12);
    expect(valueOf(found.cohen)).toBeCloseTo(1 / 3, 9);
    expect(valueOf(found.krippendorff)).toBeCloseTo(0.3793103448275862, 9);
    expect(valueOf(found.ordinal)).toBeCloseTo(0.682, 9);
    expect(await here.call('review.agreement', asked)).toEqual(found);
  });

  it('too little evidence is an answer', async () => {
    await here.judge('Guten', 'accept');
    await here.judge('Das', 'unsure');
    const found = await here.call('review.evidence', { origin: here.origin, column: 'score', bands: 5, wanted: 0.9 });
    expect(found).toMatchObject({ column: 'score', judged: 1, cut: null, reason: expect.stringContaining('Only 1 pair') });
    expect(found.bands.map(({ pairs, judged }) => [pairs, judged])).toEqual([[1, 1], [1, 0], [1, 0], [1, 0], [2, 0]]);
    expect(await failureOf(here.call('review.evidence', { origin: here.origin, column: 'score', bands: 0, wanted: 0.9 }))).toMatchObject({ code: 'bad-input' });
    expect(await failureOf(here.call('review.evidence', { origin: here.origin, column: 'none', bands: 5, wanted: 0.9 }))).toMatchObject({ code: 'bad-input' });
  });

  it('places the run’s cut, keeps the evidence with the run and in the manifest; undo gives back both', async () => {
    const { run, first } = mined(here, 400);
    const origin = { run };
    // Margins rise with the pair: of the lower half every second pair is right, of the upper half all.
    const judge = (decision: 'accept' | 'reject', pairs: readonly number[]) => here.call('review.judge', { origin, pairs: pairs.map((pair) => first + pair), annotator: here.anna, decision, label: null, reason: null, adjudicate: false });
    const tenths = Array.from({ length: 40 }, (_, at) => at * 10);
    await judge('reject', tenths.filter((pair) => pair < 200 && pair % 20 === 0));
    await judge('accept', tenths.filter((pair) => pair >= 200 || pair % 20 !== 0));
    const asked = { column: 'margin', bands: 10, wanted: 0.95 };
    const { withheld, ...found } = await here.call('review.evidence', { origin, ...asked });
    expect(withheld).toBe(0);
    if (found.cut === null) throw new Error(found.reason ?? '');
    expect(found.cut).toBeGreaterThan(1.15);
    expect(found.cut).toBeLessThan(1.21);
    const before = await here.call('mine.run', { run });
    await here.call('review.cutByEvidence', { run, cut: found.cut, wanted: 0.95, bands: 10 });
    const after = await here.call('mine.run', { run });
    const kept = Array.from({ length: 400 }, (_, at) => 1 + at / 1_000).filter((margin) => margin >= (found.cut ?? 0)).length;
    expect(after).toMatchObject({ cut: found.cut, cutBy: 'user', counts: { kept, dropped: 400 - kept }, threshold: { evidence: { placed: found.cut, wanted: 0.95, ...found } } });
    const { job } = await here.call('export.start', { origin, predicate: null, format: 'tsv', path: join(here.folder, 'cut.tsv'), columns: [], overwrite: false });
    expect(await settled(here.client, job)).toMatchObject({ state: 'done' });
    const manifest = JSON.parse(readFileSync(join(here.folder, 'cut.tsv.manifest.json'), 'utf8')) as { readonly run: { readonly threshold: { readonly evidence: Record<string, unknown> } } };
    expect(manifest.run.threshold.evidence).toMatchObject({ placed: found.cut, wanted: 0.95, judged: 40 });
    expect(manifest.run.threshold.evidence).not.toHaveProperty('curve');
    await here.call('project.undo', {});
    expect(await here.call('mine.run', { run })).toEqual(before);
    await here.call('project.redo', {});
    expect(await here.call('mine.run', { run })).toEqual(after);
  });
});

import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PairOrigin, PairRow, Predicate } from '../../main/contract/pairs.ts';
import { defaultMineSettings } from '../../main/contract/mine.ts';
import { projectRoot } from './cli-support.ts';
import type { Page } from './served-support.ts';

/** What a person does in one sitting, for scripts/bench/soak.ts: a project made, filled, mined, judged, exported, emptied, closed and thrown away. */

export type Random = () => number;

/** A page that counts its calls and, where one fails, says which. */
export type Counter = { calls: number; readonly failures: Map<string, number> };

const couples = [['de', 'en'], ['fr', 'en'], ['es', 'de'], ['zh', 'en'], ['ar', 'en'], ['fr', 'es']] as const;

type Desk = { readonly page: Page; readonly random: Random; readonly folder: string; readonly origin: PairOrigin; readonly run: number; readonly collections: readonly number[]; readonly annotator: number };

/** Sits down for `calls` calls; resolves when the project is closed and its files are gone. */
export const oneSitting = async (number: number, calls: number, folder: string, page: Page, visit: () => Promise<Page>, counter: Counter, random: Random): Promise<void> => {
  const until = counter.calls + calls;
  const path = join(folder, `sitting-${number}`);
  await page.call('project.create', { path });
  const [source, target] = couples[number % couples.length] ?? couples[0];
  const collections = [await importLanguage(page, folder, source), await importLanguage(page, folder, target)] as const;
  const { job, run } = await page.call('mine.start', { source: collections[0], target: collections[1], settings: { ...defaultMineSettings, encoder: 'use-multilingual-v3' }, plan: null, name: null });
  const watching = watchRun(page, run, random);
  await done(page, job);
  await watching;
  const annotator = (await page.call('review.addAnnotator', { name: `person ${number}` })).id;
  const desk: Desk = { page, random, folder, origin: { run }, run, collections, annotator };
  for (const { perform } of acts) await perform(desk);
  let visitor: Page | undefined;
  while (counter.calls < until) {
    visitor ??= await visit();
    await Promise.all([act(desk), act({ ...desk, page: visitor })]);
    if (random() < 0.05) { visitor.close(); visitor = undefined; }
  }
  visitor?.close();
  await page.call('mine.remove', { run });
  for (const collection of collections) await page.call('corpora.remove', { collection });
  await page.call('jobs.clear', {});
  await page.call('project.close', {});
  rmSync(`${path}.dragoman`, { force: true });
  rmSync(`${path}.dragoman.d`, { recursive: true, force: true });
};

const importLanguage = async (page: Page, folder: string, language: string): Promise<number> => {
  const path = join(folder, `${language}.txt`);
  const lines = readFileSync(join(projectRoot, 'resources', 'sample', `${language}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[1] ?? '');
  writeFileSync(path, `${lines.join('\n')}\n`);
  const [preview] = await page.call('corpora.inspect', { paths: [path] });
  if (preview === undefined) throw new Error(`${path} cannot be read.`);
  const { job, collection } = await page.call('corpora.import', { name: `town ${language}`, files: [{ ...preview.file, options: { ...preview.file.options, language } }] });
  await done(page, job);
  return collection;
};

const done = async (page: Page, job: number): Promise<void> => {
  for (;;) {
    const now = await page.call('jobs.get', { job });
    if (now.state === 'done') return;
    if (['failed', 'cancelled', 'interrupted'].includes(now.state)) throw new Error(`${now.title}: ${now.state}: ${now.failure?.message ?? ''}`);
    await new Promise((go) => { setTimeout(go, 50); });
  }
};

/** What the page asks for while a run goes on; before its first pairs there is nothing to see. */
const watchRun = async (page: Page, run: number, random: Random): Promise<void> => {
  for (let look = 0; look < 5; look += 1) {
    await page.call('mine.partial', { run });
    await new Promise((go) => { setTimeout(go, 100 * random()); });
  }
};

const act = async (desk: Desk): Promise<void> => {
  let left = desk.random() * acts.reduce((sum, { weight }) => sum + weight, 0);
  await acts.find(({ weight }) => { left -= weight; return left < 0; })?.perform(desk);
};

const predicates: readonly Predicate[] = [
  { kind: 'kept', value: true }, { kind: 'number', column: 'margin', relation: '>', value: 1.05 }, { kind: 'text', side: 'either', contains: 'ar', matchCase: false },
  { kind: 'text', side: 'source', contains: '\\p{Lu}\\w+', matchCase: true, how: 'regex' }, { kind: 'decision', by: null, value: 'accept' }, { kind: 'mark', mark: 'edited', value: false },
  { kind: 'all', of: [{ kind: 'number', column: 'cosine', relation: '>', value: 0.6 }, { kind: 'not', of: { kind: 'decision', by: null, value: 'reject' } }] },
];

const some = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('an empty list');
  return value;
};

const rows = async ({ page, origin, random }: Desk): Promise<readonly PairRow[]> => {
  const { view, count } = await page.call('pairs.view', { origin, predicate: random() < 0.5 ? null : some(random, predicates), sort: random() < 0.5 ? null : { column: 'margin', descending: true } });
  if (count === 0) return [];
  return (await page.call('pairs.page', { view, from: Math.floor(random() * count), count: 100 })).rows;
};

/** A pair of the run, or undefined where the filter that was drawn shows none. */
const onePair = async (desk: Desk): Promise<{ readonly row: PairRow; readonly on: { readonly origin: PairOrigin; readonly pair: number; readonly annotator: number } } | undefined> => {
  const row = (await rows(desk))[0];
  return row === undefined ? undefined : { row, on: { origin: desk.origin, pair: row.id, annotator: desk.annotator } };
};

/** What is done at a desk, and how often; everything once at the beginning of a sitting, so that the first sittings load whatever is loaded late. */
const acts: readonly { readonly weight: number; readonly perform: (desk: Desk) => Promise<unknown> }[] = [
  { weight: 3, perform: rows },
  { weight: 1, perform: ({ page, origin, random }) => page.stream('pairs.count', { origin, predicate: some(random, predicates) }) },
  { weight: 1, perform: ({ page, origin, random }) => page.call('pairs.facets', { origin, predicate: some(random, predicates), by: null }) },
  { weight: 1, perform: ({ page, origin, random }) => page.call('pairs.histogram', { origin, column: 'margin', bins: 100, minimum: null, maximum: null, predicate: random() < 0.5 ? null : some(random, predicates) }) },
  { weight: 1, perform: async (desk) => {
    const pairs = (await rows(desk)).slice(0, 1 + Math.floor(desk.random() * 20)).map(({ id }) => id);
    if (pairs.length > 0) await desk.page.call('review.judge', { origin: desk.origin, pairs, annotator: desk.annotator, decision: some(desk.random, ['accept', 'reject', 'unsure']), label: null, reason: null, adjudicate: false });
  } },
  { weight: 1, perform: async (desk) => {
    const found = await onePair(desk);
    if (found === undefined) return;
    await desk.page.call('review.comment', { ...found.on, text: 'Is this the same boat?' });
    await desk.page.call('review.edit', { ...found.on, side: 'target', text: `${found.row.target.text} ${randomBytes(3).toString('hex')}` });
    await desk.page.call('review.history', found.on);
  } },
  { weight: 1, perform: async (desk) => {
    const found = await onePair(desk);
    if (found === undefined) return;
    await desk.page.call('review.check', { origin: desk.origin, pair: found.row.id, draft: null });
    await desk.page.call('mine.explain', { run: desk.run, pair: found.row.id });
    await desk.page.call('review.wordLinks', { source: found.row.source, target: found.row.target });
    await desk.page.call('review.similar', { origin: desk.origin, pair: found.row.id, side: 'source', count: 10 });
  } },
  { weight: 1, perform: async (desk) => {
    // Whoever undoes has done something before: so the imports and the run, which are undoable too, stay.
    const found = await onePair(desk);
    if (found === undefined) return;
    await desk.page.call('review.flag', { origin: desk.origin, pairs: [found.row.id], annotator: desk.annotator, flag: 'flagged', value: desk.random() < 0.5 });
    await desk.page.call('project.undo', {});
    if (desk.random() < 0.5) await desk.page.call('project.redo', {});
  } },
  { weight: 1, perform: async ({ page, run, random }) => { await page.call('mine.cutPreview', { run, cut: 1 + 0.1 * random() }); await page.call('mine.cut', { run, cut: 1 + 0.1 * random() }); } },
  { weight: 1, perform: async ({ page }) => { await page.call('project.status', {}); await page.call('project.history', { before: null, count: 100 }); } },
  { weight: 1, perform: async ({ page }) => { await page.call('project.hostFacts', {}); await page.call('models.list', {}); await page.call('jobs.list', {}); } },
  { weight: 1, perform: ({ page, collections, random }) => page.call('corpora.sentences', { collection: some(random, collections), from: Math.floor(random() * 200), count: 100 }) },
  { weight: 0.2, perform: async ({ page, origin, random, annotator }) => {
    const queue = await page.call('review.openQueue', { origin, name: 'a look', predicate: null, sampling: { kind: 'random', count: 50, seed: Math.floor(random() * 1000) }, scheme: 'accept-reject', annotators: [], overlap: 0, blind: false, annotator });
    await page.call('pairs.page', { view: queue.view, from: 0, count: 50 });
    await page.call('review.removeQueue', { queue: queue.id });
  } },
  { weight: 0.2, perform: async ({ page, origin, annotator }) => {
    const predicate: Predicate = { kind: 'decision', by: null, value: 'none' };
    const { count } = await page.stream('pairs.count', { origin, predicate });
    if (count === 0) return;
    await page.stream('review.bulkApply', { origin, predicate, action: { kind: 'decide', decision: 'accept', reason: null }, excluded: [], annotator });
    await page.call('project.undo', {});
  } },
  { weight: 0.1, perform: async ({ page, origin }) => { await done(page, (await page.call('review.runChecks', { origin })).job); } },
  { weight: 0.2, perform: async ({ page, origin, folder, random }) => {
    const path = join(folder, `out-${randomBytes(4).toString('hex')}.${some(random, ['tsv', 'jsonl', 'tsv.gz'])}`);
    const { job } = await page.call('export.start', { origin, predicate: null, format: path.endsWith('jsonl') ? 'jsonl' : 'tsv', path, columns: ['margin'], review: true, overwrite: true });
    await done(page, job);
    const { files, manifest } = await page.call('export.result', { job });
    for (const written of [...files.map((file) => file.path), manifest]) rmSync(written, { force: true });
  } },
];

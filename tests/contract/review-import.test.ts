import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Predicate } from '../../main/contract/pairs.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** Many decisions from a table: enough for the import to be on its way when somebody cancels it. */
const size = 30_000;
let bench: Bench;
let origin: { readonly collection: number };
let annotator = 0;
const call: Bench['client']['call'] = (...asked) => bench.client.call(...asked);
const file = (name: string, header: string, line: (at: number) => string): string => {
  const path = join(bench.folder, name);
  writeFileSync(path, `${header}\n${Array.from({ length: size }, (_, at) => line(at)).join('\n')}\n`);
  return path;
};

beforeEach(async () => {
  bench = await openBench();
  await call('project.create', { path: join(bench.folder, 'one') });
  const [preview] = await call('corpora.inspect', { paths: [file('pairs.tsv', 'source\ttarget', (at) => `Seite ${at}\tpage ${at}`)] });
  if (preview === undefined) throw new Error('no preview');
  const { job, collection } = await call('corpora.import', { name: 'pages', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de', targetLanguage: 'en' } }] });
  await settled(bench.client, job);
  origin = { collection };
  annotator = (await call('review.addAnnotator', { name: 'anna' })).id;
});
afterEach(() => bench.close());

const operations = () => bench.workbench.current.get().operations;
const count = async (predicate: Predicate): Promise<number> => (await bench.client.stream('pairs.count', { origin, predicate })).count;
const facts = async () => ({
  accepted: await count({ kind: 'decision', by: annotator, value: 'accept' }), edited: await count({ kind: 'mark', mark: 'edited', value: true }), commented: await count({ kind: 'mark', mark: 'commented', value: true }),
});

it('cancelled on its way it answers at once and keeps nothing; done again it is one entry, whichever order the table has', async () => {
  const path = file('decisions.tsv', 'source\ttarget\tsource_original\ttarget_original\tdecision\tcomments', (at) => { const no = (at * 7_919) % size; return `Seite ${no}\tleaf ${no}\tSeite ${no}\tpage ${no}\taccept\tno ${no}`; });
  const stop = new AbortController();
  const importing = call('review.importDecisions', { origin, path, annotator }, { signal: stop.signal }).then(() => 'done', (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)));
  await expect.poll(() => operations().history(null, 1)[0]?.state, { timeout: 30_000, interval: 1 }).toBe('applying');
  stop.abort();
  expect(await importing).toBe('Cancelled.');
  await operations().settled();
  expect(await facts()).toEqual({ accepted: 0, edited: 0, commented: 0 });
  expect((await call('project.history', { before: null, count: 9 })).map(({ title }) => title)).toEqual(['Imported pages']);

  expect(await call('review.importDecisions', { origin, path, annotator })).toEqual({ merged: size, unchanged: 0, conflicts: 0, unknown: [], unlisted: 0 });
  expect(await facts()).toEqual({ accepted: size, edited: size, commented: size });
  expect(await call('review.importDecisions', { origin, path, annotator })).toMatchObject({ merged: 0, unchanged: size });
  await call('project.undo', {});
  expect(await facts()).toEqual({ accepted: 0, edited: 0, commented: 0 });
});

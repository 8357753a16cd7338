import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, settled, type Bench } from '../support.ts';

let bench: Bench;
beforeAll(async () => { bench = await openBench(); });
afterAll(() => bench.close());

test('a diagnostic bundle says kinds and states, and nothing that belongs to the user', async () => {
  const { client, folder } = bench;
  const file = join(folder, 'geheimer-kunde.txt');
  writeFileSync(file, 'Der Hafen schläft.\nDie Fähre kommt später.\n');
  await client.call('project.create', { path: join(folder, 'vertraulich.dragoman') });
  const [preview] = await client.call('corpora.inspect', { paths: [file] });
  if (preview === undefined) throw new Error('There is no preview.');
  const { job } = await client.call('corpora.import', { name: 'akten-mandant', files: [{ ...preview.file, options: { ...preview.file.options, language: 'de' } }] });
  await settled(client, job);
  const path = join(folder, 'bundle.json');
  const saved = await client.call('project.saveDiagnostics', { path, settings: { theme: 'dark', note: file } });
  const text = readFileSync(path, 'utf8');
  expect(saved).toEqual({ path, bytes: Buffer.byteLength(text) });
  expect(['geheimer', 'vertraulich', 'mandant', 'Hafen', 'Fähre', folder].filter((secret) => text.includes(secret))).toEqual([]);
  expect(JSON.parse(text)).toMatchObject({
    format: 'dragoman-diagnostics-1', versions: { program: 'test', node: process.versions.node }, host: { kind: 'served' }, project: { collections: 1, sentences: 2, pairs: 0 },
    jobs: [{ kind: 'import', state: 'done', failure: null }], settings: { theme: 'dark', note: '[path]' }, ends: [],
  });
});

test('it is written where the page may write only', async () => {
  await expect(bench.client.call('project.saveDiagnostics', { path: '/etc/dragoman-diagnostics.json', settings: {} })).rejects.toMatchObject({ data: { code: 'file-outside-roots' } });
});

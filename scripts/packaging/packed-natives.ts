/**
 * Loads the native packages of a packaged program under plain Node, as its own built files would, and lets each do something small.
 *
 * `node packed-natives.ts NAME PROGRAM RESOURCES FOLDER` runs one of `nativeChecks` and prints what it saw; one process each, because a native
 * package that fails may take its process along.
 */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Tensor } from 'onnxruntime-node';

type Place = { readonly need: NodeJS.Require; readonly resources: string; readonly folder: string };

const expect = (holds: boolean, what: string): void => { if (!holds) throw new Error(what); };

/** A database on disk with a full-text table, closed and opened again. */
const sqlite = ({ need, folder }: Place): string => {
  const Database = need('better-sqlite3') as typeof import('better-sqlite3');
  const path = join(folder, 'smoke.dragoman');
  const first = new Database(path);
  first.pragma('journal_mode = WAL');
  first.exec(`CREATE VIRTUAL TABLE text USING fts5(body); INSERT INTO text VALUES ('Der Leuchtturm schließt.'), ('The ferry leaves.')`);
  first.close();
  const again = new Database(path, { readonly: true });
  const found = again.prepare(`SELECT body FROM text WHERE text MATCH 'leuchtturm'`).pluck().all();
  const version = String(again.prepare('SELECT sqlite_version()').pluck().get());
  again.close();
  expect(found.length === 1, `the search found ${found.length} rows instead of 1`);
  return `SQLite ${version}, full-text search`;
};

/** The nearest of two rows for each of two rows, by a graph of 371 bytes. */
const onnxruntime = async ({ need }: Place): Promise<string> => {
  const runtime = need('onnxruntime-node') as typeof import('onnxruntime-node');
  const session = await runtime.InferenceSession.create(readFileSync(new URL('../../resources/graphs/knn-forward.onnx', import.meta.url)), { executionProviders: ['cpu'] });
  const tensor = (values: readonly number[]): Tensor => new runtime.Tensor('float32', Float32Array.from(values), [2, 3]);
  const result = await session.run({ q: tensor([1, 2, 3, 4, 5, 6]), b: tensor([1, 0, 0, 0, 1, 1]), forward_keep: new runtime.Tensor('int64', [1n], [1]) });
  const values = [...((result['forward_values']?.data ?? []) as Float32Array)];
  expect(values.join() === '5,11', `the graph gave ${values.join()} instead of 5,11`);
  return `${runtime.listSupportedBackends().map(({ name }) => name).join(', ')}; a graph computed`;
};

/** Both models' tokenizers: there and back. */
const tokenizers = ({ need, resources }: Place): Promise<string> => {
  const { Tokenizer } = need('tokenizers') as { readonly Tokenizer: { fromString(json: string): { encode(text: string): Promise<{ getIds(): number[] }>; decode(ids: number[], skip: boolean): Promise<string> } } };
  const text = 'Bei Sturmwarnung bleibt der Leuchtturm geschlossen.';
  const models = readdirSync(join(resources, 'models'));
  return Promise.all(models.map(async (id) => {
    const tokenizer = Tokenizer.fromString(tokenizerOf(join(resources, 'models', id)));
    const ids = (await tokenizer.encode(text)).getIds();
    const back = (await tokenizer.decode(ids, true)).trim();
    expect(back.includes(text), `${id} turns the sentence into "${back}"`);
    return `${id} ${ids.length} tokens`;
  })).then((all) => all.join(', '));
};

const tokenizerOf = (folder: string): string => {
  const name = readdirSync(folder).find((file) => /^tokenizer\.json(?:\.gz)?$/.test(file)) ?? 'tokenizer.json';
  const bytes = readFileSync(join(folder, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const [count, dimension] = [200, 16];
/** A vector for each number, all of them different. */
const vector = (number: number): Float32Array => Float32Array.from({ length: dimension }, (_, at) => Math.sin(number * 1.7 + at * (1 + number / 100)));

const usearch = ({ need }: Place): string => {
  const { Index, MetricKind } = need('usearch') as typeof import('usearch');
  const index = new Index({ dimensions: dimension, metric: MetricKind.Cos, quantization: 'f32' as never, connectivity: 16, expansion_add: 128, expansion_search: 64, multi: false });
  for (let number = 0; number < count; number += 1) index.add(BigInt(number), vector(number));
  const { keys } = index.search(vector(123), 1, 0);
  expect(keys[0] === 123n, `the nearest of 123 is ${String(keys[0])}`);
  return `${count} vectors, nearest found`;
};

const hnswlib = ({ need }: Place): string => {
  const { HierarchicalNSW } = need('hnswlib-node') as typeof import('hnswlib-node');
  const index = new HierarchicalNSW('cosine', dimension);
  index.initIndex(count);
  for (let number = 0; number < count; number += 1) index.addPoint([...vector(number)], number);
  const { neighbors } = index.searchKnn([...vector(123)], 1);
  expect(neighbors[0] === 123, `the nearest of 123 is ${String(neighbors[0])}`);
  return `${count} vectors, nearest found`;
};

const sentencex = ({ need }: Place): string => {
  const { segment } = need('sentencex') as { segment(language: string, text: string): readonly string[] };
  const found = segment('de', 'Am 3. Mai kam Dr. Holm. Die Fähre fuhr um acht.').map((one) => one.trim()).filter((one) => one !== '');
  expect(found.length === 2, `it found ${found.length} sentences instead of 2: ${found.join(' | ')}`);
  return '2 sentences told apart';
};

export const nativeChecks = { 'better-sqlite3': sqlite, 'onnxruntime-node': onnxruntime, tokenizers, usearch, 'hnswlib-node': hnswlib, sentencex } as const;

if (import.meta.main) {
  const [name = '', program = '', resources = '', folder = ''] = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  const check = Object.entries(nativeChecks).find(([known]) => known === name)?.[1];
  if (check === undefined) throw new Error(`There is no check of ${name}.`);
  console.log(await check({ need: createRequire(join(program, 'out/main/engine.js')), resources, folder }));
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../main/contract/errors.ts';
import { workbenchContract, type WorkbenchContract } from '../../main/contract/workbench.ts';
import type { Client } from '../../main/rpc/client.ts';
import { openBench, settled, type Bench } from '../support.ts';

/** The same calls over every transport: a page cannot tell them apart. Outputs are checked against the contract by the workbench of the tests. */
const transports: readonly (readonly [string, (bench: Bench) => Promise<Client<WorkbenchContract>>])[] = [
  ['the in-memory pipe', (bench) => Promise.resolve(bench.byPipe())],
  ['a MessageChannel', (bench) => Promise.resolve(bench.byPort())],
  ['the WebSocket', (bench) => bench.bySocket()],
];

const code = (thrown: unknown): string => (thrown instanceof Failure ? thrown.data.code : String(thrown));

describe.each(transports)('over %s', (_name, dial) => {
  let bench: Bench;
  let client: Client<WorkbenchContract>;

  beforeAll(async () => {
    bench = await openBench();
    client = await dial(bench);
  });
  afterAll(() => bench.close());

  test('nothing is open at first, and rooms say so', async () => {
    expect(await client.call('project.status', {})).toMatchObject({ path: null, pairs: 0 });
    expect(code(await client.call('corpora.list', {}).catch((error: unknown) => error))).toBe('no-project');
  });

  test('a project is made, a file imported, renamed, undone and redone', async () => {
    const touched: string[] = [];
    client.on('project.touched', ({ touches }) => touched.push(...touches));
    const status = await client.call('project.create', { path: join(bench.folder, 'first') });
    expect(status).toMatchObject({ name: 'first', sentences: 0 });
    writeFileSync(join(bench.folder, 'letters.de.txt'), 'Guten Morgen, liebe Nachbarn.\nDas Boot fährt um acht.\nGuten Morgen, liebe Nachbarn.\n');
    const [preview] = await client.call('corpora.inspect', { paths: [join(bench.folder, 'letters.de.txt')] });
    if (preview === undefined) throw new Error('no preview');
    expect(preview.file.options).toMatchObject({ layout: 'lines', encoding: 'utf-8', language: 'de' });
    const started = await client.call('corpora.import', { name: 'letters', files: [preview.file] });
    expect(await settled(client, started.job)).toMatchObject({ state: 'done' });
    expect(await client.call('corpora.list', {})).toMatchObject([{ name: 'letters', lines: 3, size: 2, merged: 1, malformed: 0, state: 'ready' }]);
    const page = await client.call('corpora.sentences', { collection: started.collection, from: 0, count: 10 });
    expect(page.rows.map((row) => [row.text, row.count, row.line])).toEqual([['Guten Morgen, liebe Nachbarn.', 2, 1], ['Das Boot fährt um acht.', 1, 2]]);
    await client.call('corpora.rename', { collection: started.collection, name: 'old letters' });
    expect((await client.call('project.status', {})).undo?.title).toContain('old letters');
    await client.call('project.undo', {});
    expect((await client.call('corpora.list', {}))[0]?.name).toBe('letters');
    await client.call('project.redo', {});
    expect((await client.call('corpora.list', {}))[0]?.name).toBe('old letters');
    expect(touched).toContain('collections');
  });

  test('removing a collection is undone too', async () => {
    const [collection] = await client.call('corpora.list', {});
    if (collection === undefined) throw new Error('no collection');
    await client.call('corpora.remove', { collection: collection.id });
    expect(await client.call('corpora.list', {})).toEqual([]);
    await client.call('project.undo', {});
    expect(await client.call('corpora.list', {})).toHaveLength(1);
  });

  test('a path outside the roots is refused, also through a file that does not exist yet', async () => {
    for (const path of ['/etc/passwd', join(bench.folder, '..', 'elsewhere.dragoman'), '/']) {
      expect(code(await client.call('project.open', { path }).catch((error: unknown) => error))).toBe('file-outside-roots');
      expect(code(await client.call('project.browse', { folder: path }).catch((error: unknown) => error))).toBe('file-outside-roots');
    }
  });

  test('five hundred pairs of every script arrive as they were written', async () => {
    const kinds = ['Straße\tStreet', 'A\u0308pfel\tÄpfel', '🍎👩‍👩‍👧\tapple', 'שלום\tسلام', '𠀀𪛖\tना', 'a\u2028b\tc d'];
    const written = Array.from({ length: 500 }, (_, i) => `${kinds[i % kinds.length] ?? ''} ${i}`);
    writeFileSync(join(bench.folder, 'all.tsv'), `${written.join('\n')}\n`);
    const column = (index: number, role: 'source' | 'target') => ({ index, name: role, role });
    const options = { layout: 'columns', compression: 'none', encoding: 'utf-8', header: false, columns: [column(0, 'source'), column(1, 'target')], language: 'de', targetLanguage: 'en', split: 'none' } as const;
    const { collection, job } = await client.call('corpora.import', { name: 'all', files: [{ path: join(bench.folder, 'all.tsv'), targetPath: null, options: { ...options, columns: [...options.columns] } }] });
    expect(await settled(client, job)).toMatchObject({ state: 'done' });
    const { view, count } = await client.call('pairs.view', { origin: { collection }, predicate: null, sort: null });
    const { rows } = await client.call('pairs.page', { view, from: 0, count: 500 });
    expect([count, rows.map(({ source, target }) => `${source.text}\t${target.text}`)]).toEqual([500, written]);
  });

  test('a stream can be cancelled, and counts what it was asked for', async () => {
    const [bitext] = (await client.call('corpora.list', {})).filter(({ name }) => name === 'all');
    const origin = { collection: bitext?.id ?? 0 };
    const predicate = { kind: 'text', side: 'source', contains: 'apfel', matchCase: false, how: 'regex' } as const;
    expect(await client.stream('pairs.count', { origin, predicate: { ...predicate, contains: '^🍎' } })).toMatchObject({ count: 83, total: 500 });
    const controller = new AbortController();
    const counting = client.stream('pairs.count', { origin, predicate }, { signal: controller.signal });
    controller.abort();
    expect(code(await counting.catch((error: unknown) => error))).toBe('cancelled');
  });

  test('every page hears what another one changed, and a page that has left nothing', async () => {
    const other = await dial(bench);
    const heard: string[] = [];
    const leave = other.on('project.touched', ({ touches }) => heard.push(...touches));
    // Asked and answered: the subscription is there.
    await other.call('project.status', {});
    const [collection] = await client.call('corpora.list', {});
    await client.call('corpora.rename', { collection: collection?.id ?? 0, name: 'renamed' });
    await expect.poll(() => heard).toContain('collections');
    leave();
    await other.call('project.status', {});
    heard.length = 0;
    await client.call('project.undo', {});
    await other.call('project.status', {});
    expect(heard).toEqual([]);
    other.close();
    expect(code(await other.call('project.status', {}).catch((error: unknown) => error))).toBe('link-lost');
    expect(await client.call('project.status', {})).toMatchObject({ name: 'first' });
  });

  test('wrong inputs and unknown methods are answered, not thrown', async () => {
    expect(code(await client.call('corpora.sentences', { collection: 1, from: 0, count: 100_000 }).catch((error: unknown) => error))).toBe('bad-input');
    expect(code(await client.call('no.method' as 'project.status', {}).catch((error: unknown) => error))).toBe('unknown-method');
  });
});

test('every undoable command of the contract is one that the tests of its room undo', () => {
  const undoable = Object.entries(workbenchContract).flatMap(([name, method]) => (method.kind === 'command' && method.undoable ? [name] : []));
  expect(undoable.sort()).toEqual([
    'corpora.extend', 'corpora.import', 'corpora.remove', 'corpora.rename', 'label.decide', 'label.remove', 'mine.cut', 'mine.remove', 'mine.rename', 'review.comment', 'review.cutByEvidence', 'review.edit', 'review.flag', 'review.ignoreCheck',
    'review.importDecisions', 'review.judge', 'review.merge', 'review.mergeWork', 'review.normalise', 'review.restore', 'review.split', 'review.swap',
  ]);
});

test('a project that was made is listed as recent, also by a workbench that starts later', async () => {
  const bench = await openBench();
  try {
    await bench.client.call('project.create', { path: join(bench.folder, 'one') });
    await bench.client.call('project.openSample', { mine: false });
    await bench.client.call('project.close', {});
    const recent = await bench.client.call('project.recent', {});
    expect(recent.map((one) => one.name)).toEqual(['Sample', 'one']);
    expect(recent.every((one) => !one.missing)).toBe(true);
  } finally {
    await bench.close();
  }
});

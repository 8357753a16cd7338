import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from './api.ts';
import { openProject } from './project.ts';
import { createGenerator, failureOf, killAfter, linesFile, spawnChild } from './testing.ts';

let folder = '';
let project: Project;
const path = (): string => join(folder, 'x.dragoman');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-store-'));
  project = openProject(path(), { create: true });
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const monolingual = (name = 'crawl'): number => project.collections.create({ name, kind: 'monolingual', language: 'de', targetLanguage: null });
const finish = (id: number, size: number, files = [linesFile('/data/de.txt')]): void =>
  project.collections.finish(id, { counts: { lines: size, empty: 0, malformed: 0, merged: 0, size }, files, columns: [], state: 'ready' });

describe('collections', () => {
  it('are listed as the contract says, without removed ones and sides', () => {
    const id = monolingual();
    const bitext = project.collections.create({ name: 'europarl', kind: 'bitext', language: 'de', targetLanguage: 'en' });
    expect(project.collections.list().map(({ name, kind, state }) => [name, kind, state])).toEqual([['crawl', 'monolingual', 'importing'], ['europarl', 'bitext', 'importing']]);
    const { source, target } = project.collections.sides(bitext);
    expect(new Set([id, bitext, source, target]).size).toBe(4);
    expect(project.collections.sides(id)).toEqual({ source: id, target: id });
    finish(id, 3);
    project.collections.rename(id, 'crawl 2');
    expect(project.collections.get(id)).toMatchObject({ id, name: 'crawl 2', state: 'ready', lines: 3, size: 3, language: 'de', targetLanguage: null });
    project.collections.setRemoved(id, true);
    expect(failureOf(() => project.collections.get(id)).code).toBe('not-found');
    expect(project.collections.get(id, { removed: true }).name).toBe('crawl 2');
    project.collections.setRemoved(id, false);
    expect(project.collections.get(id).name).toBe('crawl 2');
  });

  it('a bitext needs a target language', () => {
    expect(failureOf(() => project.collections.create({ name: 'x', kind: 'bitext', language: 'de', targetLanguage: null })).code).toBe('bad-input');
    expect(project.collections.list()).toEqual([]);
  });
});

describe('sentences', () => {
  it('merges the same text, keeps every place, and answers to all ids', async () => {
    const id = monolingual();
    const writer = project.sentences.writer(id);
    const ordinals = [['Ja.', 'a1'], ['Nein.', 'a2'], ['Ja.', 'a3'], ['ja.', null], ['Ja.', 'a5']].map(([text, external], at) => writer.add(text ?? '', external ?? null, 0, at + 1));
    expect(ordinals).toEqual([0, 1, 0, 2, 0]);
    expect(await writer.finish()).toEqual({ size: 3, merged: 2 });
    finish(id, 3);
    expect(project.sentences.page(id, 0, 10)).toEqual([
      { ordinal: 0, id: 'a1', text: 'Ja.', count: 3, file: '/data/de.txt', line: 1 },
      { ordinal: 1, id: 'a2', text: 'Nein.', count: 1, file: '/data/de.txt', line: 2 },
      { ordinal: 2, id: '4', text: 'ja.', count: 1, file: '/data/de.txt', line: 4 },
    ]);
    const place = (line: number, external: string) => ({ file: '/data/de.txt', line, id: external });
    expect(project.sentences.occurrences(id, 0, 0, 10)).toEqual({ rows: [place(1, 'a1'), place(3, 'a3'), place(5, 'a5')], total: 3 });
    expect(project.sentences.occurrences(id, 0, 1, 1).rows).toEqual([place(3, 'a3')]);
    expect(project.sentences.occurrences(id, 0, 0, 1).rows).toEqual([place(1, 'a1')]);
    expect([...await project.sentences.ordinalsOfIds(id, ['a5', 'a2', 'nobody', 'a1', '4', 'a5'])]).toEqual([0, 1, -1, 0, 2, 0]);
    expect(project.sentences.idsByOrdinals(id, [2, 0, 2])).toEqual(['4', 'a1', '4']);
    expect(project.sentences.textsByOrdinals(id, [1, 1, 0])).toEqual(['Nein.', 'Nein.', 'Ja.']);
    expect(failureOf(() => project.sentences.textsByOrdinals(id, [3])).code).toBe('not-found');
  });

  it('keeps text byte for byte: other normal forms, line separators, NUL, emoji, right-to-left', async () => {
    const texts = ['é', 'e\u0301', 'a\u0000b', 'a\u2028b', '👩‍👩‍👧', 'שלום', ' é', 'é '];
    const id = monolingual();
    const writer = project.sentences.writer(id);
    texts.forEach((text, at) => writer.add(text, null, 0, at + 1));
    await writer.finish();
    expect(project.sentences.texts(id, 0, 100)).toEqual(texts);
  });

  it('names the file in ids where there are several', async () => {
    const id = monolingual();
    const writer = project.sentences.writer(id);
    writer.add('eins', null, 0, 7);
    writer.add('zwei', null, 1, 7);
    await writer.finish();
    finish(id, 2, [linesFile('/data/a.txt'), linesFile('/data/b.txt')]);
    expect(project.sentences.idsByOrdinals(id, [0, 1])).toEqual(['1:7', '2:7']);
    expect(project.sentences.page(id, 1, 1)[0]?.file).toBe('/data/b.txt');
    expect([...await project.sentences.ordinalsOfIds(id, ['2:7'])]).toEqual([1]);
  });

  it('merges over batches exactly as a set would, also in two collections at once', async () => {
    const random = createGenerator(7);
    const [left, right] = [monolingual('left'), monolingual('right')];
    const writers = [project.sentences.writer(left), project.sentences.writer(right)];
    const known = [new Map<string, number>(), new Map<string, number>()];
    for (let at = 0; at < 60_000; at += 1) {
      const which = at % 2;
      const text = `Satz ${Math.floor(random() * 20_000)}`;
      const expected = known[which]?.get(text) ?? known[which]?.size;
      known[which]?.set(text, expected ?? 0);
      const ordinal = writers[which]?.add(text, null, 0, at + 1);
      if (ordinal !== expected) expect(ordinal).toBe(expected);
    }
    for (const writer of writers) await writer.finish();
    expect(project.sentences.texts(left, 0, 65_536)).toEqual([...known[0]?.keys() ?? []]);
    expect(project.sentences.texts(right, 0, 65_536)).toEqual([...known[1]?.keys() ?? []]);
    expect(project.sentences.count(left)).toBe(known[0]?.size);
    const counted = project.sentences.page(left, 0, 16_384).reduce((sum, { count }) => sum + count, 0) + project.sentences.page(left, 16_384, 16_384).reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(30_000);
  });

  it('a collection has one writer, once', async () => {
    const id = monolingual();
    const writer = project.sentences.writer(id);
    expect(failureOf(() => project.sentences.writer(id)).code).toBe('conflict');
    writer.add('eins', null, 0, 1);
    await writer.finish();
    expect(failureOf(() => project.sentences.writer(id)).code).toBe('conflict');
  });

  it('lists malformed lines in the order they were met', () => {
    const id = monolingual();
    const writer = project.malformed.writer(id);
    for (let at = 0; at < 5_000; at += 1) writer.add(0, at * 2 + 1, 3, 'a column is missing', `Zeile ${at}`);
    writer.flush();
    finish(id, 0);
    expect(project.malformed.page(id, 4_999, 10)).toEqual({ total: 5_000, rows: [{ file: '/data/de.txt', line: 9_999, column: 3, reason: 'a column is missing', excerpt: 'Zeile 4999' }] });
  });
});

describe('half imports and purging', () => {
  it('an import killed half way is dropped at the next open, and its job is interrupted', async () => {
    const kept = monolingual('kept');
    const writer = project.sentences.writer(kept);
    writer.add('bleibt', null, 0, 1);
    await writer.finish();
    finish(kept, 1);
    project.close();
    const child = await spawnChild('import', path());
    await killAfter(child, 30);
    project = openProject(path());
    expect(project.collections.list().map(({ name }) => name)).toEqual(['kept']);
    expect(project.jobs.list().map(({ title, state }) => [title, state])).toEqual([['Import half', 'interrupted']]);
    expect(project.recovered.join(' ')).toContain('half');
    expect((await project.purge()).sentences).toBeGreaterThan(8_000);
    expect(await project.purge()).toEqual({ sentences: 0, pairs: 0 });
    expect(project.sentences.texts(kept, 0, 10)).toEqual(['bleibt']);
    expect(project.totals()).toEqual({ sentences: 1, pairs: 0 });
  });

  it('purging the removed deletes them and the history that could bring them back', async () => {
    const id = monolingual();
    const writer = project.sentences.writer(id);
    for (let at = 0; at < 10_000; at += 1) writer.add(`Satz ${at % 9_000}`, null, 0, at + 1);
    await writer.finish();
    finish(id, 9_000);
    await project.operations.run({ title: 'Removed crawl', annotator: 'a' }, (recorder) => recorder.setCollectionRemoved(id, true));
    expect(await project.purge()).toEqual({ sentences: 0, pairs: 0 });
    expect(await project.purge({ removed: true })).toEqual({ sentences: 9_000, pairs: 0 });
    expect(project.operations.history(null, 10)).toEqual([]);
    expect(failureOf(() => project.collections.get(id, { removed: true })).code).toBe('not-found');
    expect(monolingual()).toBeGreaterThan(id);
  });
});

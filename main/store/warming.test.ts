import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Project } from './api.ts';
import { openProject } from './project.ts';
import { runOf } from './testing.ts';

const size = 5_000;
let folder = '';
let project: Project;
let origin: PairOrigin;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dragoman-warming-'));
  project = openProject(join(folder, 'x.dragoman'), { create: true });
  const collection = project.collections.create({ name: 'de', kind: 'monolingual', language: 'de', targetLanguage: null });
  const sentences = project.sentences.writer(collection);
  for (let at = 0; at < size; at += 1) sentences.add(`${'😀é'.repeat(at % 7)}${at}`, null, 0, at + 1);
  await sentences.finish();
  project.collections.finish(collection, { counts: { lines: size, empty: 0, malformed: 0, merged: 0, size }, files: [], columns: [], state: 'ready' });
  origin = { run: project.runs.create(runOf({ source: collection, target: collection, cut: null })).id };
  const writer = project.pairs.writer(origin, { source: collection, target: collection });
  writer.append(Uint32Array.from({ length: size }, (_, at) => at), Uint32Array.from({ length: size }, (_, at) => size - 1 - at));
  writer.finish();
});
afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const longerThan = (value: number) => project.pairs.count(origin, { kind: 'number', column: 'sourceLength', relation: '>', value });
/** Code points. */
const expected = (value: number): number => Array.from({ length: size }, (_, at) => (at % 7) * 2 + String(at).length).filter((length) => length > value).length;

it('answers the same whether it was asked in the middle of warming, after it, or without', async () => {
  project.pairs.warm(origin);
  project.pairs.warm(origin);
  for (const value of [3, 9, 15]) {
    expect(await longerThan(value)).toBe(expected(value));
    await new Promise((go) => { setTimeout(go, 30); });
  }
});

it('ends quietly with the project, and of pairs that are not there', async () => {
  project.pairs.warm({ run: 99 });
  project.pairs.warm(origin);
  project.close();
  await new Promise((go) => { setTimeout(go, 60); });
  project = openProject(join(folder, 'x.dragoman'));
  expect(await longerThan(9)).toBe(expected(9));
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDragoman } from '../run-dragoman.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'dragoman-doctor-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sentences = { source: ['Der Leuchtturmwärter Quintus schläft am Vormittag.', 'Am Kai liegen zwölf blaue Kisten.'], target: ['Quintus the lighthouse keeper sleeps in the morning.', 'Twelve blue crates lie on the quay.'] };

test('doctor --bundle writes what happened in a project, and not one byte of its texts, names and paths', async () => {
  for (const [side, lines] of Object.entries(sentences)) writeFileSync(join(folder, `mandant-${side}.txt`), `${lines.join('\n')}\n`);
  const project = join(folder, 'vertraulich.dragoman');
  const mined = await runDragoman(folder, ['mine', '--project', project, '--source', join(folder, 'mandant-source.txt'), '--target', join(folder, 'mandant-target.txt'),
    '--source-language', 'de', '--target-language', 'en', '--encoder', 'use-multilingual-v3', '--out', join(folder, 'paare.tsv'), '--threshold', '0']);
  expect(mined).toMatchObject({ code: 0 });
  // The words that must not leave are in the project, so that their absence says something.
  expect(readFileSync(project).includes('Leuchtturmwärter')).toBe(true);

  const failed = await runDragoman(folder, ['mine', '--project', project, '--source', join(folder, 'mandant-fehlt.txt'), '--target', join(folder, 'mandant-target.txt'), '--source-language', 'de', '--target-language', 'en', '--out', join(folder, 'nichts.tsv')]);
  expect(failed.code).toBe(1);

  const bundle = join(folder, 'bundle.json');
  const { code, error } = await runDragoman(folder, ['doctor', '--project', project, '--bundle', bundle]);
  expect([code, error]).toEqual([0, expect.stringContaining('Read it before you send it.')]);
  const bytes = readFileSync(bundle);
  const words = [...Object.values(sentences).flat().flatMap((sentence) => sentence.split(/[ .]+/u)), 'mandant', 'vertraulich', 'paare', 'nichts'].filter((word) => word.length > 5);
  expect(words.length).toBeGreaterThan(12);
  expect([...words, folder, basename(folder)].filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')) || bytes.includes(JSON.stringify(word).slice(1, -1)))).toEqual([]);
  expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({
    format: 'dragoman-diagnostics-1', project: { collections: 2, sentences: 4 }, jobs: expect.arrayContaining([expect.objectContaining({ kind: 'mine', state: 'done' })]),
  });
}, 120_000);

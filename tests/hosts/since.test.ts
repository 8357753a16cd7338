import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, runDragoman } from '../run-dragoman.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'dragoman-since-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dragoman = (...argv: readonly string[]) => runDragoman(folder, argv);

const crawl = (language: string, lines: number): string => {
  const path = join(folder, `${language}-${lines}.tsv`);
  writeFileSync(path, `${readFileSync(join(projectRoot, 'resources', 'sample', `${language}.tsv`), 'utf8').trimEnd().split('\n').slice(0, lines).join('\n')}\n`);
  return path;
};

const mine = (lines: number, out: string, ...more: readonly string[]) => dragoman(
  'mine', '--source', crawl('de', lines), '--target', crawl('en', lines), '--source-language', 'de', '--target-language', 'en', '--out', join(folder, out),
  '--encoder', 'use-multilingual-v3', '--provider', 'cpu', '--threshold', '1', '--json', ...more);

describe('dragoman mine --since', () => {
  test('compares what is new since a run of the project, and a replay makes both runs again', async () => {
    const project = ['--project', join(folder, 'crawls.dragoman')];
    expect((await mine(220, 'first.tsv', ...project)).code).toBe(0);
    const second = await mine(300, 'second.tsv', ...project, '--since', 'last');
    expect(second.error).toContain('80 new sources and 80 new targets are compared');
    expect(second.code).toBe(0);
    const summary = JSON.parse(second.out) as { counts: { encoded: number; reused: number }; warnings: { kind: string; text: string }[]; refinement: Record<string, unknown> };
    expect(summary.counts).toMatchObject({ encoded: 160, reused: 440 });
    expect(summary.warnings.map((warning) => warning.text).join(' ')).toContain('80 new sources, 80 new targets; only these were compared');
    expect(summary.refinement).toMatchObject({ meansFrozen: true, meansSourceSentences: 220 });
    const replayed = await dragoman('replay', join(folder, 'second.tsv.manifest.json'), '--json');
    expect(replayed.error).not.toContain('Other bytes');
    expect(replayed.code).toBe(0);
    expect(readFileSync(join(folder, 'second.replayed.tsv'))).toEqual(readFileSync(join(folder, 'second.tsv')));
  }, 120_000);

  test('names its mistakes before any work', async () => {
    const alone = await mine(220, 'x.tsv', '--since', 'last');
    expect(alone).toMatchObject({ code: 2 });
    expect(alone.error).toContain('--since needs --project');
    const empty = await mine(220, 'x.tsv', '--since', '7', '--project', join(folder, 'empty.dragoman'));
    expect(empty).toMatchObject({ code: 2 });
    expect(empty.error).toContain("--since 7: the project's finished runs are none");
  }, 60_000);
});

import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, runDragoman, type Outcome } from '../run-dragoman.ts';

const root = projectRoot;
const sample = join(root, 'resources', 'sample');
let folder: string;

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'dragoman-cli-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dragoman = (...argv: readonly string[]): Promise<Outcome> => runDragoman(folder, argv);

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const head = (language: string, lines: number): string => file(`${language}.tsv`, `${readFileSync(join(sample, `${language}.tsv`), 'utf8').split('\n').slice(0, lines).join('\n')}\n`);
const mine = (...more: readonly string[]): Promise<Outcome> => dragoman('mine', '--source', join(folder, 'de.tsv'), '--target', join(folder, 'en.tsv'), '--source-language', 'de', '--target-language', 'en', '--out', join(folder, 'out.tsv'), '--encoder', 'use-multilingual-v3', ...more);

describe('dragoman mine', () => {
  beforeAll(() => { head('de', 319); head('en', 400); });

  test('writes pairs with a header, figures against gold, a manifest, and a replay gives the same bytes', async () => {
    const gold = readFileSync(join(sample, 'gold.tsv'), 'utf8').trimEnd().split('\n').slice(1).map((line) => { const cells = line.split('\t'); return `${cells[2] ?? ''}\t${cells[1] ?? ''}`; });
    const mined = await mine('--json', '--gold', file('gold.tsv', `${gold.join('\n')}\n`), '--threshold', '1.1');
    expect(mined.error).not.toContain('Error');
    expect(mined.code).toBe(0);
    const summary = JSON.parse(mined.out) as { pairs: number; cut: number; gold: { precision: number; recall: number; f1: number; cut: number; bestF1: number; bestCut: number } };
    expect(summary.cut).toBe(1.1);
    expect(summary.gold.bestF1).toBeGreaterThan(0.9);
    expect(summary.gold.f1).toBeLessThanOrEqual(summary.gold.bestF1);
    const lines = readFileSync(join(folder, 'out.tsv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('score\tcosine\tsource_id\ttarget_id\tsource\ttarget');
    expect(lines.length - 1).toBe(summary.pairs);
    for (const line of lines.slice(1)) expect(line).toMatch(/^\d+\.\d{6}\t-?\d\.\d{6}\tde-\d{3}\ten-\d{3}\t[^\t]+\t[^\t]+$/);
    const replayed = await dragoman('replay', join(folder, 'out.tsv.manifest.json'), '--json');
    expect(replayed.code).toBe(0);
    expect(readFileSync(join(folder, 'out.replayed.tsv'))).toEqual(readFileSync(join(folder, 'out.tsv')));
  }, 60_000);

  test('a second run in the same project encodes nothing anew', async () => {
    const project = join(folder, 'kept.dragoman');
    expect((await mine('--project', project)).code).toBe(0);
    const again = await mine('--project', project, '--k', '3', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ counts: { encoded: 0 } });
    expect(again.error).toContain('in the project already');
  }, 60_000);

  test('malformed lines are left out, counted and answered with exit code 3', async () => {
    const bad = file('bad.txt', Buffer.concat([Buffer.from('Das Boot fährt spät.\nÜber den Dächern kreisen Möwen.\nDie Bäckerei öffnet früh.\n'), Buffer.from([0x41, 0xff, 0xfe, 0x41, 0x0a]), Buffer.from('Das Müllauto fährt um acht.\nDie Fähre hört man schon.\n')]));
    const mined = await dragoman('mine', '--source', bad, '--target', join(folder, 'en.tsv'), '--source-language', 'de', '--target-language', 'en', '--out', join(folder, 'bad.tsv'), '--encoder', 'use-multilingual-v3', '--threshold', '0', '--json');
    expect([mined.code, mined.error]).toEqual([3, expect.stringContaining('malformed') as string]);
  }, 60_000);
});

test('an existing bitext is scored in the order of its file, its own columns kept, and replayed', async () => {
  const text = new Map(['de', 'en'].flatMap((language) => readFileSync(join(sample, `${language}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t') as [string, string])));
  const gold = readFileSync(join(sample, 'gold.tsv'), 'utf8').trimEnd().split('\n').slice(1, 101).map((line) => line.split('\t'));
  const rows = gold.map((cells, i) => [(i / 100).toFixed(2), text.get(cells[2] ?? '') ?? '', text.get(cells[1] ?? '') ?? '', i % 2 === 0 ? 'good' : 'poor']);
  const pairs = file('bitext.tsv', `bicleaner\tsource\ttarget\tverdict\n${rows.map((row) => row.join('\t')).join('\n')}\n`);
  const out = join(folder, 'bitext.out.tsv');
  const scored = await dragoman('score-bitext', '--pairs', pairs, '--source-language', 'de', '--target-language', 'en', '--encoder', 'use-multilingual-v3', '--out', out);
  expect([scored.code, scored.error]).toEqual([0, expect.not.stringContaining('dragoman:') as string]);
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  expect(lines[0]).toEqual(['source_id', 'target_id', 'source', 'target', 'margin', 'cosine', 'bicleaner', 'verdict']);
  expect(lines.slice(1).map((cells) => [cells[2], cells[3]])).toEqual(rows.map((row) => [row[1], row[2]]));
  expect(lines.slice(1).map((cells) => [Number(cells[6]), cells[7]])).toEqual(rows.map((row) => [Number(row[0]), row[3]]));
  expect(lines.slice(1).filter((cells) => Number(cells[4]) > 1).length).toBeGreaterThan(90);
  expect((await dragoman('replay', `${out}.manifest.json`)).code).toBe(0);
}, 60_000);

describe('wrong calls end with 2', () => {
  test.each([
    [['mine', '--source', 'x'], "required option '--target"],
    [['frobnicate'], 'unknown command'],
    [['mine', '--source', 'a', '--target', 'b', '--source-language', 'german', '--target-language', 'en', '--out', 'o'], 'is not a language'],
    [['mine', '--source', 'a', '--target', 'b', '--source-language', 'de', '--target-language', 'en', '--out', 'o', '--margin', 'sum'], 'one of ratio, distance, absolute'],
    [['mine', '--source', 'a', '--target', 'b', '--source-language', 'de', '--target-language', 'en', '--out', 'o', '--k', '0'], '--k 0'],
    [['mine', '--source', 'a', '--target', 'b', '--source-language', 'de', '--target-language', 'en', '--out', 'o', '--threshold', 'high'], 'not a number'],
    [['mine', '--source', 'a', '--target', 'b', '--source-language', 'de', '--target-language', 'en', '--out', 'o', '--encoder', 'laser9'], 'auto, both'],
    [['mine', '--source', 'a', '--target', 'b', '--source-language', 'de', '--target-language', 'en', '--out', 'o', '--ignore', 'i'], '--ignore needs --gold'],
  ])('%j', async (argv, words) => {
    const { code, error } = await dragoman(...argv);
    expect([code, error]).toEqual([2, expect.stringContaining(words) as string]);
  }, 20_000);
});

describe('bad input is answered with what happened and what to do', () => {
  const into = (source: string, ...more: readonly string[]): Promise<Outcome> => dragoman('mine', '--source', source, '--target', join(folder, 'en.tsv'), '--source-language', 'de', '--target-language', 'en', '--out', join(folder, 'never.tsv'), '--encoder', 'use-multilingual-v3', ...more);
  beforeAll(() => { head('en', 30); head('de', 30); });

  test('an empty file', async () => {
    const { code, error } = await into(file('empty.txt', ''));
    expect([code, error]).toEqual([1, expect.stringContaining('is empty') as string]);
  }, 20_000);

  test('a missing file and a folder', async () => {
    expect(await into(join(folder, 'nobody.txt'))).toMatchObject({ code: 1, error: expect.stringContaining('does not exist') as string });
    expect(await into(folder)).toMatchObject({ code: 1, error: expect.stringContaining('is not a file') as string });
  }, 20_000);

  test('a line of 50 MB is one malformed line, the others are mined', async () => {
    const huge = file('huge.txt', Buffer.concat([Buffer.from('Das Boot fährt um acht.\n'), Buffer.alloc(50 * 1024 * 1024, 'x'), Buffer.from('\nGuten Morgen.\n')]));
    const { code, error } = await into(huge, '--threshold', '0');
    expect([code, error]).toEqual([3, expect.stringContaining('1 malformed') as string]);
  }, 60_000);

  test('a language that no encoder knows is said before the run', async () => {
    const { error, code } = await dragoman('mine', '--source', join(folder, 'de.tsv'), '--target', join(folder, 'en.tsv'), '--source-language', 'chr', '--target-language', 'en', '--out', join(folder, 'chr.tsv'), '--encoder', 'use-multilingual-v3', '--threshold', '0');
    expect(code).toBe(0);
    expect(error).toMatch(/Warning: .*(chr|Cherokee)/);
  }, 60_000);

  test('a model whose file was changed is refused with its name and both checksums', async () => {
    const model = join(folder, 'model');
    cpSync(join(root, 'resources', 'models', 'use-multilingual-v3'), model, { recursive: true });
    const graph = readFileSync(join(model, 'model.onnx'));
    graph[graph.length - 100] = (graph[graph.length - 100] ?? 0) ^ 1;
    writeFileSync(join(model, 'model.onnx'), graph);
    const { code, error } = await into(join(folder, 'de.tsv'), '--encoder', model);
    expect(code).toBe(1);
    expect(error).toContain('model.onnx');
    expect(error).toContain('d33f0bb2');
  }, 60_000);

  test('a project file that is none is refused and left as it was', async () => {
    const path = file('broken.dragoman', 'this is no database');
    const { code, error } = await into(join(folder, 'de.tsv'), '--project', path);
    expect(code).toBe(1);
    expect(error).toMatch(/broken\.dragoman/);
    expect(readFileSync(path, 'utf8')).toBe('this is no database');
  }, 20_000);

  test('a project that another process holds is named with its holder', async () => {
    const path = join(folder, 'held.dragoman');
    mkdirSync(folder, { recursive: true });
    const holder = spawn(process.execPath, ['--input-type=module', '-e', `
      const { openProject } = await import(${JSON.stringify(join(root, 'main', 'store', 'project.ts'))});
      openProject(${JSON.stringify(path)}, { create: true });
      process.stdout.write('open');
      setInterval(() => undefined, 1000);
    `]);
    await new Promise((go) => { holder.stdout.once('data', go); });
    const { code, error } = await into(join(folder, 'de.tsv'), '--project', path);
    holder.kill('SIGKILL');
    expect(code).toBe(1);
    expect(error).toContain(String(holder.pid));
    expect(error).toContain('on this computer');
  }, 30_000);
});

test('a command attaches to the workbench that has the project open', async () => {
  head('de', 30);
  head('en', 30);
  const project = join(folder, 'served.dragoman');
  const server = spawn(process.execPath, [join(root, 'main', 'hosts', 'server', 'start.ts'), '--no-open', '--root', folder, '--project', project], { env: { ...process.env, DRAGOMAN_HOME: join(folder, 'home') } });
  try {
    await new Promise((go) => { server.stdout.once('data', go); });
    const { code, error } = await mine('--project', project, '--threshold', '0');
    expect(error).toContain('The project is open in the workbench at http://127.0.0.1:');
    expect(code).toBe(0);
  } finally {
    server.kill('SIGTERM');
    await new Promise((go) => { server.once('close', go); });
  }
}, 60_000);

test('a full disk fails with a message, and the run goes on when there is room', async (context) => {
  const small = join(folder, 'small');
  mkdirSync(small);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', small]).status !== 0) {
    console.warn('SKIPPED: a small file system cannot be mounted here, so a full disk is not tried.');
    context.skip();
  }
  try {
    head('de', 319);
    head('en', 400);
    const project = join(small, 'full.dragoman');
    const filler = join(small, 'filler');
    writeFileSync(filler, Buffer.alloc(15_500_000));
    const first = await mine('--project', project);
    expect(first.code).toBe(1);
    expect(first.error).toMatch(/disk is full/i);
    rmSync(filler);
    const second = await mine('--project', project);
    expect(second.error).not.toMatch(/disk is full/i);
    expect(second.code).toBe(0);
    copyFileSync(join(folder, 'out.tsv'), join(folder, 'after-full.tsv'));
    expect((await mine()).code).toBe(0);
    expect(readFileSync(join(folder, 'after-full.tsv'))).toEqual(readFileSync(join(folder, 'out.tsv')));
  } finally {
    spawnSync('umount', [small]);
  }
}, 90_000);

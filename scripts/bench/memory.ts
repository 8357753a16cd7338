/**
 * Peak memory of import and mining at two sizes, workbench and engine apart.
 *
 * `node scripts/bench/memory.ts [sizes] [encoder] [index]`, default `100000,1000000 use-multilingual-v3 auto`. Lines are generated: sentences of the sample, recombined
 * clause by clause with running numbers, so that all are distinct; about ten words each. Needs Linux (/proc); 1 M lines take about 7 minutes a side to encode
 * on two quiet cores, and the index of an approximate search is built by one thread. Prints Markdown.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MineSummary, projectRoot } from './cli-support.ts';

const [sizes = '100000,1000000', encoder = 'use-multilingual-v3', index = 'auto'] = process.argv.slice(2);

const generate = async (path: string, language: string, lines: number): Promise<void> => {
  const texts = readFileSync(join(projectRoot, 'resources', 'sample', `${language}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[1] ?? '');
  const out = createWriteStream(path);
  for (let i = 0; i < lines; i += 1) {
    const first = texts[i % texts.length] ?? '';
    const second = texts[Math.floor(i / texts.length) % texts.length] ?? '';
    const half = (text: string): string => text.split(' ').slice(0, 3 + (i % 3)).join(' ');
    if (!out.write(`${half(first)} ${half(second)} ${i}.\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
};

type Peak = { name: string; kilobytes: number };

const status = (pid: number, field: string): number => {
  try {
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

const processTree = (parent: number): number[] => [parent, ...readdirSync('/proc').filter((name) => /^\d+$/.test(name) && status(Number(name), 'PPid') === parent).map(Number)];

/** Runs the command as `npm run dragoman` does, and notes the largest resident set of the workbench (up to the end of import, and in all) and of the engine; a line about what is held now and then. */
const measure = (argv: readonly string[]): Promise<{ readonly out: string; readonly peaks: Readonly<Record<string, number>>; readonly seconds: number }> => new Promise((go, fail) => {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=4', join(projectRoot, 'main', 'hosts', 'cli', 'index.ts'), ...argv], { stdio: ['ignore', 'pipe', 'pipe'], env: { MALLOC_ARENA_MAX: '2', ...process.env } });
  const peaks: Record<string, Peak['kilobytes']> = { workbenchAtImport: 0, workbench: 0, engine: 0 };
  let out = '';
  let importing = true;
  child.stdout.on('data', (chunk: Buffer) => { out += String(chunk); });
  child.stderr.on('data', (chunk: Buffer) => { process.stderr.write(chunk); if (String(chunk).includes('Plan:')) importing = false; });
  let nextLine = 0;
  const timer = setInterval(() => {
    if (child.pid === undefined) return;
    const [own = 0, ...others] = processTree(child.pid);
    const passed = (performance.now() - begun) / 1000;
    if (passed > nextLine) {
      nextLine = passed + 60;
      process.stderr.write(`\n@${passed.toFixed(0)} s ${[own, ...others].map((pid) => `${(status(pid, 'RssAnon') / 1000).toFixed(0)}+${(status(pid, 'RssFile') / 1000).toFixed(0)} MB (most ${(status(pid, 'VmHWM') / 1000).toFixed(0)})`).join(' | ')}\n`);
    }
    const mine = status(own, 'VmHWM');
    peaks['workbench'] = Math.max(peaks['workbench'] ?? 0, mine);
    if (importing) peaks['workbenchAtImport'] = Math.max(peaks['workbenchAtImport'] ?? 0, mine);
    for (const other of others) peaks['engine'] = Math.max(peaks['engine'] ?? 0, status(other, 'VmHWM'));
  }, 250);
  child.on('close', (code) => {
    clearInterval(timer);
    if (code === 0) go({ out, peaks, seconds: (performance.now() - begun) / 1000 }); else fail(new Error(`ended with ${String(code)}`));
  });
});

console.log('| lines a side | index | workbench after import, MB | workbench, MB | engine, MB | of it the stated index, MB | s |');
console.log('|---|---|---|---|---|---|---|');
for (const size of sizes.split(',').map(Number)) {
  const folder = mkdtempSync(join(process.env['DRAGOMAN_BENCH_FOLDER'] ?? tmpdir(), 'dragoman-memory-'));
  try {
    await generate(join(folder, 'de.txt'), 'de', size);
    await generate(join(folder, 'en.txt'), 'en', size);
    const { out, peaks, seconds } = await measure(['mine', '--source', join(folder, 'de.txt'), '--target', join(folder, 'en.txt'), '--source-language', 'de', '--target-language', 'en', '--encoder', encoder, '--index', index,
      '--project', join(folder, 'memory.dragoman'), '--out', join(folder, 'out.tsv'), '--json']);
    const summary = JSON.parse(out) as MineSummary & { readonly plan?: unknown };
    const graph = summary.index.startsWith('hnsw') ? size * (512 * 2 + 148) / 1e6 : 0;
    const megabytes = (kilobytes: number | undefined): string => ((kilobytes ?? 0) / 1000).toFixed(0);
    console.log(`| ${size} | ${summary.index} | ${megabytes(peaks['workbenchAtImport'])} | ${megabytes(peaks['workbench'])} | ${megabytes(peaks['engine'])} | ${graph.toFixed(0)} | ${seconds.toFixed(0)} |`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

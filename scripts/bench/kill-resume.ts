/**
 * Kills a mining at random moments and compares the bytes of its end with those of an undisturbed one.
 *
 * `node scripts/bench/kill-resume.ts [times] [sentences] [seed]`: mines the sample's German against English (repeated with numbers up to `sentences`
 * a side, so that there is something to kill) in a fresh project each time, kills -9 the workbench with its engine, or the engine alone, at a moment
 * drawn from the seed, runs the same command again until it ends, and compares the pairs, the neighbour lists and the vectors.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [times = 20, sentences = 3000, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'dragoman-kill-'));

/** Mulberry32: a small generator with a seed. */
const random = ((state: number) => (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
})(seed);

const write = (language: string): void => {
  const lines = readFileSync(join(root, 'resources', 'sample', `${language}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[1] ?? '');
  const all = Array.from({ length: sentences }, (_, i) => `${lines[i % lines.length] ?? ''}${i < lines.length ? '' : ` ${Math.floor(i / lines.length) + 1}.`}`);
  writeFileSync(join(folder, `${language}.txt`), `${all.join('\n')}\n`);
};

const start = (name: string): ChildProcess => spawn(process.execPath, [
  join(root, 'main', 'hosts', 'cli', 'index.ts'), 'mine', '--source', join(folder, 'de.txt'), '--target', join(folder, 'en.txt'), '--source-language', 'de', '--target-language', 'en',
  '--encoder', 'use-multilingual-v3', '--threshold', '1.05', '--project', join(folder, `${name}.dragoman`), '--out', join(folder, `${name}.tsv`), '--quiet',
], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DRAGOMAN_HOME: join(folder, 'home') } });

const ended = (child: ChildProcess): Promise<number | null> => new Promise((go) => {
  child.stderr?.on('data', (chunk: Buffer) => { process.stderr.write(chunk); });
  child.once('close', (code) => go(code));
});

/** Processes whose parent is `parent`, from /proc. */
const childrenOf = (parent: number): number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(name)] : [];
  } catch {
    return [];
  }
});

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The pairs, and every file of vectors and neighbours that the run leaves. */
const bytesOf = (name: string): Readonly<Record<string, string>> => {
  const side = join(folder, `${name}.dragoman.d`);
  const files: Record<string, string> = { pairs: hash(join(folder, `${name}.tsv`)) };
  const walk = (path: string, label: string): void => {
    for (const entry of readdirSync(path).sort()) {
      const inner = join(path, entry);
      if (statSync(inner).isDirectory()) walk(inner, label === '' ? entry : `${label}/${entry}`);
      else if (/^(vectors|hashes|forward|backward|pairs)\.bin$|\.u32$/.test(entry)) files[`${label}/${entry}`] = hash(inner);
    }
  };
  walk(side, '');
  return files;
};

const main = async (): Promise<number> => {
  write('de');
  write('en');
  const begun = performance.now();
  if (await ended(start('reference')) !== 0) throw new Error('the undisturbed run failed');
  const whole = performance.now() - begun;
  const expected = bytesOf('reference');
  console.log(`undisturbed: ${(whole / 1000).toFixed(1)} s, ${Object.keys(expected).length} files compared`);
  let same = 0;
  for (let time = 1; time <= times; time += 1) {
    const name = `killed-${time}`;
    const at = 300 + random() * whole * 0.95;
    const engineOnly = random() < 0.4;
    const child = start(name);
    const end = ended(child);
    await new Promise((go) => { setTimeout(go, at); });
    const engines = child.pid === undefined ? [] : childrenOf(child.pid);
    for (const pid of engines) process.kill(pid, 'SIGKILL');
    if (!engineOnly) child.kill('SIGKILL');
    let code = await end;
    let runs = 1;
    while (code !== 0 && runs < 5) { code = await ended(start(name)); runs += 1; }
    const got = existsSync(join(folder, `${name}.tsv`)) ? bytesOf(name) : {};
    const different = [...new Set([...Object.keys(expected), ...Object.keys(got)])].filter((file) => expected[file] !== got[file]);
    if (different.length === 0) same += 1;
    console.log(`${time}: killed ${engineOnly ? 'the engine' : 'workbench and engine'} after ${(at / 1000).toFixed(2)} s, ${runs} runs, ${different.length === 0 ? 'the same bytes' : `DIFFERENT: ${different.join(', ')}`}`);
    rmSync(join(folder, `${name}.dragoman.d`), { recursive: true, force: true });
  }
  console.log(`${same} of ${times} times the same bytes`);
  return same === times ? 0 : 1;
};

main().finally(() => rmSync(folder, { recursive: true, force: true })).then((code) => process.exit(code), (thrown: unknown) => { console.error(thrown); process.exit(1); });

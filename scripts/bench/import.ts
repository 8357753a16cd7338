/**
 * Lines a second and peak memory of the import, at 100 thousand and at a million lines.
 *
 *   node scripts/bench/import.ts [--lines 100000,1000000] [--compression none|gz|zst]
 *
 * The lines are generated: words of a seeded generator, 20 to 180 characters, one in twenty a repetition. Each size runs in a process of its own, so that the
 * peak of one says nothing about the other; the growth from the smallest to the largest is told at the end. Beside the stated index, SQLite's page cache (64 MB at
 * most) and V8's young generation fill up once, with the first half a million lines.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { openDesk } from '../../main/services/corpora/testing.ts';
import { createGenerator } from '../../main/store/testing.ts';

type Measured = {
  readonly lines: number; readonly kept: number; readonly merged: number; readonly bytes: number; readonly seconds: number; readonly linesPerSecond: number;
  readonly peakMegabytes: number; readonly indexMegabytes: number; readonly longestSliceMilliseconds: number;
};

const syllables = ['ba', 'de', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va', 'wen', 'zor', 'schen', 'tag', 'licht', 'über', 'straße'];

/** Writes `lines` lines; compressed in members of 20,000 lines, as parallel compressors do. */
const generate = (path: string, lines: number, compression: string): void => {
  const random = createGenerator(7);
  const pick = (): string => syllables[Math.floor(random() * syllables.length)] ?? '';
  const word = (): string => Array.from({ length: 1 + Math.floor(random() * 3) }, pick).join('');
  const file = openSync(path, 'w');
  const repeated: string[] = [];
  for (let from = 0; from < lines; from += 20_000) {
    const block: string[] = [];
    for (let at = from; at < Math.min(lines, from + 20_000); at += 1) {
      const again = random() < 0.05 ? repeated[Math.floor(random() * repeated.length)] : undefined;
      const line = again ?? `${Array.from({ length: 4 + Math.floor(random() * 20) }, word).join(' ')} ${at}`;
      if (repeated.length < 1000) repeated.push(line);
      block.push(`${line}\n`);
    }
    const text = Buffer.from(block.join(''));
    writeSync(file, compression === 'gz' ? gzipSync(text) : compression === 'zst' ? zstdCompressSync(text) : text);
  }
  closeSync(file);
};

/** What grows with the distinct sentences by design: 8 bytes a slot of the store's index, a power of two of slots of which three quarters are used, and 4 to 6 bytes of counts. */
const indexMegabytes = (sentences: number): number => Math.round((2 ** Math.ceil(Math.log2((sentences * 4) / 3)) * 8 + sentences * 5) / 1e6);

const measure = async (path: string, lines: number): Promise<Measured> => {
  const desk = openDesk();
  try {
    const [preview] = await desk.inspect(path);
    if (preview === undefined) throw new Error('nothing to import');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const started = performance.now();
    delay.enable();
    const { job, collection } = await desk.bring([path], { split: 'none', layout: 'lines' });
    delay.disable();
    const seconds = (performance.now() - started) / 1000;
    if (job.state !== 'done') throw new Error(job.failure?.message ?? `the job ended as ${job.state}`);
    const { size, merged } = desk.get(collection);
    return {
      lines, kept: size, merged, bytes: statSync(path).size, seconds, linesPerSecond: Math.round(lines / seconds),
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024), indexMegabytes: indexMegabytes(size), longestSliceMilliseconds: Math.round(delay.max / 1e6),
    };
  } finally {
    desk.close();
  }
};

const { values } = parseArgs({ options: { lines: { type: 'string', default: '100000,1000000' }, compression: { type: 'string', default: 'none' }, measure: { type: 'string' } } });
if (values.measure !== undefined) {
  console.log(JSON.stringify(await measure(values.measure, Number(values.lines))));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
  try {
    const found: Measured[] = [];
    for (const lines of values.lines.split(',').map(Number)) {
      const path = join(folder, `${lines}.txt`);
      generate(path, lines, values.compression);
      const output = execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), '--measure', path, '--lines', String(lines)], { encoding: 'utf8' });
      const one = JSON.parse(output) as Measured;
      found.push(one);
      console.log(JSON.stringify(one));
      rmSync(path);
    }
    const [first, last] = [found[0], found.at(-1)];
    if (first !== undefined && last !== undefined) console.log(`peak memory grows by ${(100 * (last.peakMegabytes / first.peakMegabytes - 1)).toFixed(1)} % from ${first.lines} to ${last.lines} lines`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

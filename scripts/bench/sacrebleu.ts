/**
 * sacrebleu-ts against the real sacreBLEU, side by side: same segments, one thread each, in turns, every measurement in a fresh process.
 *
 *     node scripts/bench/sacrebleu.ts --python PYTHON [--rounds 3] [--only bleu,ter] [--memory]
 *
 * PYTHON has sacrebleu 2.6.0 and numpy. Measured is what a caller waits for: from texts to the corpus score, tokenising included, import and reading of the file
 * not; our side includes the warming up of the compiler. Both sides must find the same number. `--memory` shows the peak of our side for the corpus and for ten
 * times the corpus instead. Segments (shared data): outputs of real systems with references of WMT22 (en-de, de-en, zh-en; Latin), and Bible verses and Tatoeba sentences
 * in Chinese, Russian, Arabic and Hindi against damaged copies of themselves.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { sharedFolder } from './cli-support.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The two measurements of a paired bootstrap: from texts on, and with the statistics given. */
const measures = ['bleu', 'chrf', 'chrf++', 'ter', 'bleu:whole', 'bleu:resampling', 'chrf:resampling'] as const;

const { values } = parseArgs({ options: { python: { type: 'string', default: 'python3' }, rounds: { type: 'string', default: '3' }, only: { type: 'string', default: measures.join(',') }, memory: { type: 'boolean', default: false } } });
const data = sharedFolder('data');

/** A system's output, another system's, the reference. */
type Row = readonly [first: string, second: string, reference: string];

const rowsOf = (file: string): readonly (readonly string[])[] => {
  const bytes = readFileSync(join(data, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n').map((line) => line.replaceAll('\r', '').split('\t'));
};

/** Two pairs of systems of a WMT22 direction. */
const wmt = (pair: string): readonly Row[] => {
  const [, ...rows] = rowsOf(`evaluation/wmt22.${pair}.tsv.gz`);
  return [0, 2].flatMap((offset) => rows.map((row): Row => [row[6 + offset] ?? '', row[7 + offset] ?? '', row[4] ?? '']));
};

const damaged = (file: string, column: number): readonly Row[] => {
  const texts = rowsOf(file).map((row) => row[column] ?? '');
  const random = generator(12_345);
  const damage = (text: string): string => {
    const separator = text.includes(' ') ? ' ' : '';
    const units = separator === ' ' ? text.split(' ') : [...text];
    for (let change = 0; change <= units.length / 8; change += 1) {
      const at = random(units.length);
      const run = units.splice(at, 1 + random(3));
      if (random(3) > 0) units.splice(random(units.length + 1), 0, ...run);
      if (random(3) === 0) units.splice(random(units.length + 1), 0, units[random(units.length)] ?? '');
    }
    return units.join(separator);
  };
  return texts.map((text): Row => [damage(text), damage(text), text]);
};

/** Whole numbers below a bound, the same in every run. */
const generator = (seed: number): ((bound: number) => number) => {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return bound === 0 ? 0 : (state >>> 8) % bound;
  };
};

const sources: readonly (readonly [name: string, script: string, rows: readonly Row[]])[] = [
  ['WMT22 en-de, 4 systems', 'Latin', wmt('en-de')],
  ['WMT22 de-en, 4 systems', 'Latin', wmt('de-en')],
  ['WMT22 zh-en, 4 systems', 'Latin', wmt('zh-en')],
  ['Bible zh, damaged', 'Han', damaged('bible/zh.tsv.gz', 1)],
  ['Bible ru, damaged', 'Cyrillic', damaged('bible/ru.tsv.gz', 1)],
  ['Tatoeba ar, damaged', 'Arabic', damaged('tatoeba/ar-en.tsv', 1)],
  ['Tatoeba hi, damaged', 'Devanagari', damaged('tatoeba/hi-en.tsv', 1)],
];
const corpus = sources.flatMap(([, , rows]) => rows);

const folder = mkdtempSync(join(tmpdir(), 'dragoman-bench-sacrebleu-'));
const file = join(folder, 'corpus.tsv');
const tenfold = join(folder, 'tenfold.tsv');

type Measured = { readonly seconds: number; readonly found: readonly number[]; readonly peak: number; readonly held: number };
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
const measured = (command: string, argv: readonly string[]): Measured => JSON.parse(execFileSync(command, argv, { encoding: 'utf8', env: { ...process.env, ...oneThread } })) as Measured;
const ours = (measure: string, path: string, ...flags: readonly string[]): Measured => measured(process.execPath, [...flags, join(here, 'sacrebleu-measure.ts'), measure, path]);
const theirs = (measure: string): Measured => measured(values.python, [join(here, 'sacrebleu_upstream.py'), measure, file]);

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

const compare = (measure: string): string => {
  const rounds = Array.from({ length: Number(values.rounds) }, () => ({ our: ours(measure, file), their: theirs(measure) }));
  for (const { our, their } of rounds) {
    const far = their.found.some((value, at) => Math.abs(value - (our.found[at] ?? Number.NaN)) > 1e-9) || our.found.length !== their.found.length;
    if (far) throw new Error(`${measure}: ${our.found.join()} here, ${their.found.join()} there.`);
  }
  const our = median(rounds.map((round) => round.our.seconds));
  const their = median(rounds.map((round) => round.their.seconds));
  const ratios = rounds.map((round) => round.their.seconds / round.our.seconds);
  const speed = (seconds: number): string => (measure.includes(':') ? `${seconds.toFixed(2)} s` : `${Math.round(corpus.length / seconds).toLocaleString('en')} /s`);
  return `| ${measure} | ${speed(our)} | ${speed(their)} | **${(their / our).toFixed(1)} x** (${Math.min(...ratios).toFixed(1)}-${Math.max(...ratios).toFixed(1)}) |`;
};

/** The peak includes what the garbage collector had not yet taken; what is held at the end is what a cache would show in. */
const memoryOf = (measure: string): string => {
  const [once, ten] = [ours(measure, file, '--expose-gc'), ours(measure, tenfold, '--expose-gc')];
  return `| ${measure} | ${megabytes(once.peak)} MB | ${megabytes(ten.peak)} MB | ${megabytes(once.held)} MB | ${megabytes(ten.held)} MB |`;
};

try {
  const text = corpus.map((row) => `${row.join('\t')}\n`).join('');
  writeFileSync(file, text);
  console.log(`${corpus.length.toLocaleString('en')} segments, ${megabytes(Buffer.byteLength(text))} MB: ${sources.map(([name, script, rows]) => `${name} ${rows.length} (${script})`).join('; ')}.\n`);
  const only = values.only.split(',');
  if (values.memory) {
    writeFileSync(tenfold, text.repeat(10));
    console.log('| measure | peak, corpus | peak, ten times the corpus | held after, corpus | held after, ten times |\n|---|---|---|---|---|');
    for (const measure of ['reading', 'bleu', 'chrf', 'chrf++', 'ter', 'bleu:resampling']) console.log(memoryOf(measure));
  } else {
    console.log('| measure | sacrebleu-ts | sacreBLEU | ratio (range) |\n|---|---|---|---|');
    for (const measure of measures.filter((name) => only.includes(name))) console.log(compare(measure));
  }
} finally {
  rmSync(folder, { recursive: true });
}

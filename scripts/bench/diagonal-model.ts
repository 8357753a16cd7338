/**
 * The statistical word aligner against fast_align itself, on the same pairs: likelihood of every round, tension, links, time.
 *
 *     node scripts/bench/diagonal-model.ts --fast-align FAST_ALIGN --atools ATOOLS [--pairs 5000]
 *
 * FAST_ALIGN and ATOOLS: the programs, built from github.com/clab/fast_align (Apache-2.0). Pairs: the gold of data/mining/de-en of the shared data, split at spaces, lower case.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { trainDiagonal, usualDiagonal } from '../../main/domain/label/diagonal-model.ts';
import type { Link } from '../../main/domain/label/similarity-links.ts';
import { symmetrise } from '../../main/domain/label/symmetrise.ts';
import { runThrough } from '../../main/domain/mine/steps.ts';
import { sharedPath } from '../../tests/shared-data.ts';

const { values } = parseArgs({ options: { 'fast-align': { type: 'string' }, atools: { type: 'string' }, pairs: { type: 'string', default: '5000' } } });
const { 'fast-align': fastAlign, atools } = values;
const data = sharedPath('data/mining');
if (fastAlign === undefined || atools === undefined || data === null) throw new Error('Programs and shared data are needed: see the head of this script.');

const read = (language: string): string[] => gunzipSync(readFileSync(join(data, `de-en.${language}.tsv.gz`))).toString('utf8').split('\n');
const gold = readFileSync(join(data, 'de-en.gold.tsv'), 'utf8').split('\n').map((line) => line.split('\t'));
const textOf = (lines: readonly string[]): ReadonlyMap<string, string> => new Map(lines.map((line) => { const [id = '', text = ''] = line.split('\t'); return [id, text.toLowerCase().replaceAll('|', ' ').replace(/\s+/gu, ' ').trim()]; }));
const [source, target] = [textOf(read('de')), textOf(read('en'))];
const texts = gold.map(([left = '', right = '']) => [source.get(left) ?? '', target.get(right) ?? ''] as const).filter(([left, right]) => left !== '' && right !== '').slice(0, Number(values.pairs));
const numbers = (): ((text: string) => Uint32Array) => {
  const known = new Map<string, number>();
  return (text) => Uint32Array.from(text.split(' '), (word) => { const number = known.get(word) ?? known.size; known.set(word, number); return number; });
};
const [left, right] = [numbers(), numbers()];
const pairs = texts.map(([one, other]) => ({ source: left(one), target: right(other) }));

const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-diagonal-'));
const input = join(work, 'pairs.txt');
writeFileSync(input, texts.map(([one, other]) => `${one} ||| ${other}\n`).join(''));
const run = (program: string, argv: readonly string[]): { readonly out: string; readonly log: string; readonly seconds: number } => {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(program, argv, { encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, OMP_NUM_THREADS: '1' } });
  if (status !== 0) throw new Error(stderr);
  return { out: stdout, log: stderr, seconds: (performance.now() - start) / 1000 };
};
const theirs = { forward: run(fastAlign, ['-i', input, '-d', '-o', '-v']), backward: run(fastAlign, ['-i', input, '-d', '-o', '-v', '-r']) };
const timed = <T>(work_: () => T): { readonly value: T; readonly seconds: number } => { const start = performance.now(); const value = work_(); return { value, seconds: (performance.now() - start) / 1000 }; };
const forward = timed(() => runThrough(trainDiagonal(pairs, usualDiagonal)));
const backward = timed(() => runThrough(trainDiagonal(pairs.map((pair) => ({ source: pair.target, target: pair.source })), usualDiagonal)));

const likelihoods = (log: string): number[] => [...log.matchAll(/log_e likelihood: (\S+)/gu)].map((match) => Number(match[1]));
const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const written = (links: readonly Link[]): string => links.map((link) => link.join('-')).join(' ');
console.log(`${pairs.length} pairs; time of ours ${forward.seconds.toFixed(1)} + ${backward.seconds.toFixed(1)} s, of fast_align (one thread) ${theirs.forward.seconds.toFixed(1)} + ${theirs.backward.seconds.toFixed(1)} s`);
for (const [name, own, other] of [['forward', forward.value, theirs.forward], ['backward', backward.value, theirs.backward]] as const) {
  const known = likelihoods(other.log);
  const tension = Number([...other.log.matchAll(/final tension: (\S+)/gu)].at(-1)?.[1]);
  const same = linesOf(other.out).filter((line, at) => line.split(' ').sort().join(' ') === (own.links[at] ?? []).map(([one, two]) => (name === 'forward' ? `${one}-${two}` : `${two}-${one}`)).sort().join(' ')).length;
  console.log(`${name}: largest relative difference of a likelihood ${Math.max(...known.map((value, at) => Math.abs(value / (own.likelihoods[at] ?? 0) - 1))).toExponential(1)}; tension ${own.tension.toFixed(5)} against ${tension}; ${same} of ${own.links.length} pairs with the same links`);
}
for (const [name, file] of [['forward', theirs.forward.out], ['backward', theirs.backward.out]] as const) writeFileSync(join(work, name), file);
const parse = (line: string): Link[] => (line === '' ? [] : line.split(' ').map((link): Link => { const [one = 0, two = 0] = link.split('-').map(Number); return [one, two]; }));
for (const how of ['intersect', 'union', 'grow-diag', 'grow-diag-final-and'] as const) {
  const other = linesOf(run(atools, ['-i', join(work, 'forward'), '-j', join(work, 'backward'), '-c', how]).out);
  const [one, two] = [linesOf(theirs.forward.out), linesOf(theirs.backward.out)];
  const same = other.filter((line, at) => written(symmetrise(parse(one[at] ?? ''), parse(two[at] ?? ''), how)) === written([...parse(line)].sort((a, b) => a[0] - b[0] || a[1] - b[1]))).length;
  console.log(`symmetrised by ${how}: ${same} of ${other.length} pairs the same as atools'`);
}
rmSync(work, { recursive: true });

/**
 * Mining without refinement against a NumPy reference of LASER's recipe, on the same vectors, for every margin and retrieval.
 *
 * `node scripts/bench/laser-reference.ts PYTHON [pair] [encoder]`; PYTHON is one with NumPy. The vectors are this program's own (`dragoman embed`), the pairs the command
 * line's. Says for each combination whether the pairs are the same, whether their order is, and the largest difference of a margin.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine, projectRoot, runCli, sharedFolder } from './cli-support.ts';

const [python = 'python3', pair = 'de-en', encoder = 'use-multilingual-v3'] = process.argv.slice(2);
const data = sharedFolder('data/mining');
const [source = '', target = ''] = pair.split('-');
const folder = mkdtempSync(join(tmpdir(), 'dragoman-reference-'));
const fileOf = (language: string): string => join(data, `${pair}.${language}.tsv.gz`);
const idsOf = (language: string): string[] => gunzipSync(readFileSync(fileOf(language))).toString('utf8').trimEnd().split('\n').map((line) => line.split('\t')[0] ?? '');

let faults = 0;
try {
  const project = join(folder, 'reference.dragoman');
  for (const language of [source, target]) await runCli(['embed', '--source', fileOf(language), '--language', language, '--encoder', encoder, '--project', project, '--out', join(folder, `${language}.npy`), '--quiet']);
  const expected = join(folder, 'expected');
  mkdirSync(expected);
  execFileSync(python, [join(projectRoot, 'scripts', 'bench', 'laser_reference.py'), join(folder, `${source}.npy`), join(folder, `${target}.npy`), expected, '4'], { stdio: 'inherit' });
  const [sources, targets] = [idsOf(source), idsOf(target)];
  console.log('| margin | retrieval | pairs | same pairs | same order | largest difference of a margin |');
  console.log('|---|---|---|---|---|---|');
  for (const margin of ['ratio', 'distance', 'absolute']) {
    for (const retrieval of ['forward', 'backward', 'intersection', 'max', 'union']) {
      const out = join(folder, 'out.tsv');
      await mine(['--source', fileOf(source), '--target', fileOf(target), '--source-language', source, '--target-language', target, '--encoder', encoder, '--refine', 'off', '--margin', margin, '--retrieval', retrieval, '--threshold', '-100', '--project', project, '--out', out]);
      const ours = readFileSync(out, 'utf8').trimEnd().split('\n').slice(1).map((line) => line.split('\t'));
      const theirs = readFileSync(join(expected, `${margin}.${retrieval}.tsv`), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
      const ourKeys = ours.map((cells) => `${cells[2] ?? ''} ${cells[3] ?? ''}`);
      const theirKeys = theirs.map((cells) => `${sources[Number(cells[2])] ?? ''} ${targets[Number(cells[3])] ?? ''}`);
      const theirMargins = new Map(theirKeys.map((key, i) => [key, Number(theirs[i]?.[0])]));
      const samePairs = ourKeys.length === theirKeys.length && ourKeys.every((key) => theirMargins.has(key));
      const sameOrder = samePairs && ourKeys.every((key, i) => key === theirKeys[i]);
      const difference = Math.max(0, ...ours.map((cells, i) => Math.abs(Number(cells[0]) - (theirMargins.get(ourKeys[i] ?? '') ?? NaN))).filter((value) => !Number.isNaN(value)));
      if (!samePairs || difference > 1e-5) faults += 1;
      console.log(`| ${margin} | ${retrieval} | ${ours.length} | ${samePairs ? 'yes' : 'NO'} | ${sameOrder ? 'yes' : 'NO'} | ${difference.toExponential(1)} |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(faults === 0 ? 'equal' : `${faults} combinations differ`);
process.exit(faults === 0 ? 0 : 1);

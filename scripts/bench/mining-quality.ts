/**
 * Best F1, automatic cut and its estimated precision on the mining sets, through the command line.
 *
 * `node scripts/bench/mining-quality.ts [pairs] [settings]`, e.g. `de-en,zh-en plain-fast,centred-fast`. Each pair keeps one project, so that nothing is
 * encoded twice. Prints Markdown.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine, percent, sharedFolder } from './cli-support.ts';

const data = sharedFolder('data/mining');
const settings: Readonly<Record<string, readonly string[]>> = {
  'plain-fast': ['--encoder', 'use-multilingual-v3', '--refine', 'off'],
  'centred-fast': ['--encoder', 'use-multilingual-v3'],
  'plain-e5': ['--encoder', 'multilingual-e5-small', '--refine', 'off'],
  'centred-e5': ['--encoder', 'multilingual-e5-small'],
  'both': ['--encoder', 'both'],
};
const [pairs = 'de-en,fr-en,ru-en,zh-en', chosen = Object.keys(settings).join(',')] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'dragoman-quality-'));

console.log('| pair | setting | best F1 | F1 at auto cut | loss | auto precision, estimated | true | off by | linear map | s |');
console.log('|---|---|---|---|---|---|---|---|---|---|');
const means = new Map<string, number[]>();
try {
  for (const pair of pairs.split(',')) {
    const [source = '', target = ''] = pair.split('-');
    for (const name of chosen.split(',')) {
      const { summary, seconds } = await mine([
        '--source', join(data, `${pair}.${source}.tsv.gz`), '--target', join(data, `${pair}.${target}.tsv.gz`), '--source-language', source, '--target-language', target,
        '--gold', join(data, `${pair}.gold.tsv`), '--ignore', join(data, `${pair}.near.tsv`), '--project', join(folder, `${pair}.dragoman`), '--out', join(folder, `${pair}.tsv`), '--threshold', 'auto', ...(settings[name] ?? []),
      ]);
      const { gold, threshold } = summary;
      if (gold === null) throw new Error('no gold figures');
      means.set(name, [...(means.get(name) ?? []), gold.bestF1]);
      const off = threshold?.precision === null || threshold === null ? null : threshold.precision - gold.precision;
      console.log(`| ${pair} | ${name} | ${percent(gold.bestF1)} | ${percent(gold.f1)} | ${percent(gold.bestF1 - gold.f1)} | ${percent(threshold?.precision)} | ${percent(gold.precision)} | ${percent(off)} | ${String(summary.refinement?.['linearMap'] ?? '-')} | ${seconds.toFixed(0)} |`);
    }
  }
  for (const [name, values] of means) console.log(`| mean | ${name} | ${percent(values.reduce((sum, value) => sum + value, 0) / values.length)} | | | | | | | |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

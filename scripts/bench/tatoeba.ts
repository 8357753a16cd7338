/**
 * Retrieval accuracy on the Tatoeba sets against English, mean of both directions, through the command line.
 *
 * `node scripts/bench/tatoeba.ts [languages] [settings]`. A sentence counts as right when the best pair of its row has the text of its own line. Prints Markdown.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine, percent, sharedFolder } from './cli-support.ts';

const data = sharedFolder('data/tatoeba');
const settings: Readonly<Record<string, readonly string[]>> = {
  cosine: ['--refine', 'off', '--margin', 'absolute'],
  margin: ['--refine', 'off'],
  refined: ['--refine', 'auto'],
};
const [languages = 'de,fr,es,ru,zh,ja,ar,hi,tr,ka,sw,am', encoder = 'multilingual-e5-small'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'dragoman-tatoeba-'));

const accuracy = (path: string, rows: readonly (readonly [string, string])[], from: 0 | 1): number => {
  const best = new Map<string, string>();
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)) {
    const cells = line.split('\t');
    best.set(cells[4 + from] ?? '', cells[5 - from] ?? '');
  }
  return rows.filter((row) => best.get(row[from]) === row[1 - from]).length / rows.length;
};

console.log(`| language | ${Object.keys(settings).join(' | ')} | linear map |`);
console.log(`|---|${Object.keys(settings).map(() => '---|').join('')}---|`);
const sums = Object.keys(settings).map(() => 0);
try {
  const all = languages.split(',');
  for (const language of all) {
    const rows = readFileSync(join(data, `${language}-en.tsv`), 'utf8').trimEnd().split('\n').map((line) => { const cells = line.split('\t'); return [cells[1] ?? '', cells[2] ?? ''] as const; });
    for (const [index, name] of [language, 'en'].entries()) writeFileSync(join(folder, `${language}.${name}.txt`), `${rows.map((row) => row[index === 0 ? 0 : 1]).join('\n')}\n`);
    const figures: number[] = [];
    let map = '-';
    for (const options of Object.values(settings)) {
      const both: number[] = [];
      for (const retrieval of ['forward', 'backward'] as const) {
        const out = join(folder, `${language}.tsv`);
        const { summary } = await mine(['--source', join(folder, `${language}.${language}.txt`), '--target', join(folder, `${language}.en.txt`), '--source-language', language, '--target-language', 'en', '--encoder', encoder,
          '--project', join(folder, `${language}.dragoman`), '--out', out, '--threshold', '-10', '--retrieval', retrieval, ...options]);
        map = String(summary.refinement?.['linearMap'] ?? map);
        both.push(accuracy(out, rows, retrieval === 'forward' ? 0 : 1));
      }
      figures.push(both.reduce((sum, value) => sum + value, 0) / 2);
    }
    for (const [i, value] of figures.entries()) sums[i] = (sums[i] ?? 0) + value;
    console.log(`| ${language} | ${figures.map(percent).join(' | ')} | ${map} |`);
  }
  console.log(`| mean | ${sums.map((sum) => percent(sum / all.length)).join(' | ')} | |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { defaultGraph } from '../../main/domain/mine/plan-index.ts';
import { bestCut, verdict } from '../../main/domain/mine/evaluate.ts';
import { mine } from '../../main/engine/mining/mine.ts';
import { readPairs } from '../../main/engine/mining/pairs-file.ts';
import { join2, mineInput, planFor, quietCall, readNpy, writeVectors } from './mine-support.ts';

/**
 * HNSW against exact search: recall@4, best F1 on the gold list of the first pair, time.
 * node scripts/bench/hnsw.ts --source A.npy,... --target B.npy,... --data data/mining --pair de-en
 *
 * The first file of each side is the pair's own collection; the others are lines that make it larger. Pairs outside the pair's own collections and near
 * pairs count neither way.
 */
const { values } = parseArgs({ options: { source: { type: 'string' }, target: { type: 'string' }, data: { type: 'string' }, pair: { type: 'string', default: 'de-en' } } });
const matrices = (list: string | undefined) => (list ?? '').split(',').map(readNpy);
const [sources, targets] = [matrices(values.source), matrices(values.target)];
const own = { source: sources[0]?.rows ?? 0, target: targets[0]?.rows ?? 0 };
const [source, target] = [join2(sources), join2(targets)];

const table = (path: string): string[][] => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString('utf8').split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
const [first = '', second = ''] = values.pair.split('-');
const base = join(values.data ?? '', values.pair);
const ordinals = (language: string) => new Map(table(`${base}.${language}.tsv.gz`).map((row, ordinal) => [row[0] ?? '', ordinal]));
const [sourceIds, targetIds] = [ordinals(first), ordinals(second)];
const pairsOf = (path: string) => new Set(table(path).map((row) => `${sourceIds.get(row[0] ?? '') ?? -1} ${targetIds.get(row[1] ?? '') ?? -1}`));
const [gold, near] = [pairsOf(`${base}.gold.tsv`), pairsOf(`${base}.near.tsv`)];

const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-'));
try {
  const sides = { source: writeVectors(join(work, 's'), source), target: writeVectors(join(work, 't'), target) };
  for (const index of ['exact', 'hnsw-usearch'] as const) {
    const plan = planFor([source.dimension], { threads: availableParallelism(), centre: true, index, hnsw: index === 'exact' ? null : { ...defaultGraph } });
    const start = performance.now();
    const result = await mine(mineInput(join(work, index), [sides.source], [sides.target], [source.rows, target.rows], plan), quietCall());
    const seconds = (performance.now() - start) / 1000;
    const pairs = readPairs(result.pairs, 0, result.count);
    const verdicts = Uint8Array.from(pairs.source, (ordinal, row) => {
      const key = `${ordinal} ${pairs.target[row] ?? 0}`;
      if (gold.has(key)) return verdict.right;
      return near.has(key) || ordinal >= own.source || (pairs.target[row] ?? 0) >= own.target ? verdict.ignored : verdict.wrong;
    });
    const best = bestCut({ margins: pairs.margin, verdicts, gold: gold.size });
    process.stdout.write(`${source.rows} x ${target.rows} ${index}: ${seconds.toFixed(1)} s, ${result.count} pairs, best F1 ${(100 * best.f1).toFixed(2)}, recall ${result.indexRecall?.recall.toFixed(4) ?? 'exact'}, peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

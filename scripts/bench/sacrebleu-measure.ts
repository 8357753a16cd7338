/**
 * One measurement of scripts/bench/sacrebleu.ts in a process of its own: `node sacrebleu-measure.ts MEASURE CORPUS.tsv`.
 *
 * Prints one JSON line: seconds without reading, the numbers found, the peak of resident memory in bytes, and, under `--expose-gc`, how many bytes more
 * than before the run are still held when the score is known and the metric lives on. The measure `reading` only reads.
 */
import { readFileSync } from 'node:fs';
import { bleu } from '../../packages/sacrebleu-ts/src/metrics/bleu.ts';
import { chrf } from '../../packages/sacrebleu-ts/src/metrics/chrf.ts';
import { ter } from '../../packages/sacrebleu-ts/src/metrics/ter.ts';
import type { Metric, Segment } from '../../packages/sacrebleu-ts/src/metric.ts';
import { finish } from '../../packages/sacrebleu-ts/src/significance/steps.ts';
import { pairedBootstrap } from '../../packages/sacrebleu-ts/src/significance/paired-bootstrap.ts';
import { corpusScore } from '../../packages/sacrebleu-ts/src/statistics.ts';

const [measure = '', path = ''] = process.argv.slice(2);
const first: Segment[] = [];
const second: Segment[] = [];
for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
  const [one = '', two = '', reference = ''] = line.split('\t');
  first.push({ hypothesis: one, references: [reference] });
  second.push({ hypothesis: two, references: [reference] });
}

const makers: Readonly<Record<string, () => Metric>> = { reading: () => bleu(), bleu: () => bleu(), chrf: () => chrf(), 'chrf++': () => chrf({ wordOrder: 2 }), ter: () => ter() };
const [name = '', part] = measure.split(':');
const metric = makers[name]?.();
if (metric === undefined) throw new Error(`There is no measure "${measure}".`);

const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const before = held();
let start = performance.now();
const run = (): readonly number[] => {
  if (measure === 'reading') return [];
  if (part === undefined) return [corpusScore(metric, first).value];
  const systems = [first, second].map((segments, at) => ({ name: String(at), statistics: [metric.extract(segments)] }));
  if (part === 'resampling') start = performance.now();
  const [rows = []] = finish(pairedBootstrap({ metrics: [metric], systems, resamples: 1000 }));
  return rows.flatMap(({ outcome }) => (outcome === null ? [] : [outcome.pValue]));
};
const found = run();
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, found, peak: process.resourceUsage().maxRSS * 1024, held: held() - before, metric: metric.name }));

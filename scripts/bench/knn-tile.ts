import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-node';
import { writeGraph } from '../../main/engine/graph-writer.ts';
import { forwardGraph, productGraph, tileGraph } from '../../main/engine/knn/tile-graph.ts';

/**
 * Both directions of the exact search against the bare product of the same operands, in turns, in one process:
 * node scripts/bench/knn-tile.ts [--rows 4096] [--dimensions 384,512,896] [--rounds 12] [--keep 8]
 */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '4096' }, dimensions: { type: 'string', default: '384,512,896' }, rounds: { type: 'string', default: '12' }, keep: { type: 'string', default: '8' } } });
const rows = Number(values.rows);
const keep = BigInt(values.keep);

const random = (size: number): Float32Array => {
  let state = 1;
  return Float32Array.from({ length: size }, () => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32 - 0.5; });
};

for (const dimension of values.dimensions.split(',').map(Number)) {
  const open = (graph: typeof tileGraph) => ort.InferenceSession.create(writeGraph(graph), { executionProviders: ['cpu'], intraOpNumThreads: availableParallelism() });
  const sessions = { product: await open(productGraph), forward: await open(forwardGraph), both: await open(tileGraph) };
  const q = new ort.Tensor('float32', random(rows * dimension), [rows, dimension]);
  const b = new ort.Tensor('float32', random(rows * dimension), [rows, dimension]);
  const k = new ort.Tensor('int64', BigInt64Array.of(keep), [1]);
  const times: Record<keyof typeof sessions, number[]> = { product: [], forward: [], both: [] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const name of ['product', 'forward', 'both'] as const) {
      const feeds = name === 'product' ? { q, b } : name === 'forward' ? { q, b, forward_keep: k } : { q, b, forward_keep: k, backward_keep: k };
      const start = performance.now();
      await sessions[name].run(feeds);
      if (round > 0) times[name].push(performance.now() - start);
    }
  }
  const best = (name: keyof typeof sessions): number => Math.min(...times[name]);
  const middle = (name: keyof typeof sessions): number => times[name].sort((x, y) => x - y)[Math.floor(times[name].length / 2)] ?? 0;
  const line = (name: keyof typeof sessions): string => `${name} ${best(name).toFixed(0)} ms (median ${middle(name).toFixed(0)}), ${(2 * rows * rows * dimension / best(name) / 1e6).toFixed(0)} GFLOP/s`;
  process.stdout.write(`${rows} x ${rows} x ${dimension}, keep ${keep}: ${line('product')}; ${line('forward')}; ${line('both')}\n`);
  process.stdout.write(`  forward / product ${(best('forward') / best('product')).toFixed(2)} (medians ${(middle('forward') / middle('product')).toFixed(2)}), both / product ${(best('both') / best('product')).toFixed(2)} (medians ${(middle('both') / middle('product')).toFixed(2)})\n`);
}

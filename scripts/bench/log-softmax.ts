/**
 * From logits to the log-probabilities that a search asks for: loops over the logits here, or a second tiny graph of onnxruntime run on them.
 *
 *     node scripts/bench/log-softmax.ts [--threads 1]
 *
 * "Four ids": what scoring and placing markers ask for, log P of 4 ids a row. "Best eight": what a beam search of 4 asks for, the 8 likeliest tokens a row.
 * Random logits; vocabularies of the shared models, of OPUS-MT and of NLLB. The ways must agree to 1e-4, or the script fails. Best of 7 rounds.
 */
import { parseArgs } from 'node:util';
import { openLogSoftmax } from '../../main/engine/seq2seq/log-probabilities.ts';
import { writeGraph, type Graph } from '../../main/engine/graph-writer.ts';
import { openSession, runtime } from '../../main/engine/provider.ts';
import { seededRandom } from '../../main/domain/review/seeded-random.ts';

const { values } = parseArgs({ options: { threads: { type: 'string', default: '1' } } });
const settings = { provider: 'cpu', threads: Number(values.threads) } as const;

const best: Graph = {
  name: 'best', inputs: [{ name: 'logits', type: 'float32', shape: ['rows', 'vocabulary'] }, { name: 'keep', type: 'int64', shape: [1] }], outputs: [{ name: 'scores', type: 'float32', shape: ['rows', 'k'] }, { name: 'tokens', type: 'int64', shape: ['rows', 'k'] }],
  nodes: [{ op: 'LogSoftmax', inputs: ['logits'], outputs: ['all'], attributes: { axis: 1 } }, { op: 'TopK', inputs: ['all', 'keep'], outputs: ['scores', 'tokens'], attributes: { axis: 1, largest: 1, sorted: 1 } }],
};

/** log of the sum of exp, in two passes over 64-bit numbers: the largest, then the sum. */
const logSumExp = (logits: Float32Array): number => {
  let most = -Infinity;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return most + Math.log(sum);
};

const softmaxByLoops = (logits: Float32Array, vocabulary: number): Float32Array => {
  const scores = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += vocabulary) {
    const normaliser = logSumExp(logits.subarray(start, start + vocabulary));
    for (let at = start; at < start + vocabulary; at += 1) scores[at] = (logits[at] ?? 0) - normaliser;
  }
  return scores;
};

/** One scan for the best of each row, as the beam search does. */
const bestOf = (scores: Float32Array, vocabulary: number, keep: number): Float64Array => {
  const rows = scores.length / vocabulary;
  const out = new Float64Array(rows * keep).fill(-Infinity);
  for (let row = 0; row < rows; row += 1) {
    const all = scores.subarray(row * vocabulary, (row + 1) * vocabulary);
    const kept = out.subarray(row * keep, (row + 1) * keep);
    for (const score of all) {
      if (score <= (kept[keep - 1] ?? 0)) continue;
      let place = keep - 1;
      while (place > 0 && (kept[place - 1] ?? 0) < score) { kept[place] = kept[place - 1] ?? 0; place -= 1; }
      kept[place] = score;
    }
  }
  return out;
};

const bestSession = await openSession(writeGraph(best), settings);
const logSoftmax = await openLogSoftmax(settings.threads);

const timed = async (work: () => Promise<ArrayLike<number>> | ArrayLike<number>): Promise<{ readonly milliseconds: number; readonly scores: ArrayLike<number> }> => {
  let milliseconds = Infinity;
  let scores: ArrayLike<number> = [];
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    scores = await work();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { milliseconds, scores };
};

const agree = (left: ArrayLike<number>, right: ArrayLike<number>, what: string): void => {
  for (let at = 0; at < left.length; at += 1) if (!(Math.abs((left[at] ?? NaN) - (right[at] ?? NaN)) < 1e-4)) throw new Error(`${what}: ${left[at]} is not ${right[at]}.`);
};

const bestByGraph = async (logits: Float32Array, vocabulary: number): Promise<Float32Array> => {
  const { Tensor } = runtime();
  const scores = (await bestSession.run({ logits: new Tensor('float32', logits, [logits.length / vocabulary, vocabulary]), keep: new Tensor('int64', BigInt64Array.of(8n), [1]) }, ['scores']))['scores']?.data;
  if (!(scores instanceof Float32Array)) throw new Error('The graph gave no numbers.');
  return scores;
};

console.log(`milliseconds, best of 7, ${settings.threads} thread(s)`);
console.log('vocabulary  rows | four ids: loops   LogSoftmax, loops   LogSoftmax+Gather | best eight: loops   LogSoftmax, loops   LogSoftmax+TopK');
for (const vocabulary of [6_000, 58_101, 256_206]) for (const rows of [16, 64]) {
  const random = seededRandom(vocabulary + rows);
  const logits = Float32Array.from({ length: rows * vocabulary }, () => 12 * random() - 6);
  const ids = Int32Array.from({ length: rows * 4 }, () => Math.floor(random() * vocabulary));
  const picked = (scores: Float32Array): Float64Array => Float64Array.from(ids, (id, at) => scores[Math.floor(at / 4) * vocabulary + id] ?? NaN);
  const four = {
    loops: await timed(() => Float64Array.from({ length: rows }, (_, row) => logSumExp(logits.subarray(row * vocabulary, (row + 1) * vocabulary))).reduce((out, normaliser, row) => {
      for (let at = row * 4; at < row * 4 + 4; at += 1) out[at] = (logits[row * vocabulary + (ids[at] ?? 0)] ?? NaN) - normaliser;
      return out;
    }, new Float64Array(rows * 4))),
    half: await timed(async () => picked(await logSoftmax.all(logits, vocabulary))),
    graph: await timed(() => logSoftmax.some(logits, vocabulary, ids)),
  };
  const eight = {
    loops: await timed(() => bestOf(softmaxByLoops(logits, vocabulary), vocabulary, 8)),
    half: await timed(async () => bestOf(await logSoftmax.all(logits, vocabulary), vocabulary, 8)),
    graph: await timed(() => bestByGraph(logits, vocabulary)),
  };
  for (const [name, { loops, half, graph }] of Object.entries({ 'four ids': four, 'best eight': eight })) {
    agree(half.scores, loops.scores, `${name} of ${vocabulary}, LogSoftmax and loops`);
    agree(graph.scores, loops.scores, `${name} of ${vocabulary}, a graph`);
  }
  const column = ({ milliseconds }: { readonly milliseconds: number }, width: number): string => milliseconds.toFixed(2).padStart(width);
  console.log(`${String(vocabulary).padStart(10)} ${String(rows).padStart(5)} | ${column(four.loops, 15)} ${column(four.half, 19)} ${column(four.graph, 19)} | ${column(eight.loops, 17)} ${column(eight.half, 19)} ${column(eight.graph, 17)}`);
}
await Promise.all([logSoftmax.release(), bestSession.release()]);

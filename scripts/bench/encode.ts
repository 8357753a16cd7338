/**
 * Encoding against Python's onnxruntime, side by side: same sentences, same batches, same threads, alternating runs.
 *
 *     node scripts/bench/encode.ts --python PYTHON [--sentences 10000] [--rounds 3] [--encoder use-multilingual-v3] [--threads N]
 *
 * PYTHON has onnxruntime of the version of package-lock.json, tokenizers and numpy. Our side is the engine's whole path (tokenising, batches, vector
 * files, journal) in one block; Python's is tokenising and inference in memory. Sentences: data/mining/de-en of the shared data, both sides in turn.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { batchTokensFor, blockSentences } from '../../main/domain/models/encode-effort.ts';
import { createEncoderCache } from '../../main/engine/encoder-cache.ts';
import { createEncodings } from '../../main/engine/encoding.ts';
import { readBundledModel } from '../../main/engine/model-bundled.ts';
import { createRunQueue } from '../../main/engine/run-queue.ts';
import { sharedPath } from '../../tests/shared-data.ts';

const { values } = parseArgs({ options: {
  python: { type: 'string', default: 'python3' }, sentences: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '3' },
  encoder: { type: 'string', default: 'use-multilingual-v3' }, threads: { type: 'string', default: String(availableParallelism()) },
} });
const count = Number(values.sentences);
const threads = Number(values.threads);

const data = sharedPath('data/mining');
const modelFolder = fileURLToPath(new URL(`../../resources/models/${values.encoder}`, import.meta.url));
const encoder = await readBundledModel(modelFolder);
if (data === null || encoder === undefined) throw new Error('The shared data or the encoder is not there.');

const sideOf = (language: string): string[] => gunzipSync(readFileSync(join(data, `de-en.${language}.tsv.gz`))).toString('utf8').split('\n').slice(0, Math.ceil(count / 2)).map((line) => line.split('\t')[1] ?? '');
const [german, english] = [sideOf('de'), sideOf('en')];
const sentences = [...new Set(german.flatMap((sentence, index) => [sentence, english[index] ?? sentence]))].slice(0, count);
const batchTokens = batchTokensFor(encoder, 'cpu');

const work = mkdtempSync(join(tmpdir(), 'dragoman-bench-encode-'));
const textFile = join(work, 'sentences.txt');
writeFileSync(textFile, sentences.map((sentence) => `${sentence}\n`).join(''));

const queue = createRunQueue();
const encodings = createEncodings({ queue, encoders: createEncoderCache(queue, work, () => undefined) });
const call = { signal: new AbortController().signal, item: async (): Promise<void> => undefined };

/** Seconds of one encoding into a fresh folder, everything but loading the model included. */
const ours = async (round: string, texts: readonly string[]): Promise<{ seconds: number; sum: number }> => {
  const folder = join(work, round);
  const opened = await encodings['engine.openEncoding']({ folder, encoder, provider: 'cpu', threads, precision: 'f32', blockSentences, batchTokens, rows: join(folder, 'rows.u32'), total: texts.length, origin: 'bench' }, call);
  const start = performance.now();
  // Blocks as a job sends them: one ahead, so that the next is tokenised while this one is inferred.
  let before: Promise<unknown> = Promise.resolve();
  for (let block = 0; block * blockSentences < texts.length; block += 1) {
    const current = encodings['engine.encodeBlock']({ encoding: opened.encoding, block, texts: texts.slice(block * blockSentences, (block + 1) * blockSentences) }, call);
    await before;
    before = current;
  }
  await before;
  const seconds = (performance.now() - start) / 1000;
  await encodings['engine.closeEncoding']({ encoding: opened.encoding }, call);
  const bytes = readFileSync(join(folder, 'vectors.bin'));
  const sum = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4).reduce((total, value) => total + Math.abs(value), 0);
  return { seconds, sum };
};

const say = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value)}\n`); };
const ratios: number[] = [];
await ours('warm', sentences.slice(0, 64));
for (let round = 1; round <= Number(values.rounds); round += 1) {
  const mine = await ours(`round-${round}`, sentences);
  say({ runtime: 'dragoman', sentences: sentences.length, seconds: Number(mine.seconds.toFixed(3)), perSecond: Number((sentences.length / mine.seconds).toFixed(1)), sum: Number(mine.sum.toFixed(3)) });
  const line = execFileSync(values.python, [fileURLToPath(new URL('encode.py', import.meta.url)), modelFolder, textFile, String(threads), String(batchTokens), String(blockSentences)], { encoding: 'utf8' });
  const theirs: { readonly seconds: number } = JSON.parse(line);
  say(theirs);
  ratios.push(theirs.seconds / mine.seconds);
}
ratios.sort((left, right) => left - right);
say({ encoder: encoder.id, threads, batchTokens, ratios: ratios.map((ratio) => Number(ratio.toFixed(3))), median: Number((ratios[Math.floor(ratios.length / 2)] ?? 0).toFixed(3)) });
rmSync(work, { recursive: true });

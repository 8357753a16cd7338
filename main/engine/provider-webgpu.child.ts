import { tmpdir } from 'node:os';
import process from 'node:process';
import { createEncoderCache } from './encoder-cache.ts';
import { readBundledModel } from './model-bundled.ts';
import { completeFiles, writeTinyModel } from './model-fixture.ts';
import { inspectModel } from './model-inspect.ts';
import { createRunQueue } from './run-queue.ts';

/**
 * Run by `provider-webgpu.test.ts` in a process of its own, because a graphics driver may crash it: encodes three sentences on WebGPU and on the CPU with
 * the bundled encoder in the folder given, and with a small generated one, and prints the largest difference of each.
 */
const [modelFolder = '', workFolder = tmpdir()] = process.argv.slice(2);
const warnings: string[] = [];
const queue = createRunQueue();
const encoders = createEncoderCache(queue, workFolder, (line) => { warnings.push(line); });
const bundled = await readBundledModel(modelFolder);
const tiny = (await inspectModel(writeTinyModel(`${workFolder}/tiny`, { files: completeFiles }).folder, {}, workFolder)).encoder;

const sentences = ['w1 w2', 'The ferry leaves at seven in the morning.', 'Der Zug nach Leipzig hat zwanzig Minuten Verspätung.'];
const report: { readonly id: string; readonly provider: string; readonly difference: number; readonly notes: readonly string[] }[] = [];
for (const description of bundled === undefined ? [tiny] : [tiny, bundled]) {
  const all = Uint32Array.from(sentences.keys());
  const onCpu = await encoders.openExactly(description, 'cpu', 2);
  const table = await onCpu.tokenise(sentences);
  const expected = await queue.run('batch', () => onCpu.infer(table, all));
  const { encoder } = await encoders.open(description, 'webgpu', 2);
  const found = await queue.run('batch', () => encoder.infer(table, all));
  report.push({ id: description.id, provider: encoder.provider, difference: expected.reduce((most, value, at) => Math.max(most, Math.abs(value - (found[at] ?? Infinity))), 0), notes: [...warnings] });
}
process.stdout.write(`${JSON.stringify(report)}\n`, () => { process.exit(0); });

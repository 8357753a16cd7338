import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { planBatches } from './encoder-batches.ts';
import { inferInOrder } from './encoder-run.ts';
import { openEncoder } from './encoder.ts';
import { openInference, type Inference, type InferenceSettings } from './encoder-inference.ts';
import { openLanes } from './inference-lanes.ts';
import { readBundledModel } from './model-bundled.ts';
import { completeFiles, writeTinyModel } from './model-fixture.ts';
import { inspectModel } from './model-inspect.ts';
import { probeSentences } from './provider-sentences.ts';
import { createRunQueue } from './run-queue.ts';

const base = mkdtempSync(join(tmpdir(), 'dragoman-lanes-'));
afterAll(() => { rmSync(base, { recursive: true }); });

const tinySettings = async (): Promise<InferenceSettings> => {
  const { encoder } = await inspectModel(writeTinyModel(join(base, 'tiny'), { files: completeFiles }).folder, {}, base);
  return { description: encoder, graph: join(encoder.folder, encoder.graph), provider: 'cpu', threads: 2 };
};

const inferOne = (inference: Inference): Promise<Float32Array> => inference.infer({ ids: Int32Array.of(2, 3, 4), lengths: Uint32Array.of(1, 2) });

it('gives, two batches at a time and in order, the very bits that one session on all cores gives', async () => {
  const description = await readBundledModel(fileURLToPath(new URL('../../resources/models/use-multilingual-v3', import.meta.url)));
  if (description === undefined) throw new Error('the bundled encoder is not there');
  const encoder = await openEncoder(description, { provider: 'cpu', threads: 2, cacheFolder: base });
  expect(encoder.lanes).toBe(2);
  const alone = await openInference({ description, graph: join(description.folder, description.graph), provider: 'cpu', threads: 2 });
  const table = await encoder.tokenise(probeSentences);
  const { batches } = planBatches(table, 256);
  expect(batches.length).toBeGreaterThan(8);
  let number = 0;
  for await (const vectors of inferInOrder(createRunQueue(), 'batch', encoder, table, batches, new AbortController().signal)) {
    const batch = batches[number] ?? new Uint32Array();
    const sentences = Array.from(batch, (index) => table.ids.subarray(table.offsets[index], table.offsets[index + 1]));
    expect(vectors).toEqual(await alone.infer({ ids: Int32Array.from(sentences.flatMap((ids) => [...ids])), lengths: Uint32Array.from(sentences, (ids) => ids.length) }));
    number += 1;
  }
  expect(number).toBe(batches.length);
  await encoder.dispose();
  await alone.close();
});

it('starts a thread that died again', async () => {
  const workers: Worker[] = [];
  const note = (worker: Worker): void => { workers.push(worker); };
  process.on('worker', note);
  const lanes = await openLanes(await tinySettings());
  const before = [await inferOne(lanes), await inferOne(lanes)];
  for (const worker of workers) await worker.terminate();
  expect([await inferOne(lanes), await inferOne(lanes)]).toEqual(before);
  await lanes.close();
  process.off('worker', note);
  expect(workers.map((worker) => worker.threadId)).toEqual(workers.map(() => -1));
});

it('tells in a Failure why a graph cannot be opened or a batch not be computed, and is of no use once closed', async () => {
  const settings = await tinySettings();
  const broken = join(base, 'broken.onnx');
  writeFileSync(broken, 'no graph');
  await expect(openLanes({ ...settings, graph: broken })).rejects.toMatchObject({ data: { code: 'model-unsupported', hint: expect.stringContaining('Optimum') } });
  const lanes = await openLanes(settings);
  await expect(lanes.infer({ ids: Int32Array.of(1_000_000), lengths: Uint32Array.of(1) })).rejects.toMatchObject({ data: { code: 'model-unsupported', message: expect.stringContaining('failed on cpu') } });
  expect(await inferOne(lanes)).toHaveLength(16);
  await lanes.close();
  await expect(inferOne(lanes)).rejects.toMatchObject({ data: { code: 'engine-lost' } });
});

it('lets a process end that has nothing else to do', async () => {
  const program = `const { openLanes } = await import(${JSON.stringify(new URL('inference-lanes.ts', import.meta.url).href)});
    const lanes = await openLanes(${JSON.stringify(await tinySettings())});
    console.log((await lanes.infer({ ids: Int32Array.of(2), lengths: Uint32Array.of(1) })).length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe('8\n');
});

it('stays in the thread it is called from where lanes are off, with the same bits', async () => {
  const settings = await tinySettings();
  const started: Worker[] = [];
  const note = (worker: Worker): void => { started.push(worker); };
  process.on('worker', note);
  process.env['DRAGOMAN_INFERENCE_LANES'] = 'off';
  try {
    const inference = await openLanes(settings);
    const alone = await openInference(settings);
    expect(inference.lanes).toBe(1);
    expect(await inferOne(inference)).toEqual(await inferOne(alone));
    expect(started).toEqual([]);
    await Promise.all([inference.close(), alone.close()]);
  } finally {
    delete process.env['DRAGOMAN_INFERENCE_LANES'];
    process.off('worker', note);
  }
});

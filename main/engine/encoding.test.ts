import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFailureData } from '../contract/errors.ts';
import type { EncoderDescription } from '../contract/models.ts';
import { createEncoderCache } from './encoder-cache.ts';
import { createEncodings, type EncodingPart } from './encoding.ts';
import { completeFiles, word, writeTinyModel, type TinyModel } from './model-fixture.ts';
import { inspectModel } from './model-inspect.ts';
import { createRunQueue } from './run-queue.ts';
import { fromPrecision } from './vectors-half.ts';

const base = mkdtempSync(join(tmpdir(), 'dragoman-encoding-'));
let description: EncoderDescription;
let model: TinyModel;
let folders = 0;

beforeAll(async () => {
  model = writeTinyModel(join(base, 'model'), { files: completeFiles });
  description = (await inspectModel(model.folder, {}, base)).encoder;
});
afterAll(async () => {
  await encoders.close();
  rmSync(base, { recursive: true });
});

const queue = createRunQueue();
const encoders = createEncoderCache(queue, base, () => undefined);
/** A fresh engine, but for the loaded encoders. */
const engine = (): EncodingPart => createEncodings({ queue, encoders });

const fresh = (): string => join(base, `vectors-${(folders += 1)}`);

/** Sentences of 1 to 9 words, all different. */
const sentences = (count: number, seed = 1): string[] => Array.from({ length: count }, (_, index) =>
  Array.from({ length: 1 + ((index * 7 + seed) % 9) }, (_unused, at) => word((index * 13 + at * (3 + seed) + ((index / 97) | 0)) % 100)).concat(word(index % 100), word((index / 100) | 0), word(seed)).join(' '));

type Job = { readonly part: EncodingPart; readonly folder: string; readonly texts: readonly string[]; readonly name?: string; readonly origin?: string; readonly precision?: 'f32' | 'f16'; readonly encoder?: EncoderDescription; readonly signal?: AbortSignal; readonly onBatch?: () => void };

const blockSentences = 100;

const openJob = ({ part, folder, texts, name = 'source', origin = 'run:1:source', precision = 'f32', encoder = description, signal = new AbortController().signal }: Job) => part['engine.openEncoding']({
  folder, encoder, provider: 'cpu', threads: 2, precision, blockSentences, batchTokens: 64, rows: join(folder, 'rows', `${name}.u32`), total: texts.length, origin,
}, { signal });

/** A whole job as the workbench does it: one block ahead, then closed. */
const encodeAll = async (job: Job) => {
  const opened = await openJob(job);
  const call = { signal: job.signal ?? new AbortController().signal, item: async (): Promise<void> => { job.onBatch?.(); } };
  const results: ReturnType<EncodingPart['engine.encodeBlock']>[] = [];
  for (let block = opened.doneBlocks; block * blockSentences < job.texts.length; block += 1) {
    results.push(job.part['engine.encodeBlock']({ encoding: opened.encoding, block, texts: job.texts.slice(block * blockSentences, (block + 1) * blockSentences) }, call));
    results.at(-1)?.catch(() => undefined);
    await results.at(-2);
  }
  const blocks = await Promise.all(results);
  return { opened, blocks, closed: await job.part['engine.closeEncoding']({ encoding: opened.encoding }, call) };
};

const rowsOf = (folder: string, name = 'source'): Uint32Array => new Uint32Array(readFileSync(join(folder, 'rows', `${name}.u32`)).buffer.slice(0));
const u32 = (path: string): number[] => { const bytes = readFileSync(path); return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4)); };
const files = ['vectors.bin', 'hashes.bin', 'journal.jsonl', 'rows/source.u32'] as const;
const expectSameBytes = (left: string, right: string): void => {
  for (const file of files) expect(readFileSync(join(left, file)).equals(readFileSync(join(right, file))), file).toBe(true);
};

/** What the tiny encoder must give: the mean of the words' vectors, scaled to length 1. */
const expected = (text: string): number[] => {
  const words = text.split(' ').slice(0, 16).map((one) => Number(one.slice(1)) + 2);
  const mean = Array.from({ length: 8 }, (_, at) => words.reduce((sum, row) => sum + (model.wordVectors[row * 8 + at] ?? 0), 0) / words.length);
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
};

describe('an encoding', () => {
  it('gives every sentence the row of its vector, new sentences in order of the collection', async () => {
    const [folder, texts] = [fresh(), sentences(250)];
    const { blocks, closed } = await encodeAll({ part: engine(), folder, texts });
    const rows = u32(join(folder, 'rows/source.u32'));
    expect(rows).toEqual([...texts.keys()]);
    const vectors = fromPrecision(readFileSync(join(folder, 'vectors.bin')), 'f32');
    for (const [index, text] of texts.entries()) {
      expected(text).forEach((value, at) => { expect(vectors[(rows[index] ?? 0) * 8 + at]).toBeCloseTo(value, 5); });
    }
    expect(closed).toMatchObject({ encoded: 250, reused: 0, origins: [{ origin: 'run:1:source', vectors: 250 }] });
    expect(blocks.map((block) => block.encoded)).toEqual([100, 100, 50]);
    for (const block of blocks) expect(block.paddedTokens).toBeGreaterThanOrEqual(block.tokens);
  });

  it('encodes nothing twice: equal sentences share a row, and a second collection tells whose vectors it uses', async () => {
    const [folder, part] = [fresh(), engine()];
    const first = sentences(150);
    await encodeAll({ part, folder, texts: first });
    const more = [...first.slice(50, 120), ...sentences(60, 2), ...first.slice(50, 60), ...sentences(60, 2).slice(0, 5)];
    const { closed } = await encodeAll({ part, folder, texts: more, name: 'target', origin: 'run:2:target' });
    expect(closed).toEqual({ encoded: 60, reused: 85, truncated: 0, origins: expect.arrayContaining([{ origin: 'run:1:source', vectors: 80 }, { origin: 'run:2:target', vectors: 65 }]) });
    const rows = u32(join(folder, 'rows/target.u32'));
    expect(rows.slice(0, 70)).toEqual(Array.from({ length: 70 }, (_, index) => index + 50));
    expect(rows.slice(140)).toEqual(rows.slice(70, 75));
    expect(statSync(join(folder, 'vectors.bin')).size).toBe(210 * 32);
  });

  it('keeps half the bytes in f16, to three digits', async () => {
    const [folder, texts] = [fresh(), sentences(40)];
    await encodeAll({ part: engine(), folder, texts, precision: 'f16' });
    const bytes = readFileSync(join(folder, 'vectors.bin'));
    expect(bytes.length).toBe(40 * 16);
    const vectors = fromPrecision(bytes, 'f16');
    for (const [index, text] of texts.entries()) expected(text).forEach((value, at) => { expect(Math.abs((vectors[index * 8 + at] ?? 0) - value)).toBeLessThan(1e-3); });
  });

  it('counts and names over-long sentences, also where their vectors are reused', async () => {
    const [folder, part] = [fresh(), engine()];
    const texts = sentences(120);
    const long = Array.from({ length: 30 }, (_, index) => word(index)).join(' ');
    texts[3] = long;
    texts[110] = `${long} again`;
    const first = await encodeAll({ part, folder, texts });
    expect(first.blocks.map((block) => block.truncated)).toEqual([[3], [110]]);
    const second = await encodeAll({ part, folder, texts: [...texts].reverse(), name: 'target' });
    expect(second.blocks.map((block) => block.truncated)).toEqual([[9], [116]]);
    expect(second.closed).toMatchObject({ encoded: 0, reused: 120, truncated: 2 });
  });

  it('takes an empty collection', async () => {
    const folder = fresh();
    const { opened, closed } = await encodeAll({ part: engine(), folder, texts: [] });
    expect([opened.doneBlocks, closed.encoded, rowsOf(folder).length]).toEqual([0, 0, 0]);
  });
});

describe('an encoding that was interrupted', () => {
  it('ends with the same bytes after a cancel at every batch, and answers the cancel within a second', async () => {
    const texts = sentences(180);
    const whole = fresh();
    await encodeAll({ part: engine(), folder: whole, texts });
    const lines = readFileSync(join(whole, 'journal.jsonl'), 'utf8').split('\n').length;
    for (let stop = 3; stop < lines; stop += 7) {
      const [folder, part] = [fresh(), engine()];
      const controller = new AbortController();
      const watch = setInterval(() => { if (existsSync(join(folder, 'journal.jsonl')) && readFileSync(join(folder, 'journal.jsonl'), 'utf8').split('\n').length >= stop) controller.abort(); }, 0);
      let asked = 0;
      controller.signal.addEventListener('abort', () => { asked = performance.now(); });
      await encodeAll({ part, folder, texts, signal: controller.signal }).catch((thrown: unknown) => {
        expect(thrown).toMatchObject({ data: { code: 'cancelled' } });
        expect(performance.now() - asked).toBeLessThan(1000);
      });
      clearInterval(watch);
      await encodeAll({ part, folder, texts });
      expectSameBytes(folder, whole);
    }
  });

  it('ends with the same bytes from whatever a killed process left behind', async () => {
    const texts = sentences(230);
    const whole = fresh();
    await encodeAll({ part: engine(), folder: whole, texts });
    const journal = readFileSync(join(whole, 'journal.jsonl'));
    for (let length = 0; length < journal.length; length += 431) {
      const folder = fresh();
      cpSync(whole, folder, { recursive: true });
      truncateSync(join(folder, 'journal.jsonl'), length);
      await encodeAll({ part: engine(), folder, texts });
      expectSameBytes(folder, whole);
    }
  });

  it('computes again what a power cut has damaged behind the journal\'s back', async () => {
    const texts = sentences(230);
    const whole = fresh();
    await encodeAll({ part: engine(), folder: whole, texts });
    for (const [file, length] of [['vectors.bin', 150 * 32], ['hashes.bin', 210 * 16], ['rows/source.u32', 400]] as const) {
      const folder = fresh();
      cpSync(whole, folder, { recursive: true });
      truncateSync(join(folder, file), length);
      const { closed } = await encodeAll({ part: engine(), folder, texts });
      expect(closed.encoded + closed.reused).toBe(230);
      for (const name of ['vectors.bin', 'hashes.bin', 'rows/source.u32']) expect(readFileSync(join(folder, name)).equals(readFileSync(join(whole, name))), `${file}: ${name}`).toBe(true);
    }
    const folder = fresh();
    cpSync(whole, folder, { recursive: true });
    const bytes = readFileSync(join(folder, 'vectors.bin'));
    bytes[220 * 32] = (bytes[220 * 32] ?? 0) ^ 1;
    writeFileSync(join(folder, 'vectors.bin'), bytes);
    await encodeAll({ part: engine(), folder, texts });
    expectSameBytes(folder, whole);
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full, and goes on from there once it is not', async () => {
    const texts = sentences(230);
    const [whole, folder] = [fresh(), fresh()];
    await encodeAll({ part: engine(), folder: whole, texts });
    for (const file of ['vectors.bin', 'hashes.bin', 'journal.jsonl'] as const) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      symlinkSync('/dev/full', join(folder, file));
      const problem = await encodeAll({ part: engine(), folder, texts }).then(() => undefined, toFailureData);
      expect(problem).toMatchObject({ code: 'disk-full', hint: expect.stringContaining('resume') });
      rmSync(join(folder, file));
      await encodeAll({ part: engine(), folder, texts });
      expectSameBytes(folder, whole);
    }
  });

  it('does not believe a journal line that was half written', async () => {
    const texts = sentences(120);
    const [whole, folder] = [fresh(), fresh()];
    await encodeAll({ part: engine(), folder: whole, texts });
    cpSync(whole, folder, { recursive: true });
    appendFileSync(join(folder, 'journal.jsonl'), '{"kind":"done","enc');
    await encodeAll({ part: engine(), folder, texts });
    expectSameBytes(folder, whole);
  });
});

describe('an encoding is refused', () => {
  it('in a folder of another encoder or precision, which stays as it was', async () => {
    const [folder, texts] = [fresh(), sentences(20)];
    await encodeAll({ part: engine(), folder, texts });
    const before = readFileSync(join(folder, 'vectors.bin'));
    await expect(encodeAll({ part: engine(), folder, texts, precision: 'f16' })).rejects.toMatchObject({ data: { code: 'conflict', message: expect.stringContaining('precision f32 there, f16 here') } });
    await expect(encodeAll({ part: engine(), folder, texts, encoder: { ...description, pooling: 'cls' } })).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect(readFileSync(join(folder, 'vectors.bin')).equals(before)).toBe(true);
  });

  it('when blocks come out of order or with the wrong number of sentences', async () => {
    const [folder, part, texts] = [fresh(), engine(), sentences(150)];
    const { encoding } = await openJob({ part, folder, texts });
    const call = { signal: new AbortController().signal, item: async (): Promise<void> => undefined };
    await expect(part['engine.encodeBlock']({ encoding, block: 1, texts: texts.slice(100) }, call)).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(part['engine.encodeBlock']({ encoding, block: 0, texts: texts.slice(0, 99) }, call)).rejects.toMatchObject({ data: { code: 'bad-input' } });
    await expect(part['engine.encodeBlock']({ encoding, block: 0, texts: texts.slice(0, 100) }, call)).resolves.toMatchObject({ encoded: 100 });
    await part['engine.closeEncoding']({ encoding }, call);
    await expect(part['engine.encodeBlock']({ encoding, block: 1, texts: texts.slice(100) }, call)).rejects.toMatchObject({ data: { code: 'not-found' } });
  });
});

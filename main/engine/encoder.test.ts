import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import type { EncoderDescription } from '../contract/models.ts';
import { planBatches } from './encoder-batches.ts';
import { openEncoder, type Encoder } from './encoder.ts';
import { readBundledModel } from './model-bundled.ts';
import { completeFiles, word, writeTinyModel } from './model-fixture.ts';
import { inspectModel } from './model-inspect.ts';

const cacheFolder = mkdtempSync(join(tmpdir(), 'dragoman-encoder-'));
const opened: Encoder[] = [];
afterAll(async () => {
  for (const encoder of opened) await encoder.dispose();
  rmSync(cacheFolder, { recursive: true });
});

const open = async (description: EncoderDescription): Promise<Encoder> => {
  const encoder = await openEncoder(description, { provider: 'cpu', threads: 2, cacheFolder });
  opened.push(encoder);
  return encoder;
};

const resource = (id: string): string => fileURLToPath(new URL(`../../resources/models/${id}`, import.meta.url));
const bundled = async (id: string): Promise<EncoderDescription> => {
  const description = await readBundledModel(resource(id));
  if (description === undefined) throw new Error(`${id} has no model.json`);
  return description;
};

const encodeAlone = async (encoder: Encoder, text: string): Promise<Float32Array> => encoder.infer(await encoder.tokenise([text]), Uint32Array.of(0));

const vectorFacts = v.object({ tokens: v.number(), first: v.array(v.number()), sum: v.number(), weighted: v.number(), squares: v.number() });
const fixture = v.parse(
  v.object({ sentences: v.array(v.string()), encoders: v.record(v.string(), v.array(vectorFacts)) }),
  JSON.parse(readFileSync(new URL('encoder-vectors.fixture.json', import.meta.url), 'utf8')),
);

describe.each(['use-multilingual-v3', 'multilingual-e5-small'])('%s', (id) => {
  it('gives the vectors that Python\'s onnxruntime gives, alone and in one batch', async () => {
    const encoder = await open(await bundled(id));
    const table = await encoder.tokenise(fixture.sentences);
    const { dimension } = encoder.description;
    const short = Uint32Array.from(fixture.sentences.keys()).filter((index) => table.truncated[index] === 0);
    const together = await encoder.infer(table, short);
    for (const [index, expected] of (fixture.encoders[id] ?? []).entries()) {
      expect((table.offsets[index + 1] ?? 0) - (table.offsets[index] ?? 0)).toBe(expected.tokens);
      const inBatch = short.indexOf(index);
      for (const vector of [await encoder.infer(table, Uint32Array.of(index)), ...(inBatch < 0 ? [] : [together.subarray(inBatch * dimension, (inBatch + 1) * dimension)])]) {
        expect(vector).toHaveLength(dimension);
        for (const [at, value] of expected.first.entries()) expect(Math.abs((vector[at] ?? 0) - value)).toBeLessThan(1e-4);
        expect(Math.abs(vector.reduce((sum, value) => sum + value, 0) - expected.sum)).toBeLessThan(1e-4);
        expect(Math.abs(vector.reduce((sum, value, at) => sum + value * ((at % 7) - 3), 0) - expected.weighted)).toBeLessThan(1e-3);
        expect(Math.abs(vector.reduce((sum, value) => sum + value * value, 0) - expected.squares)).toBeLessThan(1e-4);
      }
    }
    expect(fixture.encoders[id]).toHaveLength(12);
  });

  it('marks the sentence that is longer than its maximum, and only that', async () => {
    const encoder = opened.find((one) => one.description.id === id) ?? await open(await bundled(id));
    const { truncated } = await encoder.tokenise(fixture.sentences);
    expect([...truncated]).toEqual(fixture.sentences.map((text) => (text.length > 3000 ? 1 : 0)));
  });

  it('reads decomposed Korean, Japanese and Vietnamese as it reads composed text, and leaves the order of Arabic marks alone', async () => {
    const encoder = opened.find((one) => one.description.id === id) ?? await open(await bundled(id));
    for (const text of ['기차는 아침 일곱 시에 출발합니다.', 'がぎぐげご、パンです。', 'Tiếng Việt là ngôn ngữ của người Việt.']) {
      expect(text.normalize('NFD')).not.toBe(text);
      expect(await encodeAlone(encoder, text.normalize('NFD'))).toEqual(await encodeAlone(encoder, text));
    }
    const arabic = 'كتّاب: \u0651\u064E';
    expect([...(await encoder.tokenise([arabic])).ids]).not.toEqual([]);
  });
});

describe('a model folder of sentence-transformers', () => {
  const tiny = async (name: string, files: Readonly<Record<string, unknown>> = {}) => {
    const model = writeTinyModel(join(cacheFolder, name), { files: { ...completeFiles, ...files } });
    return { ...model, ...await inspectModel(model.folder, {}, cacheFolder) };
  };
  const rowOf = (vectors: Float32Array, index: number): number[] => [...vectors.subarray((index + 2) * 8, (index + 3) * 8)];
  const unit = (vector: readonly number[]): number[] => vector.map((value) => value / Math.hypot(...vector));

  it('is mean-pooled over real tokens only, and normalised', async () => {
    const { encoder: description, wordVectors } = await tiny('mean');
    const encoder = await open(description);
    const table = await encoder.tokenise([`${word(3)} ${word(5)}`, `${word(1)} ${word(2)} ${word(3)} ${word(4)}`]);
    const vectors = await encoder.infer(table, Uint32Array.of(0, 1));
    const mean = rowOf(wordVectors, 3).map((value, at) => (value + (rowOf(wordVectors, 5)[at] ?? 0)) / 2);
    unit(mean).forEach((value, at) => { expect(vectors[at]).toBeCloseTo(value, 6); });
  });

  it.each([['cls', 'pooling_mode_cls_token', 1], ['last', 'pooling_mode_lasttoken', 2]] as const)('takes the %s token where its configuration says so', async (kind, flag, index) => {
    const { encoder: description, wordVectors } = await tiny(kind, { '1_Pooling/config.json': { pooling_mode_mean_tokens: false, [flag]: true } });
    expect(description.pooling).toBe(kind);
    const encoder = await open(description);
    const table = await encoder.tokenise([`${word(1)} ${word(2)}`, `${word(1)} ${word(7)} ${word(2)}`]);
    const vectors = await encoder.infer(table, Uint32Array.of(0, 1));
    for (const start of [0, 8]) unit(rowOf(wordVectors, index)).forEach((value, at) => { expect(vectors[start + at]).toBeCloseTo(value, 6); });
  });

  it('goes through its dense layer, read from safetensors', async () => {
    const weight = Float32Array.from({ length: 3 * 8 }, (_, index) => (index % 7) / 10 - 0.3);
    const bias = Float32Array.of(0.5, -0.5, 0.1);
    const { encoder: description, wordVectors } = await tiny('dense', {
      'modules.json': ['Transformer', 'Pooling', 'Dense'].map((type, idx) => ({ idx, path: idx === 0 ? '' : `${idx}_${type}`, type: `sentence_transformers.models.${type}` })),
      '2_Dense/config.json': { in_features: 8, out_features: 3, bias: true, activation_function: 'torch.nn.modules.activation.Tanh' },
      '2_Dense/model.safetensors': safetensors({ 'linear.weight': { shape: [3, 8], values: weight }, 'linear.bias': { shape: [3], values: bias } }),
    });
    expect(description.dimension).toBe(3);
    const vector = await encodeAlone(await open(description), word(4));
    const out = [0, 1, 2].map((row) => Math.tanh(rowOf(wordVectors, 4).reduce((sum, value, at) => sum + value * (weight[row * 8 + at] ?? 0), bias[row] ?? 0)));
    unit(out).forEach((value, at) => { expect(vector[at]).toBeCloseTo(value, 5); });
  });

  it('is refused with file, expected and found checksum once a byte has changed', async () => {
    const { encoder: description, folder } = await tiny('damaged');
    writeTinyModel(folder, { files: { 'tokenizer.json': readFileSync(join(folder, 'tokenizer.json'), 'utf8').replace('w99', 'w98') } });
    await expect(open(description)).rejects.toMatchObject({ data: { code: 'model-corrupt', message: expect.stringMatching(/tokenizer\.json.*expected \d+ bytes with sha256 [0-9a-f]{64}, found \d+ bytes with sha256 [0-9a-f]{64}/) } });
  });

  it('is refused when a file is missing', async () => {
    const { encoder: description, folder } = await tiny('missing');
    rmSync(join(folder, 'onnx/model.onnx'));
    await expect(open(description)).rejects.toMatchObject({ data: { code: 'model-missing', message: expect.stringContaining('onnx/model.onnx') } });
  });
});

describe('batches', () => {
  it('hold sentences of growing length, within the budget with padding, ties by ordinal', () => {
    const lengths = [5, 2, 9, 2, 30, 5];
    const offsets = new Uint32Array(lengths.length + 1);
    for (const [index, length] of lengths.entries()) offsets[index + 1] = (offsets[index] ?? 0) + length;
    const { batches, tokens, paddedTokens } = planBatches({ count: 6, ids: new Int32Array(53), offsets, truncated: new Uint8Array(6) }, 15);
    expect(batches.map((batch) => [...batch])).toEqual([[1, 3, 0], [5], [2], [4]]);
    expect([tokens, paddedTokens]).toEqual([53, 15 + 5 + 9 + 30]);
  });
});

/** The bytes of a safetensors file. */
function safetensors(tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>): Uint8Array {
  let at = 0;
  const header = Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, { dtype: 'F32', shape, data_offsets: [at, (at += values.byteLength)] }]));
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...Object.values(tensors).map(({ values }) => Buffer.from(values.buffer))]);
}

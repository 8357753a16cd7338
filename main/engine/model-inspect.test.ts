import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { describeWithShared } from '../../tests/shared-data.ts';
import { openEncoder } from './encoder.ts';
import { readSafetensors } from './encoder-dense.ts';
import { completeFiles, writeTinyModel } from './model-fixture.ts';
import { inspectModel } from './model-inspect.ts';

const base = mkdtempSync(join(tmpdir(), 'dragoman-inspect-'));
afterAll(() => { rmSync(base, { recursive: true }); });

const inspect = (name: string, files: Readonly<Record<string, unknown>>, graph = 'onnx/model.onnx') => inspectModel(writeTinyModel(join(base, name), { files, graph }).folder, {}, base);

describe('a folder that says everything', () => {
  it('is described without a question', async () => {
    const { encoder, questions, warnings } = await inspect('complete', completeFiles);
    expect(questions).toEqual([]);
    expect(warnings).toEqual([]);
    expect(encoder).toMatchObject({
      id: 'complete', graph: 'onnx/model.onnx', tokenizer: 'tokenizer.json', dense: null, dimension: 8, pooling: 'mean', normalise: true, prefix: '', maximumTokens: 16, padId: 0,
      inputs: ['input_ids', 'attention_mask'], output: 'last_hidden_state', languages: ['de', 'en'], licence: 'apache-2.0',
    });
    expect(Object.keys(encoder.checksums).sort()).toEqual(['onnx/model.onnx', 'tokenizer.json']);
    expect(encoder.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the hash of its files: another graph, another hash', async () => {
    const first = await inspect('hash-1', completeFiles);
    const same = await inspect('hash-2', completeFiles);
    const other = await inspectModel(writeTinyModel(join(base, 'hash-3'), { files: completeFiles, words: 101 }).folder, {}, base);
    expect(same.encoder.hash).toBe(first.encoder.hash);
    expect(other.encoder.hash).not.toBe(first.encoder.hash);
  });

  it('may keep graph and tokenizer compressed', async () => {
    const plain = writeTinyModel(join(base, 'plain'), { files: completeFiles });
    const files = Object.fromEntries(Object.entries(completeFiles));
    const folder = writeTinyModel(join(base, 'packed'), {
      files: { ...files, 'model.onnx.zst': zstdCompressSync(readFileSync(join(plain.folder, 'onnx/model.onnx'))), 'tokenizer.json.gz': gzipSync(readFileSync(join(plain.folder, 'tokenizer.json'))) },
      graph: 'elsewhere.bin',
    }).folder;
    rmSync(join(folder, 'tokenizer.json'));
    const { encoder } = await inspectModel(folder, {}, base);
    expect([encoder.graph, encoder.tokenizer]).toEqual(['model.onnx.zst', 'tokenizer.json.gz']);
    const opened = await openEncoder(encoder, { provider: 'cpu', threads: 1, cacheFolder: join(base, 'cache') });
    expect(await opened.infer(await opened.tokenise(['w1 w2']), Uint32Array.of(0))).toHaveLength(8);
    await opened.dispose();
  });
});

describe('what a folder does not say', () => {
  it('is asked, with a proposal and the reason', async () => {
    const { questions } = await inspect('silent', {}, 'model.onnx');
    expect(questions.map(({ field, proposal }) => [field, proposal])).toEqual([['pooling', 'mean'], ['normalise', 'true'], ['prefix', ''], ['maximumTokens', '512'], ['languages', ''], ['licence', '']]);
    for (const { why } of questions) expect(why.length).toBeGreaterThan(20);
  });

  it('is no question any more once it is answered', async () => {
    const { folder } = writeTinyModel(join(base, 'answered'));
    const { encoder, questions } = await inspectModel(folder, { pooling: 'last', normalise: false, prefix: 'passage: ', maximumTokens: 32, languages: ['sw'], licence: 'MIT', title: 'Mine' }, base);
    expect(questions).toEqual([]);
    expect(encoder).toMatchObject({ pooling: 'last', normalise: false, prefix: 'passage: ', maximumTokens: 32, languages: ['sw'], licence: 'MIT', title: 'Mine' });
  });

  it('is known of e5 models: they want "query: "', async () => {
    const { encoder } = await inspect('my-e5-base', completeFiles);
    expect(encoder.prefix).toBe('query: ');
    const { encoder: other } = await inspect('gate5', { ...completeFiles, 'config_sentence_transformers.json': { prompts: { query: 'search_query: ' }, default_prompt_name: 'query' } });
    expect(other.prefix).toBe('search_query: ');
  });
});

describe('a folder is refused', () => {
  it.each([
    ['without a graph', { code: 'model-missing' }, { graph: 'other.bin', files: completeFiles }],
    ['with max pooling', { code: 'model-unsupported', message: expect.stringContaining('pooling_mode_max_tokens') }, { files: { ...completeFiles, '1_Pooling/config.json': { pooling_mode_max_tokens: true } } }],
    ['with a dense layer that only Python could read', { code: 'model-unsupported', hint: expect.stringContaining('safetensors') }, { files: { ...completeFiles, 'modules.json': [{ path: '', type: 'a.Transformer' }, { path: '2_Dense', type: 'a.Dense' }], '2_Dense/pytorch_model.bin': 'x' } }],
    ['with a module that is not known', { code: 'model-unsupported', message: expect.stringContaining('WordWeights') }, { files: { ...completeFiles, 'modules.json': [{ path: '1', type: 'a.WordWeights' }] } }],
    ['with broken JSON', { code: 'model-corrupt', message: expect.stringContaining('modules.json') }, { files: { ...completeFiles, 'modules.json': '[{' } }],
    ['with a graph that is none', { code: 'model-unsupported' }, { files: { ...completeFiles, 'model.onnx': 'not a graph' }, graph: 'other.bin' }],
    ['that leads out of itself', { code: 'model-unsupported', message: expect.stringContaining('outside its own folder') }, { files: { ...completeFiles, 'modules.json': [{ path: '../../etc', type: 'a.Pooling' }] } }],
  ] as const)('%s', async (name, data, options) => {
    const { folder } = writeTinyModel(join(base, `refused ${name}`), options);
    await expect(inspectModel(folder, {}, base)).rejects.toMatchObject({ data });
  });
});

describe('safetensors', () => {
  it('that claim more than the file holds are refused before anything is allocated', () => {
    const header = Buffer.from(JSON.stringify({ 'linear.weight': { dtype: 'F32', shape: [65536, 65536], data_offsets: [0, 17_179_869_184] } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    expect(() => readSafetensors(Buffer.concat([length, header]), 'dense')).toThrow('does not fit its bytes');
    length.writeBigUInt64LE(2n ** 60n);
    expect(() => readSafetensors(Buffer.concat([length, header]), 'dense')).toThrow('its header claims');
  });
});

describe('the bundled encoders', () => {
  it.each(['use-multilingual-v3', 'multilingual-e5-small'])('%s says everything in its model.json', async (id) => {
    const { encoder, questions } = await inspectModel(fileURLToPath(new URL(`../../resources/models/${id}`, import.meta.url)), {}, base);
    expect(questions).toEqual([]);
    expect(encoder).toMatchObject({ id, pooling: 'in-graph', normalise: false });
  });
});

describeWithShared('models/tiny-m2m-en-de', 'the encoder half of a translation model', (folder) => {
  it('is mean-pooled over its states', async () => {
    const { encoder, questions } = await inspectModel(folder, {}, base);
    expect(encoder).toMatchObject({ graph: 'onnx/encoder_model.onnx', pooling: 'mean', dimension: 192, padId: 1, output: 'last_hidden_state', normalise: true, maximumTokens: 256 });
    expect(questions.map(({ field }) => field)).toEqual(['languages', 'licence']);
    const opened = await openEncoder(encoder, { provider: 'cpu', threads: 1, cacheFolder: base });
    const table = await opened.tokenise(['I have a dog.', 'I have a dog and a cat.', 'The weather was terrible last winter.']);
    const vectors = await opened.infer(table, Uint32Array.of(0, 1, 2));
    const cosine = (a: number, b: number): number => Array.from({ length: 192 }, (_, at) => (vectors[a * 192 + at] ?? 0) * (vectors[b * 192 + at] ?? 0)).reduce((sum, one) => sum + one, 0);
    expect(cosine(0, 0)).toBeCloseTo(1, 5);
    expect(cosine(0, 1)).toBeGreaterThan(cosine(0, 2));
    await opened.dispose();
  });
});

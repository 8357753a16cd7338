import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ProviderMeasure } from '../../main/contract/models.ts';
import { completeFiles, writeTinyModel } from '../../main/engine/model-fixture.ts';
import { childProcessHost } from '../../main/hosts/server/child-process-host.ts';
import { createEngineLink, type EngineLink } from '../../main/services/engine/index.ts';
import { createModelsService } from '../../main/services/models/models.ts';

/** Real engine processes, real files. */
const base = mkdtempSync(join(tmpdir(), 'dragoman-models-'));
const links: EngineLink[] = [];
afterEach(() => { for (const link of links.splice(0)) link.close(); });
afterAll(() => { rmSync(base, { recursive: true }); });

const resources = fileURLToPath(new URL('../../resources/models', import.meta.url));
const call = { signal: new AbortController().signal };
let homes = 0;

const service = (dataFolder = join(base, `home-${(homes += 1)}`), resourcesFolder = resources) => {
  const engine = createEngineLink({ host: childProcessHost(), wait: async () => undefined, onLost: () => undefined });
  links.push(engine);
  return { ...createModelsService({ engine, resourcesFolder, dataFolder }), dataFolder };
};

describe('the room of models', () => {
  it('lists what ships, with licence, languages and size, without starting an engine', () => {
    const list = service().list();
    expect(list.map((model) => [model.encoder.id, model.bundled, model.state, model.encoder.licence])).toEqual([
      ['multilingual-e5-small', true, 'unverified', 'MIT'], ['use-multilingual-v3', true, 'unverified', 'Apache-2.0'],
    ]);
    expect(list[1]?.bytes).toBeGreaterThan(43_000_000);
  });

  it('adds an encoder, keeps it over a restart, verifies and removes it', async () => {
    const { part, dataFolder } = service();
    const { folder } = writeTinyModel(join(base, 'tiny'), { files: completeFiles });
    const model = await part['models.add']({ folder, answers: {} }, call);
    expect(model).toMatchObject({ bundled: false, state: 'ready', encoder: { id: 'tiny', licence: 'apache-2.0', languages: ['de', 'en'] } });
    const again = service(dataFolder);
    expect(again.encoder('tiny').hash).toBe(model.encoder.hash);
    expect(await again.part['models.verify']({ id: 'tiny' }, call)).toMatchObject({ state: 'ready', note: null });
    writeFileSync(join(folder, 'tokenizer.json'), readFileSync(join(folder, 'tokenizer.json'), 'utf8').replace('w99', 'w98'));
    expect(await again.part['models.verify']({ id: 'tiny' }, call)).toMatchObject({ state: 'corrupt', note: expect.stringMatching(/tokenizer\.json .*expected.*found/) });
    expect(await again.part['models.remove']({ id: 'tiny' }, call)).toEqual({ removed: 'tiny' });
    expect(() => again.encoder('tiny')).toThrow('There is no encoder "tiny" here.');
  });

  it('asks what an encoder\'s files do not say before it adds it', async () => {
    const { part } = service();
    const { folder } = writeTinyModel(join(base, 'silent'));
    await expect(part['models.add']({ folder, answers: {} }, call)).rejects.toMatchObject({ data: { code: 'model-question', message: expect.stringContaining('pooling') } });
    const answers = { pooling: 'mean' as const, normalise: true, prefix: '', maximumTokens: 64, languages: ['de'], licence: 'MIT' };
    expect(await part['models.add']({ folder, answers }, call)).toMatchObject({ encoder: { pooling: 'mean', maximumTokens: 64 } });
  });

  it('gives a second encoder of the same name another id', async () => {
    const { part } = service();
    const first = writeTinyModel(join(base, 'one', 'same'), { files: completeFiles });
    const second = writeTinyModel(join(base, 'two', 'same'), { files: completeFiles, words: 50 });
    expect((await part['models.add']({ folder: first.folder, answers: {} }, call)).encoder.id).toBe('same');
    expect((await part['models.add']({ folder: second.folder, answers: {} }, call)).encoder.id).toMatch(/^same-[0-9a-f]{6}$/);
  });

  it('never removes what ships, and says what is wrong with a damaged copy', async () => {
    const copy = join(base, 'shipped');
    mkdirSync(copy);
    cpSync(join(resources, 'use-multilingual-v3'), join(copy, 'use-multilingual-v3'), { recursive: true });
    writeFileSync(join(copy, 'use-multilingual-v3', 'model.onnx'), 'short');
    const { part, list, candidates } = service(undefined, copy);
    expect(list()).toMatchObject([{ state: 'corrupt', note: expect.stringContaining('model.onnx has 5 bytes where 38724661 are expected') }]);
    expect(candidates()).toEqual([]);
    expect(await part['models.verify']({ id: 'use-multilingual-v3' }, call)).toMatchObject({ state: 'corrupt' });
    await expect(async () => part['models.remove']({ id: 'use-multilingual-v3' }, call)).rejects.toMatchObject({ data: { code: 'conflict' } });
  });

  it('measures once, tells each provider, and remembers', async () => {
    const { part, measured, dataFolder } = service();
    const { folder } = writeTinyModel(join(base, 'quick'), { files: completeFiles });
    await part['models.add']({ folder, answers: {} }, call);
    const told: ProviderMeasure[] = [];
    const { chosen, measures } = await part['models.probe']({ id: 'quick', providers: ['cpu', 'coreml'] }, { ...call, item: async (measure) => { told.push(measure); } });
    expect(told).toEqual(measures);
    expect(measures[0]).toMatchObject({ provider: 'cpu', state: 'works', difference: 0 });
    expect(measures[0]?.sentencesPerSecond).toBeGreaterThan(100);
    expect([measures[1]?.provider, measures.length]).toEqual(['coreml', 2]);
    if (process.platform === 'linux') expect([chosen, measures[1]?.state]).toEqual(['cpu', 'absent']);
    expect((await service(dataFolder).measured('quick', call.signal)).measures).toEqual(measures);
    expect((await measured('quick', call.signal)).chosen).toBe(chosen);
  });

  it('does not try a provider again that took the engine down, unless it is named', async () => {
    const { part, dataFolder } = service();
    const { folder } = writeTinyModel(join(base, 'crashy'), { files: completeFiles });
    await part['models.add']({ folder, answers: {} }, call);
    const file = join(dataFolder, 'models.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), trying: 'webgpu' }));
    const { measures, chosen } = await service(dataFolder).measured('crashy', call.signal);
    expect(chosen).toBe('cpu');
    expect(measures.find((one) => one.provider === 'webgpu')).toMatchObject({ state: 'failed', note: expect.stringContaining('The engine process ended while it tried webgpu') });
  });

  it('keeps an unreadable list beside a new one', () => {
    const dataFolder = join(base, 'broken-home');
    mkdirSync(dataFolder);
    writeFileSync(join(dataFolder, 'models.json'), '{"version":1,"added":[');
    expect(service(dataFolder).list()[0]?.note).toContain('models.json.unreadable');
    expect(readFileSync(join(dataFolder, 'models.json.unreadable'), 'utf8')).toBe('{"version":1,"added":[');
  });
});

import { describe, expect, it } from 'vitest';
import { defaultMineSettings, type MineSettings } from '../../contract/mine.ts';
import type { EncoderDescription, ProviderMeasure } from '../../contract/models.ts';
import { exactSeconds, graphSeconds, planIndex, type IndexProbe } from './plan-index.ts';
import type { PlannableEncoder, PlanInput } from './plan-input.ts';
import { fewestToCentre, planMining } from './plan.ts';

const measure = (provider: ProviderMeasure['provider'], sentencesPerSecond: number, state: ProviderMeasure['state'] = 'works'): ProviderMeasure => ({ provider, state, sentencesPerSecond, difference: 0, note: null });

const encoder = (id: string, languages: string[], dimension: number, measures: ProviderMeasure[], bundled = true): PlannableEncoder => {
  const description: EncoderDescription = {
    id, title: id, folder: '', graph: '', tokenizer: '', dense: null, dimension, pooling: 'mean', normalise: true, prefix: '', maximumTokens: 512, inputs: [], output: '', padId: 0,
    languages, licence: null, source: null, checksums: { 'model.onnx': { bytes: dimension === 384 ? 74_000_000 : 38_000_000, sha256: '' } }, hash: `hash-${id}`,
  };
  return { encoder: description, bundled, measures, missing: { source: 0, target: 0 } };
};

const fast = encoder('use-multilingual-v3', ['en', 'de', 'zh', 'zh-Hant'], 512, [measure('cpu', 2500)]);
const wide = encoder('multilingual-e5-small', ['en', 'de', 'zh', 'sw', 'am', 'ka'], 384, [measure('cpu', 220)]);
const probe: IndexProbe = { gigaflops: 120, hnswAddPerSecond: 8000, hnswSearchPerSecond: 9000, hnswlib: true, threads: 2 };

const plan = (settings: Partial<MineSettings> = {}, more: Partial<PlanInput> = {}) => planMining({
  settings: { ...defaultMineSettings, ...settings }, source: { sentences: 20_000, language: 'de' }, target: { sentences: 25_000, language: 'en' },
  encoders: [wide, fast], probe: () => probe, memoryBytes: 16 * 2 ** 30, cores: 2, ...more,
});

const reason = (about: string, found: ReturnType<typeof plan>): string => found.reasons.find((entry) => entry.about === about)?.text ?? '';

describe('choice of the encoder', () => {
  it('takes the fastest bundled one that knows both languages', () => {
    const found = plan();
    expect(found.encoders.map((entry) => entry.id)).toEqual(['use-multilingual-v3']);
    expect(reason('encoder', found)).toContain('German (de) and English (en)');
  });
  it('takes the wide one where the fast one does not know a language', () => {
    const found = plan({}, { source: { sentences: 20_000, language: 'sw' } });
    expect(found.encoders.map((entry) => entry.id)).toEqual(['multilingual-e5-small']);
    expect(found.warnings).toEqual([]);
  });
  it('warns where no encoder states that it knows a language', () => {
    const found = plan({}, { source: { sentences: 20_000, language: 'x-minority' } });
    expect(found.encoders.map((entry) => entry.id)).toEqual(['multilingual-e5-small']);
    expect(found.warnings[0]).toContain('x-minority');
  });
  it('never takes both by itself, nor an added encoder where a bundled one serves', () => {
    const added = encoder('labse', ['en', 'de'], 768, [measure('cpu', 9000)], false);
    expect(plan({}, { encoders: [wide, added, fast] }).encoders.map((entry) => entry.id)).toEqual(['use-multilingual-v3']);
  });
  it('takes both bundled ones when asked, the fast one first', () => {
    const found = plan({ encoder: 'both' });
    expect(found.encoders.map((entry) => entry.dimension)).toEqual([512, 384]);
  });
  it('says which encoders there are when an unknown one is named', () => { expect(() => plan({ encoder: 'nope' })).toThrow('There is no encoder called nope.'); });
  it('cuts batches by the size of the graph, never by a measured speed', () => {
    expect(plan({ encoder: 'both' }).encoders.map((entry) => entry.batchTokens)).toEqual([2048, 1024]);
  });
});

describe('choice of the provider', () => {
  it('takes the fastest that works', () => {
    const both = encoder('fast', ['de', 'en'], 512, [measure('cpu', 2500), measure('cuda', 30_000), measure('webgpu', 90_000, 'failed')]);
    expect(plan({}, { encoders: [both] }).provider).toBe('cuda');
  });
  it('obeys the settings', () => { expect(plan({ provider: 'webgpu' }).provider).toBe('webgpu'); });
});

describe('refinement', () => {
  it('centres by default', () => {
    const found = plan();
    expect(found.centre).toBe(true);
    expect(found.linearMap).toBe('self-check');
  });
  it('is off below 200 sentences a side, and says so', () => {
    const found = plan({ refine: 'on' }, { source: { sentences: fewestToCentre - 1, language: 'de' } });
    expect(found.centre).toBe(false);
    expect(reason('refinement', found)).toContain('199 sentences');
    expect(plan({}, { source: { sentences: fewestToCentre, language: 'de' } }).centre).toBe(true);
  });
  it('tries the linear map in large collections only when asked', () => {
    const large = { source: { sentences: 60_000, language: 'de' } };
    expect(plan({}, large)).toMatchObject({ centre: true, linearMap: 'off' });
    expect(plan({ refine: 'on' }, large).linearMap).toBe('self-check');
  });
  it('is off when asked', () => { expect(plan({ refine: 'off' })).toMatchObject({ centre: false, linearMap: 'off' }); });
});

describe('choice of the index', () => {
  const index = (rows: number, settings: Partial<MineSettings> = {}) => planIndex({ settings: { ...defaultMineSettings, ...settings }, source: rows, target: rows, dimension: 512, probe, cores: 2, guard: 4 });

  it('is exact while that is nearly as fast, HNSW when it is much slower', () => {
    expect(index(2000).kind).toBe('exact');
    expect(index(20_000).kind).toBe('exact');
    expect(index(2_000_000).kind).toBe('hnsw-usearch');
  });
  it('is never more than 1.25 times the faster prediction', () => {
    for (const rows of [500, 2000, 20_000, 60_000, 100_000, 150_000, 300_000, 1_000_000]) {
      const sizes = { source: rows, target: rows, dimension: 512 };
      const best = Math.min(exactSeconds(sizes, probe), graphSeconds(sizes, probe));
      expect(index(rows).seconds / best).toBeLessThanOrEqual(1.25);
    }
  });
  it('never is hnswlib by itself, whatever the probe says of it', () => {
    for (const rows of [100, 100_000, 5_000_000]) for (const wanted of ['auto', 'hnsw'] as const) expect(index(rows, { index: wanted }).kind).not.toBe('hnsw-hnswlib');
    expect(index(100, { index: 'hnsw-hnswlib' }).kind).toBe('hnsw-hnswlib');
  });
  it('builds graphs with one thread, so that a run can be repeated', () => {
    const found = plan({ index: 'hnsw' });
    expect(found.hnsw?.threads).toBe(1);
    expect(found.repeatable).toBe(true);
  });
  it('is exact where usearch is missing', () => {
    expect(planIndex({ settings: defaultMineSettings, source: 1e6, target: 1e6, dimension: 512, probe: { ...probe, hnswAddPerSecond: 0 }, cores: 2, guard: 4 }).kind).toBe('exact');
  });
  it('keeps a tile under a quarter of a second', () => {
    for (const gigaflops of [5, 40, 120, 1000]) {
      const { tileRows } = planIndex({ settings: defaultMineSettings, source: 1e5, target: 1e5, dimension: 896, probe: { ...probe, gigaflops }, cores: 2, guard: 4 });
      expect(2 * tileRows * tileRows * 896 / (gigaflops * 1e9)).toBeLessThan(0.4);
    }
  });
});

describe('the plan as a whole', () => {
  it('states time, memory and disk, and grows with the collections', () => {
    const small = plan();
    const missing = { source: 20_000, target: 25_000 };
    const encodes = plan({}, { encoders: [{ ...fast, missing }] });
    const large = plan({}, { source: { sentences: 2_000_000, language: 'de' }, target: { sentences: 2_000_000, language: 'en' } });
    expect(encodes.seconds - small.seconds).toBeCloseTo(45_000 / 2500, 6);
    expect(encodes.diskBytes).toBeGreaterThan(small.diskBytes + 45_000 * 512 * 4);
    expect(large.memoryBytes).toBeGreaterThan(small.memoryBytes);
    expect(large.seconds).toBeGreaterThan(small.seconds);
    expect(small.stages.map((stage) => stage.name)).toEqual(['encode', 'encode', 'neighbours', 'margin', 'retrieve']);
  });
  it('warns when the memory will not do', () => { expect(plan({}, { memoryBytes: 2 ** 29 }).warnings.join()).toContain('GB of memory'); });
  it('refuses an empty side in words', () => { expect(() => plan({}, { target: { sentences: 0, language: 'en' } })).toThrow('The target collection has no sentences.'); });
  it('is the same again from the same facts', () => { expect(plan()).toEqual(plan()); });
});

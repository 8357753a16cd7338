import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { EncoderDescription, ProviderMeasure } from '../contract/models.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { createEncoderCache } from './encoder-cache.ts';
import { completeFiles, writeTinyModel } from './model-fixture.ts';
import { inspectModel } from './model-inspect.ts';
import { probeProviders } from './provider-probe.ts';
import { probeSentences } from './provider-sentences.ts';
import { createRunQueue } from './run-queue.ts';

const base = mkdtempSync(join(tmpdir(), 'dragoman-probe-'));
afterAll(() => { rmSync(base, { recursive: true }); });

const tiny = async (): Promise<EncoderDescription> => (await inspectModel(writeTinyModel(join(base, 'tiny'), { files: completeFiles }).folder, {}, base)).encoder;

it('has about two hundred sentences, each once', () => {
  expect(new Set(probeSentences).size).toBe(probeSentences.length);
  expect(probeSentences.length).toBeGreaterThan(180);
});

it('chooses the CPU, says why the others are out, and tells each measure as it comes', async () => {
  const queue = createRunQueue();
  const encoders = createEncoderCache(queue, base, () => undefined);
  const told: ProviderMeasure[] = [];
  const { chosen, measures } = await probeProviders({ queue, encoders }, { encoder: await tiny(), providers: ['directml'], threads: 1 }, async (measure) => { told.push(measure); }, new AbortController().signal);
  expect(told).toEqual(measures);
  expect(measures.map((one) => one.provider)).toEqual(['cpu', 'directml']);
  if (process.platform === 'linux') expect([chosen, measures[1]?.state]).toEqual(['cpu', 'absent']);
  await encoders.close();
});

it('refuses a provider whose vectors differ from the CPU\'s, however fast it is', async () => {
  const queue = createRunQueue();
  const real = createEncoderCache(queue, base, () => undefined);
  /** A graphics driver that computes wrongly, which no test machine has: every vector is a little off. */
  const wrong: EncoderCache = {
    ...real,
    openExactly: async (description, provider, threads) => {
      const encoder = await real.openExactly(description, 'cpu', threads);
      return provider === 'cpu' ? encoder : { ...encoder, provider, infer: async (table, batch) => (await encoder.infer(table, batch)).map((value) => value + 0.01) };
    },
  };
  const { chosen, measures } = await probeProviders({ queue, encoders: wrong }, { encoder: await tiny(), providers: ['webgpu'], threads: 1 }, async () => undefined, new AbortController().signal);
  expect(chosen).toBe('cpu');
  expect(measures[1]).toMatchObject({ provider: 'webgpu', state: 'failed', note: expect.stringContaining('differ from the CPU\'s by 0.010') });
  await real.close();
});

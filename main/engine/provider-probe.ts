import type { EncoderDescription, Provider, ProviderMeasure } from '../contract/models.ts';
import { Failure } from '../contract/errors.ts';
import { planBatches } from './encoder-batches.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { inferInOrder } from './encoder-run.ts';
import type { Encoder } from './encoder.ts';
import { offeredProviders } from './provider.ts';
import { probeSentences } from './provider-sentences.ts';
import { throwIfCancelled, type RunQueue } from './run-queue.ts';
import type { TokenTable } from './tokenizer.ts';

/**
 * Measures an encoder on each provider, and compares its vectors with the CPU's: the fastest that computes the same is chosen.
 */

/**
 * Largest difference of one component of a unit vector that still counts as the same vector.
 *
 * Another order of summation in f32 gives about 1e-6; the 4-bit kernels of the CPU round activations to 8 bits where a GPU's do not, which gives up to
 * 1e-3. Half precision carries 11 bits through a dozen layers: ten times that. Neighbours in a collection differ by far more; a broken driver by 0.1 or more.
 */
const tolerated = { single: 2e-3, half: 1e-2 } as const;

const batchTokens = 2048;
/** Passes are repeated until this long has been measured. */
const measuredMilliseconds = 700;
const largestPasses = 5;

export type ProbeResult = { readonly chosen: Provider; readonly measures: readonly ProviderMeasure[] };

export const probeProviders = async (
  { queue, encoders }: { readonly queue: RunQueue; readonly encoders: EncoderCache },
  { encoder: description, providers, threads }: { readonly encoder: EncoderDescription; readonly providers: readonly Provider[] | null; readonly threads: number },
  tell: (measure: ProviderMeasure) => Promise<void>, signal: AbortSignal,
): Promise<ProbeResult> => {
  const offered = offeredProviders();
  const wanted = [...new Set<Provider>(['cpu', ...(providers ?? offered)])];
  const measures: ProviderMeasure[] = [];
  let reference: Measured | undefined;
  for (const provider of wanted) {
    throwIfCancelled(signal);
    const measure = await measureOne(provider);
    measures.push(measure);
    await tell(measure);
  }
  return { chosen: fastest(measures), measures };

  async function measureOne(provider: Provider): Promise<ProviderMeasure> {
    if (!offered.includes(provider)) return { provider, state: 'absent', sentencesPerSecond: null, difference: null, note: `This build of onnxruntime has no ${provider} on this system.` };
    try {
      const encoder = await encoders.openExactly(description, provider, threads);
      const measured = await measure(encoder, queue, signal);
      if (provider === 'cpu') reference = measured;
      const difference = reference === undefined ? null : largestDifference(reference.vectors, measured.vectors);
      const limit = /(?:fp16|float16|_f16)/i.test(description.graph) ? tolerated.half : tolerated.single;
      if (difference !== null && !(difference <= limit)) {
        return { provider, state: 'failed', sentencesPerSecond: measured.perSecond, difference, threads, note: `Its vectors differ from the CPU's by ${difference.toPrecision(2)}; at most ${limit} is accepted.` };
      }
      return { provider, state: 'works', sentencesPerSecond: measured.perSecond, difference, threads, note: null };
    } catch (thrown) {
      if (provider === 'cpu' || !(thrown instanceof Failure) || thrown.data.code !== 'provider-failed') throw thrown;
      return { provider, state: 'failed', sentencesPerSecond: null, difference: null, note: thrown.data.message };
    }
  }
};

/** The fastest that works; the CPU when nothing else does. */
const fastest = (measures: readonly ProviderMeasure[]): Provider => {
  const working = measures.filter((one) => one.state === 'works');
  return working.reduce<ProviderMeasure | undefined>((best, one) => ((one.sentencesPerSecond ?? 0) > (best?.sentencesPerSecond ?? 0) ? one : best), undefined)?.provider ?? 'cpu';
};

type Measured = { readonly vectors: Float32Array; readonly perSecond: number };

const measure = async (encoder: Encoder, queue: RunQueue, signal: AbortSignal): Promise<Measured> => {
  const table = await encoder.tokenise(probeSentences, signal);
  const { batches } = planBatches(table, batchTokens);
  const vectors = await pass(encoder, table, batches, queue, signal);
  let passes = 0;
  const start = performance.now();
  while (passes === 0 || (passes < largestPasses && performance.now() - start < measuredMilliseconds)) {
    await pass(encoder, table, batches, queue, signal);
    passes += 1;
  }
  return { vectors, perSecond: (passes * table.count * 1000) / (performance.now() - start) };
};

const pass = async (encoder: Encoder, table: TokenTable, batches: readonly Uint32Array[], queue: RunQueue, signal: AbortSignal): Promise<Float32Array> => {
  const { dimension } = encoder.description;
  const all = new Float32Array(table.count * dimension);
  let number = 0;
  for await (const vectors of inferInOrder(queue, 'interactive', encoder, table, batches, signal)) {
    for (const [row, index] of batches[number]?.entries() ?? []) all.set(vectors.subarray(row * dimension, (row + 1) * dimension), index * dimension);
    number += 1;
  }
  return all;
};

const largestDifference = (left: Float32Array, right: Float32Array): number => {
  let largest = 0;
  for (let i = 0; i < left.length; i += 1) {
    const difference = Math.abs((left[i] ?? 0) - (right[i] ?? 0));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
};

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { Provider } from '../contract/models.ts';

/** What onnxruntime can compute on here, and how a session is opened on it. */

type Runtime = typeof import('onnxruntime-node');

/** The package is CommonJS with native parts: required at run time, so that bundlers leave it alone; `require` itself they declare. */
const requirePackage = createRequire(import.meta.url);

let loaded: Runtime | undefined;

export const runtime = (): Runtime => {
  if (loaded !== undefined) return loaded;
  try {
    loaded = requirePackage('onnxruntime-node') as Runtime;
  } catch (thrown) {
    throw new Failure('provider-failed', `onnxruntime cannot be loaded on this machine: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { hint: 'There are builds for Linux x64 and arm64, Windows x64 and arm64, and macOS on Apple silicon.' });
  }
  return loaded;
};

/** onnxruntime's names of our providers. */
const names: Readonly<Record<Provider, string>> = { cpu: 'cpu', webgpu: 'webgpu', cuda: 'cuda', coreml: 'coreml', directml: 'dml' };
const order: readonly Provider[] = ['cpu', 'webgpu', 'cuda', 'coreml', 'directml'];

/** The providers this build of onnxruntime has; whether they work here only a probe tells. */
export const offeredProviders = (): readonly Provider[] => {
  const listed = runtime().listSupportedBackends().map((one: { readonly name: string }) => one.name);
  return order.filter((provider) => provider === 'cpu' || (listed.includes(names[provider]) && (provider !== 'cuda' || cudaIsInstalled())));
};

/** CUDA's libraries are not part of the package: they are fetched by an extra step of the set-up. */
const cudaIsInstalled = (): boolean => {
  const folder = join(dirname(requirePackage.resolve('onnxruntime-node/package.json')), 'bin', 'napi-v6', process.platform, process.arch);
  return ['libonnxruntime_providers_cuda.so', 'onnxruntime_providers_cuda.dll'].some((name) => existsSync(join(folder, name)));
};

export type SessionSettings = { readonly provider: Provider; readonly threads: number };

/**
 * Opens a graph on one provider, without a silent fallback inside onnxruntime: a provider that cannot be had throws `provider-failed`.
 *
 * The arena stays on and memory patterns are off: batches have many shapes, and a pattern kept for each of them only costs memory. Idle threads spin
 * for 20 microseconds and then sleep: as fast as onnxruntime's endless spinning on a quiet machine, and up to half faster on one with other work.
 */
export const openSession = async (graph: string | Uint8Array, settings: SessionSettings): Promise<InferenceSession> => {
  const options: InferenceSession.SessionOptions = {
    executionProviders: [names[settings.provider]],
    intraOpNumThreads: settings.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '1', spin_duration_us: '20' } } },
  };
  try {
    return typeof graph === 'string' ? await runtime().InferenceSession.create(graph, options) : await runtime().InferenceSession.create(graph, options);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    if (settings.provider !== 'cpu') throw new Failure('provider-failed', `The provider ${settings.provider} cannot be used: ${firstLine(why)}`, { hint: 'Choose the provider cpu, or install the driver that it needs.' });
    if (/alloc|memory/i.test(why)) throw knownFailure('model-memory', { reason: firstLine(why) });
    throw new Failure('model-unsupported', `onnxruntime cannot open this model: ${firstLine(why)}`, { hint: 'An ONNX graph of a sentence encoder is needed; export it anew with a current version of Optimum.' });
  }
};

/** The part of onnxruntime's message that a person can use: no source paths, no C++ signatures. */
const firstLine = (message: string): string => {
  if (message.includes('No supported adapters')) return 'no graphics adapter was found that WebGPU can use.';
  const line = message.split('\n')[0] ?? '';
  return line.replace(/^\S*onnxruntime_src\S*\s.*? was false\.\s*/, '').slice(0, 400);
};

/** An int64 (or int32) tensor of token numbers, written through 32-bit words: token ids are small and not negative. */
export const tokenTensor = (type: 'int64' | 'int32', values: Int32Array, shape: readonly number[]): Tensor => {
  const { Tensor } = runtime();
  if (type === 'int32') return new Tensor('int32', values, [...shape]);
  const wide = new BigInt64Array(values.length);
  const words = new Int32Array(wide.buffer);
  for (let i = 0; i < values.length; i += 1) words[2 * i] = values[i] ?? 0;
  return new Tensor('int64', wide, [...shape]);
};

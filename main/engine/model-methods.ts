import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { engineContract } from '../contract/engine.ts';
import type { OutputOf } from '../contract/method.ts';
import type { Implementation } from '../rpc/server.ts';
import { absentIndexes } from './hnsw/hnsw-index.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { filesOf } from './encoder.ts';
import { checkFiles } from './model-files.ts';
import { inspectModel } from './model-inspect.ts';
import { probeProviders } from './provider-probe.ts';
import { offeredProviders } from './provider.ts';
import type { RunQueue } from './run-queue.ts';

/** The engine's methods about models and about itself. */
export type ModelPart = Pick<Implementation<typeof engineContract>, 'engine.facts' | 'engine.inspectModel' | 'engine.verifyModel' | 'engine.probeModel'>;

export type ModelDependencies = { readonly queue: RunQueue; readonly encoders: EncoderCache; readonly cacheFolder: string };

export const createModelMethods = ({ queue, encoders, cacheFolder }: ModelDependencies): ModelPart => ({
  'engine.facts': () => facts(),
  'engine.inspectModel': (input) => inspectModel(input.folder, input.answers, cacheFolder),
  'engine.verifyModel': async ({ encoder }) => {
    const names = [...new Set([...filesOf(encoder), ...Object.keys(encoder.checksums)])];
    const bytes = await checkFiles(encoder.folder, encoder.checksums, names, true);
    return { bytes, verified: names.filter((name) => encoder.checksums[name] !== undefined).length };
  },
  'engine.probeModel': async (input, call) => {
    const { chosen, measures } = await probeProviders({ queue, encoders }, { ...input, threads: input.threads ?? availableParallelism() }, (measure) => call.item(measure), call.signal);
    return { chosen, measures: [...measures] };
  },
});

const requirePackage = createRequire(import.meta.url);

const facts = (): OutputOf<(typeof engineContract)['engine.facts']> => ({
  pid: process.pid, cores: availableParallelism(), memoryBytes: totalmem(), residentBytes: process.memoryUsage.rss(),
  versions: { node: process.versions.node, onnxruntime: versionOf('onnxruntime-node'), tokenizers: versionOf('tokenizers'), usearch: versionOf('usearch') },
  providers: [...offeredProviders()],
  absent: absentIndexes(),
});

const versionOf = (name: string): string => {
  try {
    const entry = requirePackage.resolve(name);
    const root = entry.slice(0, entry.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length);
    const facts: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return typeof facts === 'object' && facts !== null && 'version' in facts ? String(facts.version) : 'unknown';
  } catch {
    return 'unknown';
  }
};

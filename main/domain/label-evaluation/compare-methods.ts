import { approximateRandomization, pairedBootstrap, type PairedRow, type ResampledMetric, type Statistics, type Steps } from '../../../packages/sacrebleu-ts/src/index.ts';

/** A method with its statistics, one row a sentence (`label-metrics.ts`), the same sentences in the same order for all. */
export type ComparedMethod = { readonly name: string; readonly statistics: Statistics };

/** Every method against the first, by both tests; a row a method. */
export type MethodComparison = { readonly bootstrap: readonly PairedRow[]; readonly randomization: readonly PairedRow[] };

export type ComparisonSettings = { /** Bootstrap resamples. */ readonly resamples?: number; /** Exchanges of approximate randomization. */ readonly trials?: number; readonly seed?: number };

/**
 * Whether two methods differ by more than chance: paired bootstrap (Koehn 2004) and approximate randomization (Riezler and Maxwell 2005).
 *
 * Both resample sentences, not spans, as the spans of one sentence stand or fall together.
 */
export function* compareMethods(metric: ResampledMetric, methods: readonly ComparedMethod[], { resamples = 1000, trials = 10_000, seed = 12_345 }: ComparisonSettings = {}): Steps<MethodComparison> {
  const systems = methods.map(({ name, statistics }) => ({ name, statistics: [statistics] }));
  const [bootstrap = []] = yield* pairedBootstrap({ metrics: [metric], systems, resamples, seed });
  const [randomization = []] = yield* approximateRandomization({ metrics: [metric], systems, trials, seed });
  return { bootstrap, randomization };
}

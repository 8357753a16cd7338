import type { MinePlan, MineSettings } from '../../contract/mine.ts';

/**
 * When a run may take over the neighbours that an earlier one found.
 *
 * Cosines stay valid to the last bit where vectors and means are the same; the k nearest stay the k nearest where they were searched exactly.
 * Margin, retrieval, floor and cut are taken from the lists afterwards and may differ.
 */
export type CarryFacts = {
  readonly k: number;
  /** After centring, so many candidates beyond the k are listed too. */
  readonly guard: number;
  readonly index: MinePlan['index'];
  readonly centre: boolean;
  /** True where a learned linear map was used, or may be. */
  readonly mapped: boolean;
  readonly languages: readonly [string, string];
  /** Everything that decides the bits of a vector. */
  readonly vectors: Pick<MinePlan, 'encoders' | 'provider' | 'threads' | 'blockSentences' | 'precision'>;
};

export const carryFacts = (settings: Pick<MineSettings, 'k'>, plan: MinePlan, languages: readonly [string, string], mapped: boolean): CarryFacts => ({
  k: settings.k, guard: plan.guard, index: plan.index, centre: plan.centre, mapped, languages,
  vectors: { encoders: plan.encoders, provider: plan.provider, threads: plan.threads, blockSentences: plan.blockSentences, precision: plan.precision },
});

/** Why neighbours cannot be taken over, as the end of a sentence; null: they can. */
export const carryProblem = (earlier: CarryFacts, now: CarryFacts): string | null => {
  if (earlier.languages.join(' ') !== now.languages.join(' ')) return `the earlier run mined ${earlier.languages.join(' and ')}, not ${now.languages.join(' and ')}`;
  if (encoders(earlier) !== encoders(now)) return `the earlier run used another encoder (${earlier.vectors.encoders.map((encoder) => encoder.id).join(' and ')})`;
  if (vectors(earlier) !== vectors(now)) return 'the earlier run encoded in another way (provider, threads, batches or precision), so its vectors differ in the last digits';
  if (earlier.k !== now.k || earlier.guard !== now.guard) return `the earlier run listed ${earlier.k} (+ ${earlier.guard}) neighbours a sentence, not ${now.k} (+ ${now.guard})`;
  if (earlier.index !== 'exact') return 'the earlier run searched with HNSW, which may miss neighbours';
  if (now.index !== 'exact') return 'the settings ask for HNSW';
  if (earlier.mapped) return 'the earlier run used a learned linear map, which depends on all of its pairs';
  if (earlier.centre !== now.centre) return earlier.centre ? 'the earlier run was centred, and this one is not' : 'the earlier run was not centred, and this one is';
  return null;
};

const encoders = ({ vectors: { encoders: all } }: CarryFacts): string => JSON.stringify(all.map(({ id, hash, dimension, prefix }) => [id, hash, dimension, prefix]));
const vectors = (facts: CarryFacts): string => {
  const { provider, threads, blockSentences, precision } = facts.vectors;
  return JSON.stringify([provider, threads, blockSentences, precision, facts.vectors.encoders.map((encoder) => encoder.batchTokens)]);
};

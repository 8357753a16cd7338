import type { TranslationHypothesis } from '../../contract/translation.ts';

/** A way from the source over a text in a third language. */
export type PivotPath = { readonly first: TranslationHypothesis; readonly last: TranslationHypothesis };

/**
 * Translations over a third language, best first by the joint score: the sum of the two length-normalised scores, as both searches rank by them.
 *
 * `logProbability` is the joint one of the best way, log P(pivot | source) + log P(target | pivot); of ways that end in the same text the best one counts.
 */
export const bestOverPivot = (paths: readonly PivotPath[]): readonly TranslationHypothesis[] => {
  const joint = paths.map(({ first, last }): TranslationHypothesis => ({
    text: last.text, score: first.score + last.score, logProbability: first.logProbability + last.logProbability, ended: first.ended && last.ended, unmet: last.unmet,
  })).sort((left, right) => left.unmet.length - right.unmet.length || right.score - left.score);
  const seen = new Set<string>();
  return joint.filter(({ text }) => !seen.has(text) && seen.add(text).size > 0);
};

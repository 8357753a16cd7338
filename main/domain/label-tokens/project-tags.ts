import type { Link } from '../label/similarity-links.ts';

/** A link with its weight, 1 where it has none: how sure the aligner is. */
export type WeightedLink = Link | readonly [source: number, target: number, weight: number];

/**
 * Carries the tag of every source word to the target words that are linked to it; null for a word without a link.
 *
 * A word linked to several takes the tag whose links weigh most, of equals that of the earlier source word. Words without a link stay apart: no tag is
 * guessed here, that is the tag model's work.
 */
export const projectTags = (tags: readonly string[], links: readonly WeightedLink[], targetWords: number): (string | null)[] => {
  const votes = Array.from({ length: targetWords }, () => new Map<string, number>());
  for (const [source, target, weight = 1] of links.toSorted((left, right) => left[0] - right[0])) {
    const [tag, own] = [tags[source], votes[target]];
    if (tag !== undefined && own !== undefined) own.set(tag, (own.get(tag) ?? 0) + weight);
  }
  return votes.map((own) => [...own].reduce<readonly [string | null, number]>((best, vote) => (vote[1] > best[1] ? vote : best), [null, 0])[0]);
};

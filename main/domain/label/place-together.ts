/** One place that a span could take: target words from .. to - 1, and how much better than its best one it is (a logarithm, 0 at best). */
export type Candidate = { readonly from: number; readonly to: number; readonly score: number };

/** What it costs to leave a span without a place: less likely than one in a thousand is not worth having. */
const costOfNone = Math.log(1e-3);
/** Choices looked at before the best so far is taken; a sentence with conflicts has a few dozen. */
const mostSteps = 200_000;

/**
 * Chooses one candidate for every span, or none, so that no two overlap and the sum of scores is largest.
 *
 * Spans that overlap in the source (`mayOverlap`) may do so in the translation. Exact by branch and bound: what is left of the spans can at best add
 * nothing, as every span's best candidate has score 0.
 */
export const placeTogether = (candidates: readonly (readonly Candidate[])[], mayOverlap: (left: number, right: number) => boolean): (number | null)[] => {
  const chosen: (number | null)[] = candidates.map(() => null);
  let best: readonly (number | null)[] = chosen.slice();
  let bestScore = -Infinity;
  let steps = 0;
  const clashes = (span: number, { from, to }: Candidate): boolean => chosen.slice(0, span).some((choice, other) => {
    const taken = choice === null ? undefined : candidates[other]?.[choice];
    return taken !== undefined && taken.from < to && from < taken.to && !mayOverlap(other, span);
  });
  const go = (span: number, score: number): void => {
    steps += 1;
    if (score <= bestScore || (steps > mostSteps && bestScore > -Infinity)) return;
    if (span === candidates.length) {
      best = chosen.slice();
      bestScore = score;
      return;
    }
    for (const [choice, candidate] of (candidates[span] ?? []).entries()) {
      if (clashes(span, candidate)) continue;
      chosen[span] = choice;
      go(span + 1, score + candidate.score);
    }
    chosen[span] = null;
    go(span + 1, score + costOfNone);
  };
  go(0, 0);
  return [...best];
};

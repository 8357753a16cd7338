/** A span of a template: markers before token `from` and before token `to`, and the log-probability of the whole marked target. */
export type ScoredSpan = { readonly from: number; readonly to: number; readonly score: number };

/** Scores closer than this count as the same wherever something is thrown away: rows of different shapes differ in the last bits of 32-bit numbers. */
export const scoreTolerance = 2e-5;

/** By score, then from left to right, then the shorter. */
export const betterSpan = (left: ScoredSpan, right: ScoredSpan): number => right.score - left.score || left.from - right.from || left.to - right.to;

export type BestSpans = {
  add(span: ScoredSpan): void;
  /** The score of the worst of K spans; -Infinity while there are fewer. */
  readonly bound: () => number;
  /** Whether something with at most this score may be left out. */
  readonly hopeless: (score: number) => boolean;
  /** At most K, best first. */
  readonly spans: () => readonly ScoredSpan[];
  readonly has: (from: number, to: number) => boolean;
};

/** Keeps the K best of the spans it is told. */
export const bestSpans = (count: number): BestSpans => {
  const kept: ScoredSpan[] = [];
  const bound = (): number => (kept.length < count ? -Infinity : kept.at(-1)?.score ?? -Infinity);
  return {
    add: (span) => {
      if (kept.some(({ from, to }) => from === span.from && to === span.to)) return;
      kept.push(span);
      kept.sort(betterSpan);
      kept.length = Math.min(kept.length, count);
    },
    bound,
    hopeless: (score) => score < bound() - scoreTolerance,
    spans: () => kept,
    has: (from, to) => kept.some((span) => span.from === from && span.to === to),
  };
};

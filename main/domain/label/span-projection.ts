import type { Link } from './similarity-links.ts';

/** A labelled span of words: `from` .. `to - 1`. */
export type WordSpan = { readonly label: string; readonly from: number; readonly to: number };

/** Why a span has no place in the translation. A value, not an error: nothing is dropped in silence. */
export type Abstention = 'no-links' | 'not-contiguous' | 'source-partly-linked' | 'overlaps' | 'only-punctuation';

export type ProjectedSpan = {
  readonly source: WordSpan;
  readonly target: WordSpan | null;
  readonly reason: Abstention | null;
  /** Share of the span's source words that have a link: 0 .. 1. */
  readonly coverage: number;
  /** Share of the target span's words that are linked to the source span: 1 where nothing was filled. */
  readonly density: number;
};

/** How links become spans; names of the rules after Ebing and Glavas ("The devil is in the details", ACL 2025) and Easy-Label-Projection. */
export type SpanRules = {
  /** Words between two linked ones that are filled, at most. */
  readonly gap: number;
  /** Refuse a span of which a source word has no link (COMP-SRC). */
  readonly completeSource: boolean;
  /** Refuse a span whose target words are not contiguous (COMP-TGT). */
  readonly contiguousTarget: boolean;
  /** A span of one source word gets one target word: the one linked first (RESTR-TGT). */
  readonly singleWords: boolean;
};

export const usualRules: SpanRules = { gap: 1, completeSource: false, contiguousTarget: false, singleWords: false };

export type TargetWords = { readonly count: number; /** Whether a word is nothing but punctuation: such words never stand at a span's edge. */ readonly punctuation: (word: number) => boolean };

/**
 * Places source spans on a translation by word links.
 *
 * The target words linked to a span fall into runs, with gaps of at most `gap` words filled; the run with the most linked words wins, the first of
 * equals. Of spans that overlap afterwards the one with more links keeps its place.
 */
export const projectSpans = (spans: readonly WordSpan[], links: readonly Link[], target: TargetWords, rules: SpanRules = usualRules): ProjectedSpan[] => {
  const placed = spans.map((span) => place(span, links, target, rules));
  const taken: { readonly from: number; readonly to: number }[] = [];
  const order = [...placed.keys()].sort((left, right) => (placed[right]?.linked ?? 0) - (placed[left]?.linked ?? 0) || left - right);
  const result: ProjectedSpan[] = placed.map(({ projected }) => projected);
  for (const index of order) {
    const found = result[index];
    const span = found?.target ?? null;
    if (found === undefined || span === null) continue;
    if (taken.some(({ from, to }) => span.from < to && from < span.to)) result[index] = { ...found, target: null, reason: 'overlaps' };
    else taken.push(span);
  }
  return result;
};

type Placed = { readonly projected: ProjectedSpan; readonly linked: number };

const place = (span: WordSpan, links: readonly Link[], target: TargetWords, rules: SpanRules): Placed => {
  const own = links.filter(([source]) => source >= span.from && source < span.to);
  const coverage = new Set(own.map(([source]) => source)).size / Math.max(1, span.to - span.from);
  const none = (reason: Abstention): Placed => ({ projected: { source: span, target: null, reason, coverage, density: 0 }, linked: 0 });
  if (own.length === 0) return none('no-links');
  if (rules.completeSource && coverage < 1) return none('source-partly-linked');
  const words = [...new Set(own.map(([, word]) => word))].sort((left, right) => left - right);
  const solid = words.filter((word) => !target.punctuation(word));
  if (solid.length === 0) return none('only-punctuation');
  const kept = rules.singleWords && span.to - span.from === 1 ? solid.slice(0, 1) : solid;
  const runs = runsOf(kept, rules.gap);
  if (rules.contiguousTarget && runsOf(kept, 0).length > 1) return none('not-contiguous');
  const best = runs.reduce((winner, run) => (run.length > winner.length ? run : winner));
  const [from, to] = [best[0] ?? 0, (best.at(-1) ?? 0) + 1];
  return { projected: { source: span, target: { label: span.label, from, to }, reason: null, coverage, density: best.length / (to - from) }, linked: best.length };
};

const runsOf = (words: readonly number[], gap: number): number[][] => {
  const runs: number[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    if (run !== undefined && word - (run.at(-1) ?? word) - 1 <= gap) run.push(word); else runs.push([word]);
  }
  return runs;
};

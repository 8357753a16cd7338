import type { FoundSpans } from '../../contract/label.ts';
import { wordsOfRange, type WordRange } from './label-words.ts';
import { placeTogether, type Candidate } from './place-together.ts';
import { projectSpans, usualRules, type Abstention, type SpanRules } from './span-projection.ts';
import type { SureLink } from './state-links.ts';

/** Spans of one sentence carried to its translation: what each method finds, with how sure it is, or why it finds nothing. */

/** Half-open, in UTF-16 units. */
export type SourceSpan = { readonly label: string; readonly start: number; readonly end: number };
export type SentencePair = { readonly spans: readonly SourceSpan[]; readonly sourceWords: readonly WordRange[]; readonly targetWords: readonly WordRange[] };

/** Why a span has no place: a key into the string catalogue's `label.abstain.*`. */
export type AbstainReason = Abstention | 'no-words' | 'unsure' | 'too-long';

export const abstainReasons = ['no-links', 'not-contiguous', 'source-partly-linked', 'overlaps', 'only-punctuation', 'no-words', 'unsure', 'too-long'] as const satisfies readonly AbstainReason[];

export type AlignmentOptions = { readonly rules: SpanRules; /** Below this a span is left without a place. */ readonly leastConfidence: number };
export const usualAlignment: AlignmentOptions = { rules: usualRules, leastConfidence: 0.05 };

/** By word links. The confidence is the mean share of the span's links, times the share of its words that have one, times how densely they lie. */
export const projectByLinks = ({ spans, sourceWords, targetWords }: SentencePair, links: readonly SureLink[], { rules, leastConfidence }: AlignmentOptions = usualAlignment): FoundSpans[] => {
  const places = spans.map(({ start, end }) => wordsOfRange(sourceWords, start, end));
  const known = spans.flatMap(({ label }, at) => { const place = places[at]; return place === undefined || place === null ? [] : [{ at, span: { label, ...place } }]; });
  const projected = projectSpans(known.map(({ span }) => span), links.map(([from, to]) => [from, to] as const), { count: targetWords.length, punctuation: () => false }, rules);
  const found: FoundSpans[] = spans.map(() => abstaining('alignment', 'no-words'));
  for (const [index, { source, target, reason, coverage, density }] of projected.entries()) {
    const at = known[index]?.at ?? 0;
    if (target === null) { found[at] = abstaining('alignment', reason ?? 'no-links'); continue; }
    const own = links.filter(([from, to]) => from >= source.from && from < source.to && to >= target.from && to < target.to);
    const score = (own.reduce((sum, [, , share]) => sum + share, 0) / own.length) * coverage * density;
    found[at] = score < leastConfidence ? abstaining('alignment', 'unsure') : { method: 'alignment', best: [{ ...rangeOf(targetWords, target), score }], abstained: null };
  }
  return found;
};

/** What a marker search found for one span: target words with log P, the best first, and the best one's certified share. */
export type MarkerPlaces = {
  readonly best: readonly { readonly from: number; readonly to: number; readonly score: number }[];
  readonly share: number;
  readonly reverse: readonly number[];
  readonly refused: 'too-long' | 'no-words' | null;
};

export type ConstrainedOptions = {
  /** Below this posterior of the best place a span is left without one. */
  readonly leastShare: number;
  /** How much log P of the source span given the candidate counts beside log P of the candidate; 0: not at all. */
  readonly reverseWeight: number;
};
export const usualConstrained: ConstrainedOptions = { leastShare: 0.1, reverseWeight: 0 };
/** Where the reverse direction is asked. */
export const usualReverseWeight = 0.1;

/**
 * By marker searches, all spans of a sentence together: no two places overlap unless the spans do in the source, and the product of posteriors is largest.
 *
 * The score is a posterior: the share that is certified for the best place, and that of the others in proportion.
 */
export const projectByMarkers = ({ spans, targetWords }: SentencePair, placed: readonly MarkerPlaces[], { leastShare, reverseWeight }: ConstrainedOptions = usualConstrained): FoundSpans[] => {
  const candidates = placed.map((places) => ranked(places, reverseWeight));
  const chosen = placeTogether(candidates, (left, right) => nested(spans[left], spans[right]));
  return spans.map((_, at): FoundSpans => {
    const [places, own] = [placed[at], candidates[at] ?? []];
    if (places === undefined || places.refused !== null || own.length === 0) return abstaining('constrained', places?.refused ?? 'no-words');
    const choice = chosen[at] ?? null;
    if (choice === null) return abstaining('constrained', 'overlaps');
    const first = own[choice];
    if (first === undefined || first.posterior < leastShare) return abstaining('constrained', 'unsure');
    return { method: 'constrained', best: [first, ...own.filter((one) => one !== first)].map((one) => ({ ...rangeOf(targetWords, one), score: one.posterior })), abstained: null };
  });
};

const ranked = ({ best, share, reverse }: MarkerPlaces, weight: number): (Candidate & { readonly posterior: number })[] => {
  const top = best[0]?.score ?? 0;
  const weighed = best.map(({ from, to, score }, at) => ({ from, to, posterior: Math.min(1, share * Math.exp(score - top)), rank: score - top + weight * (reverse[at] ?? 0) }));
  return weighed.sort((left, right) => right.rank - left.rank).map(({ from, to, posterior, rank }) => ({ from, to, posterior, score: rank - (weighed[0]?.rank ?? 0) }));
};

const nested = (left: SourceSpan | undefined, right: SourceSpan | undefined): boolean => left !== undefined && right !== undefined && left.start < right.end && right.start < left.end;

const rangeOf = (words: readonly WordRange[], { from, to }: { readonly from: number; readonly to: number }): { from: number; to: number } => ({ from: words[from]?.[0] ?? 0, to: words[to - 1]?.[1] ?? 0 });

const abstaining = (method: FoundSpans['method'], reason: AbstainReason): FoundSpans => ({ method, best: [], abstained: reason });

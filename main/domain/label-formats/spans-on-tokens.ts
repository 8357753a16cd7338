import { quoted, type LossList } from './label-format.ts';
import type { LabelledSentence, LabelledSpan, TextRange } from './labelled-sentence.ts';
import type { TokenSpan } from './tag-schemes.ts';

/**
 * Spans as ranges of tokens, where every token has one label at most.
 *
 * A token that a span touches belongs to it. Of spans that share a token the longer one stays, of equals the first; the others are listed.
 */
export const spansOnTokens = (sentence: LabelledSentence, tokens: readonly TextRange[], place: number, losses: LossList): TokenSpan[] => {
  const taken: { readonly from: number; readonly to: number; readonly span: LabelledSpan }[] = [];
  const longestFirst = [...sentence.spans].sort((left, right) => right.end - right.start - (left.end - left.start) || left.start - right.start);
  for (const span of longestFirst) {
    const words = quoted(sentence, span);
    const from = tokens.findIndex(({ end }) => end > span.start);
    const to = tokens.findLastIndex(({ start }) => start < span.end) + 1;
    if (from < 0 || to <= from || span.end <= span.start) {
      losses.add('empty-span', place, `${span.label} at character ${span.start + 1} covers no token.`);
      continue;
    }
    const other = taken.find((one) => one.from < to && from < one.to);
    if (other !== undefined) {
      losses.add('overlap', place, `${span.label} ${words} shares a token with ${other.span.label} ${quoted(sentence, other.span)}; tags hold one label a token, and the longer span was written.`);
      continue;
    }
    if (tokens[from]?.start !== span.start || tokens[to - 1]?.end !== span.end) {
      losses.add('inside-token', place, `${span.label} ${words} ends inside a token or in a space; ${quoted(sentence, { start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 })} was labelled.`);
    }
    taken.push({ from, to, span });
  }
  return taken.sort((left, right) => left.from - right.from).map(({ from, to, span }) => ({ label: span.label, from, to }));
};

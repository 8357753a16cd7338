import { wordSegments } from '../text/segments.ts';
import type { TextRange } from './labelled-sentence.ts';

/**
 * Words and signs of a text, for formats that label tokens. Nothing but white space lies between them.
 *
 * The edges of spans are edges of tokens too, so that no span is lost to another opinion of what a word is.
 */
export const tokensOfText = (text: string, spans: readonly TextRange[] = [], language = 'und'): TextRange[] => {
  const edges = new Set(spans.flatMap(({ start, end }) => [start, end]));
  const tokens: TextRange[] = [];
  let at = 0;
  for (const segment of wordSegments(text, language)) {
    const end = at + segment.length;
    for (let start = at, next = at + 1; next <= end; next += 1) {
      if (next < end && !edges.has(next)) continue;
      tokens.push(...withoutSpace(text, start, next));
      start = next;
    }
    at = end;
  }
  return tokens;
};

const withoutSpace = (text: string, start: number, end: number): TextRange[] => Array.from(text.slice(start, end).matchAll(/\S+/gu), (match) => ({ start: start + match.index, end: start + match.index + match[0].length }));

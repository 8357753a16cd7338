import { addressesOf, placeholdersOf, tagsOf } from '../review/checks/markup.ts';
import { piecesOf } from '../review/checks/found.ts';

/** A part of a line that stays byte for byte; half-open range in UTF-16 units. */
export type Segment = { readonly kind: 'code' | 'formula' | 'address' | 'tag' | 'placeholder'; readonly text: string; readonly from: number; readonly to: number };

/** Between backticks, as Markdown has it: as many at the end as at the beginning. */
const code = /(?<!`)(`+)(?!`)[^`]*(?:(?!\1(?!`))`+[^`]+)*\1(?!`)/gu;
/** `$x^2$` as pandoc reads it: no space inside the dollars, no digit behind them, so that prices are prose. */
const dollars = /(?<![\\$\p{N}])\$(?!\s)(?:[^$\\]|\\.)+?(?<!\s)\$(?![\p{N}$])|\$\$(?:[^$\\]|\\.)+?\$\$/gu;
const latex = /\\\((?:.+?)\\\)|\\\[(?:.+?)\\\]/gu;

/** What of a line is not prose: code, formulas, addresses, tags, entities and placeholders. In order; of two that overlap the one that begins first, then the longer. */
export const protectedSegments = (text: string): readonly Segment[] => {
  const pieces = (kind: Segment['kind'], found: readonly { readonly text: string; readonly span: readonly [number, number] }[]): Segment[] =>
    found.map(({ text: part, span: [from, to] }) => ({ kind, text: part, from, to }));
  const all = [
    ...(text.includes('`') ? pieces('code', piecesOf(text, code)) : []),
    ...(text.includes('$') ? pieces('formula', piecesOf(text, dollars)) : []), ...(text.includes('\\') ? pieces('formula', piecesOf(text, latex)) : []),
    ...pieces('address', addressesOf(text)), ...pieces('tag', tagsOf(text)), ...pieces('placeholder', placeholdersOf(text)),
    // TABs of a table, line ends inside a JSON value.
    ...pieces('placeholder', piecesOf(text, /[\t\r\n]+/gu)),
  ].sort((left, right) => left.from - right.from || right.to - left.to);
  let end = 0;
  return all.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
};

/**
 * What a translation did to the segments of its source: lost, doubled, or tags in another order. Empty where it kept them.
 *
 * Placeholders and addresses may change places, as sentences do; a tag that ends before it begins is broken.
 */
export const segmentLoss = (segments: readonly Segment[], translation: string): readonly Segment[] => {
  const count = (text: string, part: string): number => text.split(part).length - 1;
  const wanted = new Map<string, number>();
  for (const { text } of segments) wanted.set(text, (wanted.get(text) ?? 0) + 1);
  // A segment may stand inside another: `{a}` in `<b title="{a}">`.
  const expected = (part: string): number => [...wanted].reduce((sum, [text, times]) => sum + times * count(text, part), 0);
  const lost = segments.filter(({ text }) => count(translation, text) !== expected(text));
  if (lost.length > 0) return lost;
  let at = 0;
  return segments.filter(({ kind, text }) => {
    if (kind !== 'tag' || text.startsWith('&')) return false;
    const found = translation.indexOf(text, at);
    at = found < 0 ? at : found + text.length;
    return found < 0;
  });
};

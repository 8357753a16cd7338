import { xmlText, type XmlCount } from '../formats/xml-text.ts';
import type { LossList } from './label-format.ts';
import type { LabelledSpan } from './labelled-sentence.ts';

/** A span with the tags that stand at its edges; `close` of an empty element is ''. */
export type Mark = { readonly span: LabelledSpan; readonly open: string; readonly close: string };

/**
 * Text with tags, elements properly nested.
 *
 * Of two spans that cross the longer one is written, of equals the first; the other is listed. Of spans with the same edges the first is outside.
 */
export const inlineMarkup = (text: string, marks: readonly Mark[], place: number, losses: LossList): string => {
  const count: XmlCount = { replaced: 0 };
  const written = (from: number, to: number): string => xmlText(text.slice(from, to), count).replaceAll('\n', '&#10;');
  const pieces: string[] = [];
  const open: Mark[] = [];
  let at = 0;
  const closeUntil = (limit: number): void => {
    for (let mark = open.at(-1); mark !== undefined && mark.span.end <= limit; mark = open.at(-1)) {
      pieces.push(written(at, mark.span.end), mark.close);
      at = mark.span.end;
      open.pop();
    }
  };
  for (const mark of nested(marks, place, losses)) {
    closeUntil(mark.span.start);
    pieces.push(written(at, mark.span.start), mark.open);
    at = mark.span.start;
    open.push(mark);
  }
  closeUntil(text.length);
  pieces.push(written(at, text.length));
  if (count.replaced > 0) losses.add('characters', place, `${count.replaced} ${count.replaced === 1 ? 'character' : 'characters'} that XML forbids became U+FFFD.`);
  return pieces.join('');
};

/** The marks that can be nested, outer before inner. An empty span at another's end stands before it closes. */
const nested = (marks: readonly Mark[], place: number, losses: LossList): Mark[] => {
  const kept: Mark[] = [];
  const longestFirst = marks.map((mark, index) => ({ mark, index })).sort((left, right) => length(right.mark) - length(left.mark) || left.index - right.index);
  for (const { mark } of longestFirst) {
    const { start, end, label } = mark.span;
    const other = kept.find(({ span }) => (span.start < start && start < span.end && span.end < end) || (start < span.start && span.start < end && end < span.end));
    if (other === undefined) kept.push(mark);
    else losses.add('overlap', place, `${label} at character ${start + 1} crosses ${other.span.label} at character ${other.span.start + 1}; tags nest or stand apart, and the longer span was written.`);
  }
  return kept.sort((left, right) => left.span.start - right.span.start || length(right) - length(left));
};

const length = ({ span }: Mark): number => span.end - span.start;

import { diffTexts } from '../../main/domain/text/diff.ts';
import { wordSpans } from '../../main/domain/text/segments.ts';

type Span = readonly [from: number, to: number];

/**
 * A piece of a diff that begins and ends at word edges of both texts: unchanged where both are equal.
 *
 * `removed` and `added` are what really differs inside `before` and `after`, in UTF-16 units of them.
 */
export type DiffChunk = { readonly before: string; readonly after: string; readonly removed: readonly Span[]; readonly added: readonly Span[] };

/**
 * A diff as it can be shown: cut at word edges only.
 *
 * The exact diff goes into words; an element there would tear the joins of Arabic letters apart. So an old word stands whole before the new one, and the letters
 * that differ are painted as ranges.
 */
export const diffChunks = (before: string, after: string, language: string): readonly DiffChunk[] => {
  const isEdge = { old: edgesOf(before, language), fresh: edgesOf(after, language) };
  const [removed, added]: [Span[], Span[]] = [[], []];
  const cuts: Span[] = [[0, 0]];
  let [old, fresh] = [0, 0];
  for (const { kind, text } of diffTexts(before, after, language)) {
    if (kind === 'removed') removed.push([old, old + text.length]);
    else if (kind === 'added') added.push([fresh, fresh + text.length]);
    else for (let at = 0; at <= text.length; at += 1) if (isEdge.old.has(old + at) && isEdge.fresh.has(fresh + at)) cuts.push([old + at, fresh + at]);
    if (kind !== 'added') old += text.length;
    if (kind !== 'removed') fresh += text.length;
  }
  cuts.push([before.length, after.length]);
  const chunks: DiffChunk[] = [];
  cuts.slice(1).forEach(([oldEnd, newEnd], index) => {
    const [oldStart, newStart] = cuts[index] ?? [0, 0];
    const chunk = { before: before.slice(oldStart, oldEnd), after: after.slice(newStart, newEnd), removed: inside(removed, oldStart, oldEnd), added: inside(added, newStart, newEnd) };
    const last = chunks.at(-1);
    if (chunk.before === '' && chunk.after === '') return;
    if (chunk.before === chunk.after && last !== undefined && last.before === last.after) chunks.splice(-1, 1, { ...last, before: last.before + chunk.before, after: last.after + chunk.after });
    else chunks.push(chunk);
  });
  return chunks;
};

/** No span crosses a cut: cuts lie in what is the same. */
const inside = (spans: readonly Span[], start: number, end: number): readonly Span[] =>
  spans.filter(([from]) => from >= start && from < end).map(([from, to]): Span => [from - start, to - start]);

/** Where words begin and end, and both ends of the text. */
const edgesOf = (text: string, language: string): ReadonlySet<number> => new Set([0, text.length, ...wordSpans(text, language).flat()]);

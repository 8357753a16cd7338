import type { Segment } from './protected-segments.ts';

/** A text in which every protected segment is a number in brackets, which models copy and vocabularies have. */
export type MaskedText = { readonly text: string; readonly masks: readonly Mask[] };
export type Mask = { readonly mask: string; readonly segment: Segment; /** What stood beside it in the source; empty at an end. */ readonly before: string; readonly after: string; /** It follows the segment before it without a space. */ readonly glued: boolean };

/** `Click <b>here</b>` is `Click [1] here [2]`; numbers begin where the text has none in brackets itself. */
export const maskSegments = (text: string, segments: readonly Segment[]): MaskedText => {
  const used = Array.from(text.matchAll(/\[\s*(\d{1,6})\s*\]/gu), (match) => Number(match[1]));
  const first = Math.max(0, ...used) + 1;
  let masked = '';
  let end = 0;
  const masks = segments.map((segment, at): Mask => {
    const mask = `[${first + at}]`;
    const glued = at > 0 && segment.from === end;
    const [before = ''] = glued ? [] : text.slice(0, segment.from).match(/.$/su) ?? [];
    const [after = ''] = segments[at + 1]?.from === segment.to ? [] : text.slice(segment.to).match(/^./su) ?? [];
    // A bracket that touches a word or another one is cut into other tokens than one that stands alone.
    masked += `${text.slice(end, segment.from)}${isWord(before) || glued ? ' ' : ''}${mask}${isWord(after) ? ' ' : ''}`;
    end = segment.to;
    return { mask, segment, before, after, glued };
  });
  return { text: masked + text.slice(end), masks };
};

const isWord = (character: string): boolean => /[\p{L}\p{N}\p{M}]/u.test(character);

/** Puts the segments back where their masks stand; a space that the source did not have goes. A mask that is missing leaves nothing: see `segmentLoss`. */
export const unmaskSegments = (translation: string, { masks }: MaskedText): string => {
  let at = 0;
  const places = masks.flatMap((one) => {
    const found = new RegExp(`\\[\\s*${one.mask.slice(1, -1)}\\s*\\]`, 'u').exec(translation);
    return found === null ? [] : [{ ...one, from: found.index, to: found.index + found[0].length }];
  }).sort((left, right) => left.from - right.from);
  let restored = '';
  for (const { segment, before, after, glued, from, to } of places) {
    const left = translation.slice(at, from);
    restored += (glued && left.trim() === '') || touches(before, left.trimEnd().at(-1) ?? '') ? left.trimEnd() : left;
    restored += segment.text;
    const rest = translation.slice(to);
    at = to + (touches(after, rest.trimStart().at(0) ?? '') ? rest.length - rest.trimStart().length : 0);
  }
  return restored + translation.slice(at);
};

/** Whether a segment that touched this character in the source touches the one that stands there now: a word for a word, else the same mark. */
const touches = (before: string, now: string): boolean => before !== '' && !/\s/u.test(before) && now !== '' && (isWord(before) ? isWord(now) : before === now);

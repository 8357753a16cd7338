import { diffArrays } from 'diff';
import { graphemes, wordSegments } from './segments.ts';

/**
 * What changed between two texts.
 *
 * By words first, so that a replaced word is told as one; where the old and the new words are alike, by graphemes inside them. Never inside a grapheme: an
 * emoji, a letter with its marks or a Hangul block stays whole. The search is Myers' (npm `diff`); texts that differ too much for it are told as replaced from the first to the last difference.
 */
export type DiffPart = {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** UTF-16 offset: in the old text where it was removed, else in the new one. */
  readonly from: number;
};

/** `removed` before `added`; the parts that are not `added` make up the old text, those that are not `removed` the new one. */
export const diffTexts = (before: string, after: string, language: string): readonly DiffPart[] => {
  const parts = wordParts(before, after, language);
  const fine: Part[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const [part, next] = [parts[at], parts[at + 1]];
    if (part === undefined) continue;
    if (part.kind !== 'removed' || next?.kind !== 'added') { fine.push(part); continue; }
    fine.push(...insideWords(part.text, next.text));
    at += 1;
  }
  return placed(fine);
};

type Part = Omit<DiffPart, 'from'>;

/** Edits tried; more of them are no change but another text. */
const mostEdits = 2_000;

const wordParts = (before: string, after: string, language: string): readonly Part[] => {
  const [old, fresh] = [wordSegments(before, language), wordSegments(after, language)];
  return compare(old, fresh) ?? replaced(old, fresh);
};

const compare = (before: readonly string[], after: readonly string[]): Part[] | undefined =>
  diffArrays([...before], [...after], { maxEditLength: mostEdits })?.map(({ removed, added, value }) => ({ kind: removed ? 'removed' : added ? 'added' : 'same', text: value.join('') }));

const replaced = (before: readonly string[], after: readonly string[]): Part[] => {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const all: Part[] = [
    { kind: 'same', text: before.slice(0, start).join('') }, { kind: 'removed', text: before.slice(start, before.length - end).join('') },
    { kind: 'added', text: after.slice(start, after.length - end).join('') }, { kind: 'same', text: before.slice(before.length - end).join('') },
  ];
  return all.filter(({ text }) => text !== '');
};

/** Half of the longer text has to be the same, else crumbs of letters would be shown that two other words happen to share. */
const insideWords = (before: string, after: string): readonly Part[] => {
  const whole: Part[] = [{ kind: 'removed', text: before }, { kind: 'added', text: after }];
  if (Math.max(before.length, after.length) > mostEdits) return whole;
  const parts = compare(graphemes(before), graphemes(after)) ?? whole;
  const same = parts.reduce((length, { kind, text }) => (kind === 'same' ? length + text.length : length), 0);
  return same * 2 >= Math.max(before.length, after.length) ? parts : whole;
};

const placed = (parts: readonly Part[]): DiffPart[] => {
  let [old, fresh] = [0, 0];
  return parts.map((part) => {
    const from = part.kind === 'removed' ? old : fresh;
    if (part.kind !== 'added') old += part.text.length;
    if (part.kind !== 'removed') fresh += part.text.length;
    return { ...part, from };
  });
};

import type { Output } from '../../../link/link.ts';
import type { Side } from '../../../../main/contract/review.ts';
import type { TextMark } from '../../../text/highlights.ts';

export type WordLinks = Output<'review.wordLinks'>;
/** A word of one side, by its number there. */
export type Word = { readonly side: Side; readonly index: number };

export const otherSide = (side: Side): Side => (side === 'source' ? 'target' : 'source');

/** Words of the other side that a word belongs to. */
export const linkedTo = (links: WordLinks, { side, index }: Word): readonly number[] => links.links.filter((link) => link[side] === index).map((link) => link[otherSide(side)]);

/** The word and those it belongs to, as marks of one side. */
export const marksOfLinks = (links: WordLinks, word: Word, side: Side): readonly TextMark[] => {
  const words = side === word.side ? [word.index] : linkedTo(links, word);
  return words.flatMap((index): readonly TextMark[] => {
    const span = links[side][index];
    return span === undefined ? [] : [{ name: side === 'source' ? 'linked-source' : 'linked-target', from: span[0], to: span[1] }];
  });
};

/** The word at a place in a text. */
export const wordAt = (links: WordLinks, side: Side, offset: number): Word | undefined => {
  const index = links[side].findIndex(([from, to]) => offset >= from && offset < to);
  return index < 0 ? undefined : { side, index };
};

/** The next word, or the one before, in reading order; behind the last word of the source comes the first of the target, and behind that nothing. */
export const stepWord = (links: WordLinks, word: Word | undefined, step: 1 | -1): Word | undefined => {
  const all = (['source', 'target'] as const).flatMap((side) => links[side].map((_, index): Word => ({ side, index })));
  const at = word === undefined ? (step > 0 ? -1 : all.length) : all.findIndex((each) => each.side === word.side && each.index === word.index);
  return all[at + step];
};

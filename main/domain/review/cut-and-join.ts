const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The edge of a grapheme at or behind an offset (UTF-16 units), inside the text. */
export const graphemeEdge = (text: string, offset: number): number => {
  const at = Math.min(Math.max(Math.trunc(offset), 0), text.length);
  const inside = segmenter.segment(text).containing(at);
  return inside === undefined || inside.index === at ? at : inside.index + inside.segment.length;
};

/** Two halves without the white space of the cut; `null` where one of them would be empty. */
export const cutText = (text: string, offset: number): readonly [string, string] | null => {
  const edge = graphemeEdge(text, offset);
  const halves = [text.slice(0, edge).trimEnd(), text.slice(edge).trimStart()] as const;
  return halves.some((half) => half.trim() === '') ? null : halves;
};

/** Joins texts with a space, and without one between signs of scripts that set none. */
export const joinTexts = (texts: readonly string[]): string => texts.map((text) => text.trim()).filter((text) => text !== '').reduce((joined, text) => {
  const isTight = joined === '' || (endsWithoutSpace.test(joined) && beginsWithoutSpace.test(text));
  return isTight ? joined + text : `${joined} ${text}`;
}, '');

/** Han, kana, Thai, Lao, Khmer, Burmese, Tibetan, and the punctuation of East Asia. */
const sign = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\uff01-\uff60]`;
const endsWithoutSpace = new RegExp(`${sign}$`, 'u');
const beginsWithoutSpace = new RegExp(`^${sign}`, 'u');

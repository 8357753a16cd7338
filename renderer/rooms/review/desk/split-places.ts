import { openRow, reviewState } from '../state.ts';

/** Where a text can be cut: between its words, or between its graphemes. */

const edges = (text: string, language: string, granularity: 'word' | 'grapheme'): readonly number[] => {
  const locale = language === '' || language === 'und' ? undefined : language;
  const segmenter = segmenterOf(locale, granularity);
  return [...segmenter.segment(text)].map((segment) => segment.index).filter((index) => index > 0);
};

/** A tag that the browser does not know segments as any text. */
const segmenterOf = (locale: string | undefined, granularity: 'word' | 'grapheme' | 'sentence'): Intl.Segmenter => {
  try { return new Intl.Segmenter(locale, { granularity }); } catch { return new Intl.Segmenter(undefined, { granularity }); }
};

/** The next place in reading order (`by` = 1) or the one before. */
export const nextPlace = (text: string, language: string, from: number, by: 1 | -1, granularity: 'word' | 'grapheme'): number => {
  const places = edges(text, language, granularity);
  return (by > 0 ? places.find((place) => place > from) : places.findLast((place) => place < from)) ?? from;
};

/** Where a reader would cut: after the first sentence; where there is but one, at the word nearest to the middle. */
export const suggestedPlace = (text: string, language: string): number => {
  const locale = language === '' || language === 'und' ? undefined : language;
  const sentence = [...segmenterOf(locale, 'sentence').segment(text)][1]?.index;
  if (sentence !== undefined) return sentence;
  const words = edges(text, language, 'word');
  const middle = text.length / 2;
  return words.reduce((best, each) => (Math.abs(each - middle) < Math.abs(best - middle) ? each : best), words[0] ?? text.length);
};

export const startSplit = (): void => {
  const row = openRow();
  if (row === undefined) return;
  reviewState.setState({ editing: undefined, splitting: { pair: row.id, source: suggestedPlace(row.source.text, row.source.language), target: suggestedPlace(row.target.text, row.target.language) } });
};

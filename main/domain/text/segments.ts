/** Words and graphemes by the runtime's own Unicode tables (UAX 29, with dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese). */

const known = new Map<string, Intl.Segmenter>();

/** A segmenter for a language tag; private and unknown tags get the rules of no language. */
const segmenterOf = (language: string, granularity: 'word' | 'grapheme'): Intl.Segmenter => {
  const key = `${granularity}:${language}`;
  const made = known.get(key) ?? new Intl.Segmenter(Intl.Segmenter.supportedLocalesOf(language.startsWith('x-') ? [] : [language])[0] ?? 'und', { granularity });
  known.set(key, made);
  return made;
};

/** The whole text in pieces: words, and what stands between them. */
export const wordSegments = (text: string, language: string): string[] => Array.from(segmenterOf(language, 'word').segment(text), ({ segment }) => segment);

/** What a reader calls characters. */
export const graphemes = (text: string): string[] => Array.from(segmenterOf('und', 'grapheme').segment(text), ({ segment }) => segment);

/** Half-open ranges of words (letters or digits in them) in UTF-16 units. */
export const wordSpans = (text: string, language: string): [from: number, to: number][] => {
  const spans: [number, number][] = [];
  for (const { index, segment, isWordLike } of segmenterOf(language, 'word').segment(text)) if (isWordLike === true) spans.push([index, index + segment.length]);
  return spans;
};

import type { PairWriter, PairWriterOptions } from './pair-writer.ts';

/** Two files of lines, `stem.de` and `stem.en`. A TAB is text here; a line end inside a text becomes a space and is counted. */
export const mosesWriter = ({ sourceLanguage, targetLanguage }: PairWriterOptions): PairWriter => {
  let pairs = 0;
  let breaks = 0;
  const line = (text: string): string => `${text.replace(/\n|\r(?=\n|$)/g, () => { breaks += 1; return ' '; })}\n`;
  // A pair within one language (or of two unknown ones) still needs two names.
  const alike = sourceLanguage === targetLanguage;
  return {
    files: alike ? [`.source.${sourceLanguage}`, `.target.${targetLanguage}`] : [`.${sourceLanguage}`, `.${targetLanguage}`],
    head: () => ['', ''],
    pair: ({ source, target }) => { pairs += 1; return [line(source), line(target)]; },
    tail: () => ['', ''],
    counts: () => ({ pairs, breaks, characters: 0 }),
  };
};

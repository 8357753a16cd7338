import { Failure } from '../../contract/errors.ts';
import { baseLanguage } from '../../domain/text/language-code.ts';

/**
 * Sentence splitting by sentencex (Wikimedia; rules for 244 languages with fallbacks).
 *
 * It is a native library, so it is loaded when it is first needed, and its absence stops only what needs it.
 */

/** Sentence by sentence, so that whoever asks can stop to breathe inside a very long line. */
export type SplitSentences = (text: string) => Iterable<string>;

/** A longer text is cut into parts before it is split, so that no call takes long: a sentence costs about 20 microseconds. */
const longestPart = 8_000;
/** The end of a sentence, seen by its punctuation alone: good enough to cut a very long line at. */
const sentenceEnd = /[.!?。！？।॥؟۔…]["'”’»)\]]*\s+|[。！？]/g;

export const sentenceSplitter = async (language: string): Promise<SplitSentences> => {
  const segment = await loadSegment();
  const base = baseLanguage(language);
  return function* (text) {
    for (const part of partsOf(text)) {
      for (const piece of segment(base, part)) {
        const sentence = piece.trim();
        if (sentence !== '') yield sentence;
      }
    }
  };
};

const loadSegment = async (): Promise<(language: string, text: string) => readonly string[]> => {
  try {
    const { segment } = await import('sentencex');
    return segment;
  } catch (cause) {
    throw new Failure('internal', 'The sentence splitter (sentencex) cannot be loaded on this computer.', {
      detail: cause instanceof Error ? cause.message : String(cause),
      hint: 'Import the file with one sentence or paragraph per line, without splitting.',
    });
  }
};

function* partsOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.length - from <= longestPart ? text.length : from + cutOf(text.slice(from, from + longestPart));
    yield text.slice(from, end);
    from = end;
  }
}

/** Behind the last sentence of a window; else behind its last blank; else its end (never inside a surrogate pair). */
const cutOf = (window: string): number => {
  let cut = 0;
  for (const match of window.matchAll(sentenceEnd)) cut = match.index + match[0].length;
  if (cut > 0) return cut;
  const blank = window.lastIndexOf(' ');
  if (blank > 0) return blank + 1;
  return (window.charCodeAt(window.length - 1) & 0xfc00) === 0xd800 ? window.length - 1 : window.length;
};

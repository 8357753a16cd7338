import { wordSpans } from '../text/segments.ts';
import { baseLanguage } from '../models/language-coverage.ts';

/** A half-open range of UTF-16 units of a text. */
export type WordRange = readonly [from: number, to: number];

/**
 * The words that labels begin and end at: those of Unicode's rules, cut further where a language writes small words together with large ones.
 *
 * French and its sisters elide articles and prepositions (`d’Abraham`), English adds a possessive (`David's`): a label covers the name alone. Languages
 * that are written with attached prefixes and no mark (Arabic, Hebrew) or with endings (Turkish, Finnish) keep their words whole.
 */
export const labelWords = (text: string, language: string): readonly WordRange[] => {
  const clitic = clitics.find(({ languages }) => languages.includes(baseLanguage(language) ?? ''));
  const words = wordSpans(text, language);
  if (clitic === undefined) return words;
  return words.flatMap(([from, to]): WordRange[] => {
    const at = clitic.cut(text.slice(from, to));
    return at === null ? [[from, to]] : [[from, from + at], [from + at, to]];
  });
};

/** Where a word is cut in two; null where it is one. */
type Clitic = { readonly languages: readonly string[]; readonly cut: (word: string) => number | null };

const elided = /^(?:[ldjmtsncz]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|all|coll|dall|dell|nell|sull|quest|quell)['’](?=\p{L})/iu;
const possessive = /['’]s$/iu;

const clitics: readonly Clitic[] = [
  { languages: ['fr', 'it', 'ca', 'oc'], cut: (word) => elided.exec(word)?.[0].length ?? null },
  { languages: ['en'], cut: (word) => { const at = word.search(possessive); return at > 0 ? at : null; } },
];

/** The words that a range touches, as numbers from .. to - 1; null where it touches none. A label that cuts a word takes all of it. */
export const wordsOfRange = (words: readonly WordRange[], start: number, end: number): { readonly from: number; readonly to: number } | null => {
  const from = words.findIndex(([, wordEnd]) => wordEnd > start);
  if (from < 0) return null;
  let to = from;
  while ((words[to]?.[0] ?? Infinity) < end) to += 1;
  return to === from ? null : { from, to };
};

/**
 * Scripts (ISO 15924) and writing directions of language tags and of texts.
 *
 * The page sets `dir` from {@link textDirection}, so both halves of the program answer alike.
 */

export type TextDirection = 'ltr' | 'rtl';

/** Scripts written from right to left (Unicode 16, bidi class R or AL). */
const rightToLeft: ReadonlySet<string> = new Set([
  'Adlm', 'Arab', 'Aran', 'Armi', 'Avst', 'Chrs', 'Cprt', 'Elym', 'Gara', 'Hatr', 'Hebr', 'Hung', 'Khar', 'Lydi', 'Mand', 'Mani', 'Mend', 'Merc', 'Mero',
  'Narb', 'Nbat', 'Nkoo', 'Orkh', 'Ougr', 'Palm', 'Phli', 'Phlp', 'Phnx', 'Prti', 'Rohg', 'Samr', 'Sarb', 'Sogd', 'Sogo', 'Syrc', 'Thaa', 'Yezi',
]);

/** The script a language is usually written in, as `Latn`; null for private tags and for `und`. */
export const scriptOf = (tag: string): string | null => {
  if (tag === 'und' || tag.startsWith('x-')) return null;
  try {
    return new Intl.Locale(tag).maximize().script ?? null;
  } catch {
    return null;
  }
};

/** The direction to lay a text of this language out in. Unknown and private languages read from left to right; `dir="auto"` is the page's choice there. */
export const textDirection = (tag: string): TextDirection => {
  const script = scriptOf(tag);
  return script !== null && rightToLeft.has(script) ? 'rtl' : 'ltr';
};

const scriptsWithoutSpaces: ReadonlySet<string> = new Set(['Hans', 'Hant', 'Hani', 'Jpan', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tibt', 'Bopo', 'Hrkt']);

/** True for languages whose script sets no spaces between words. */
export const setsNoSpaces = (tag: string): boolean => scriptsWithoutSpaces.has(scriptOf(tag) ?? '');

/** Unicode's script names for the scripts that are counted, by their ISO 15924 code. Han, kana and hangul are counted apart. */
const countedScripts: ReadonlyArray<readonly [code: string, letters: RegExp]> = (
  [
    ['Latn', 'Latin'], ['Cyrl', 'Cyrillic'], ['Arab', 'Arabic'], ['Hani', 'Han'], ['Hira', 'Hiragana'], ['Kana', 'Katakana'], ['Hang', 'Hangul'], ['Deva', 'Devanagari'],
    ['Grek', 'Greek'], ['Hebr', 'Hebrew'], ['Thai', 'Thai'], ['Beng', 'Bengali'], ['Taml', 'Tamil'], ['Telu', 'Telugu'], ['Knda', 'Kannada'], ['Mlym', 'Malayalam'],
    ['Gujr', 'Gujarati'], ['Guru', 'Gurmukhi'], ['Orya', 'Oriya'], ['Sinh', 'Sinhala'], ['Mymr', 'Myanmar'], ['Khmr', 'Khmer'], ['Laoo', 'Lao'], ['Tibt', 'Tibetan'],
    ['Geor', 'Georgian'], ['Armn', 'Armenian'], ['Ethi', 'Ethiopic'], ['Cher', 'Cherokee'], ['Cans', 'Canadian_Aboriginal'], ['Mong', 'Mongolian'], ['Thaa', 'Thaana'],
    ['Syrc', 'Syriac'], ['Nkoo', 'Nko'], ['Adlm', 'Adlam'], ['Tfng', 'Tifinagh'], ['Olck', 'Ol_Chiki'], ['Mtei', 'Meetei_Mayek'], ['Yiii', 'Yi'], ['Vaii', 'Vai'],
    ['Java', 'Javanese'], ['Bali', 'Balinese'], ['Copt', 'Coptic'], ['Goth', 'Gothic'], ['Rohg', 'Hanifi_Rohingya'],
  ] as const
).map(([code, name]) => [code, new RegExp(`\\p{Script=${name}}`, 'gu')] as const);

export type ScriptShare = { readonly script: string; /** Share of the text's letters, 0..1. */ readonly share: number };

/** Which scripts the letters of a text belong to, the commonest first. Digits, marks and punctuation count for none. */
export const scriptShares = (text: string): readonly ScriptShare[] => {
  const counts = countedScripts.map(([script, letters]) => ({ script, count: text.match(letters)?.length ?? 0 })).filter(({ count }) => count > 0);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return counts.map(({ script, count }) => ({ script, share: count / total })).sort((a, b) => b.share - a.share || (a.script < b.script ? -1 : 1));
};

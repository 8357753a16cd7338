import { pyLower, pySplit } from '../text/python-text.ts';

/** Options of sacreBLEU's TER, all off by default. `asianSupport` alone does nothing upstream: it widens `normalized` and `noPunctuation`. */
export type TerTokenizerOptions = {
  readonly normalized?: boolean;
  readonly noPunctuation?: boolean;
  readonly asianSupport?: boolean;
  readonly caseSensitive?: boolean;
};

/**
 * The words that sacreBLEU's TercomTokenizer makes of a text.
 *
 * Its result there is these words joined by single spaces. Matches are left to right and do not overlap, so each rule below is one pass.
 */
export const terWords = (text: string, { normalized = false, noPunctuation = false, asianSupport = false, caseSensitive = false }: TerTokenizerOptions = {}): string[] => {
  let result = caseSensitive ? text : pyLower(text);
  if (normalized && text !== '') {
    result = normalizeWestern(result);
    if (asianSupport) result = normalizeAsian(result);
  }
  if (noPunctuation) {
    result = result.replace(/[.,?:;!"()]/g, '');
    if (asianSupport) result = result.replace(asianPunctuation, '').replace(fullWidthPunctuation, '');
  }
  return pySplit(result);
};

/** Tercom removes a hyphen before a newline; sacreBLEU removes one after it. Kept: https://github.com/mjpost/sacrebleu/blob/v2.6.0/sacrebleu/tokenizers/tokenizer_ter.py */
const newlineHyphen = /\n-/g;

/** U+3200 to U+3F22, where the block of enclosed letters ends at U+32FF; a slip upstream that only spaces what an earlier rule has spaced already. */
const enclosedLetters = /[\u3200-\u3f22]/g;

const asianPunctuation = /[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb]/g;
const fullWidthPunctuation = /[\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]/g;

const normalizeWestern = (text: string): string => {
  const plain = text.replace(newlineHyphen, '').replace(/\n/g, ' ').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>');
  return ` ${plain} `
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/'s /g, " 's ")
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
};

/** Kana stay in words: upstream's three rules for them need kana at the very start, where `normalizeWestern` has put a space. */
const normalizeAsian = (text: string): string =>
  text
    .replace(/[\u4e00-\u9fff\u3400-\u4dbf]/g, ' $& ')
    .replace(/[\u31c0-\u31ef\u2e80-\u2eff]/g, ' $& ')
    .replace(/[\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f]/g, ' $& ')
    .replace(enclosedLetters, ' $& ')
    .replace(asianPunctuation, ' $& ')
    .replace(fullWidthPunctuation, ' $& ');

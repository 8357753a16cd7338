import { pyStrip } from '../text/python-text.ts';
import { joinedTokens, mtevalClasses, splitByMteval } from './mteval-rules.ts';
import type { InPlace, Tokenizer } from './tokenizer.ts';

type Range = readonly [first: number, last: number];

/**
 * Kept from sacreBLEU: two ranges with five hexadecimal digits after `\u`, which Python reads as four and a digit.
 *
 * Meant for CJK Extension B and the Compatibility Supplement, they cover U+2001..2A6D instead (the second lies within the Kangxi radicals), so
 * curly quotes, dashes, the ellipsis, the euro sign and arrows are split off, and Extension B is not.
 *
 * @see https://github.com/mjpost/sacrebleu/issues/298
 */
export const fiveDigitEscapeRanges: readonly Range[] = [[0x2001, 0x2a6d], [0x2f81, 0x2fa1]];

/** What the tokenizer takes for Chinese: ideographs, radicals, CJK and full-width marks; no kana. All in the Basic Multilingual Plane. */
const chineseRanges: readonly Range[] = [
  [0x3400, 0x4db5], [0x4e00, 0x9fa5], [0x9fa6, 0x9fbb], [0xf900, 0xfa2d], [0xfa30, 0xfa6a], [0xfa70, 0xfad9], [0xff00, 0xffef], [0x2e80, 0x2eff],
  [0x3000, 0x303f], [0x31c0, 0x31ef], [0x2f00, 0x2fdf], [0x2ff0, 0x2fff], [0x3100, 0x312f], [0x31a0, 0x31bf], [0xfe10, 0xfe1f], [0xfe30, 0xfe4f],
  [0x2600, 0x26ff], [0x2700, 0x27bf], [0x3200, 0x32ff], [0x3300, 0x33ff], ...fiveDigitEscapeRanges,
];

const classes = mtevalClasses(chineseRanges);

const inPlace: InPlace = { prepare: pyStrip, split: (units, from, to, spans) => splitByMteval(classes, false, units, from, to, spans) };

/** Spaces around every Chinese character, then the rules of 13a without its entities and padding (sacreBLEU `tokenizer_zh.py`). */
export const chinese: Tokenizer = { signature: 'zh', tokenize: (text) => joinedTokens(inPlace, text), inPlace };

import type { TokenSpans } from '../ngrams/token-spans.ts';
import { isPythonSpace } from '../text/python-text.ts';

/**
 * Kept from sacreBLEU and chrF++.py: one mark is split off a word at most, the last one before the first: `(hi)` becomes `(hi` and `)`.
 *
 * @see https://github.com/mjpost/sacrebleu/issues/124
 */
export const marksSplitOffAWord = 1;

/** Python's `string.punctuation`: the 32 ASCII marks. */
const isPunctuation = Uint8Array.from({ length: 0x80 }, (_, unit) => (/[!-/:-@[-`{-~]/.test(String.fromCharCode(unit)) ? 1 : 0));

const isMark = (unit: number): boolean => unit < 0x80 && isPunctuation[unit] === 1;

/** Adds the words of chrF++: what lies between Python whitespace, with one mark off its end or else off its beginning. */
export const splitChrfWords = (units: Uint16Array, from: number, to: number, spans: TokenSpans): void => {
  let start = from;
  for (let at = from; at <= to; at += 1) {
    if (at < to && !isPythonSpace(units[at] ?? 0)) continue;
    addWord(units, start, at, spans);
    start = at + 1;
  }
};

const addWord = (units: Uint16Array, start: number, end: number, spans: TokenSpans): void => {
  if (end <= start) return;
  const cut = end - start === 1 ? end : cutOf(units, start, end);
  spans.add(start, cut);
  if (cut < end) spans.add(cut, end);
};

const cutOf = (units: Uint16Array, start: number, end: number): number => {
  if (isMark(units[end - 1] ?? 0)) return end - marksSplitOffAWord;
  return isMark(units[start] ?? 0) ? start + marksSplitOffAWord : end;
};

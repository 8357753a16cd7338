import { baseLanguage } from '../../text/language-code.ts';
import { scriptOf } from '../../text/script.ts';
import { nothingFound, type Languages, type PairCheck } from './found.ts';

/**
 * One text is much too long or too short for the other.
 *
 * Lengths are code points. What is usual follows from the two languages: code points of a translation for one code point of English, measured on
 * the Tatoeba test sets of LASER (am ar de es fr hi ja ka ru sw tr zh), New Testaments (chr my) and MLQE-PE (et ne ro si); other languages
 * take the middle of their script. Han, kana and hangul stand for several letters each, names and code among them for what they are: those signs are
 * weighed one by one. Short texts vary more: the factor allowed falls from 3 at ten letters to 1.7 at five hundred
 * (`scripts/bench/checks.ts` says how many clean pairs exceed it).
 */
export const makeLengthRatio = (languages: Languages): PairCheck => {
  const [inSource, inTarget] = [lengthIn(languages.source), lengthIn(languages.target)];
  return (source, target) => {
    const [left, right] = [inSource(source), inTarget(target)];
    if (left === 0 || right === 0) return nothingFound;
    const factor = Math.max(left / right, right / left);
    if (factor <= allowedFactor(Math.sqrt(left * right))) return nothingFound;
    const [long, short] = left > right ? ['source', 'target'] : ['target', 'source'];
    return [{ text: `The ${long} is ${factor.toFixed(1)} times as long as usual for such a ${short}.`, source: [], target: [] }];
  };
};

const allowedFactor = (length: number): number => Math.exp(0.45 + 2.1 / Math.sqrt(length));

/** The length that the text would have in English. */
const lengthIn = (language: string): (text: string) => number => {
  const weight = weights[scriptOf(language) ?? ''];
  if (weight !== undefined) return (text) => weighed(text, weight);
  const expansion = measured[baseLanguage(language)] ?? byScript[scriptOf(language) ?? ''] ?? 1;
  return (text) => weighed(text, 1) / expansion;
};

const weighed = (text: string, weight: number): number => {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code & 0xFC00) === 0xDC00) continue;
    length += code < 0x1100 || !isDense(code) ? 1 : weight;
  }
  return length;
};

/** Han, kana, hangul and their wide punctuation; high surrogates stand for the rarer Han signs. */
const isDense = (code: number): boolean => (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xDBFF) || code <= 0x11FF || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFF00 && code <= 0xFFEF);

/** What one sign of a dense script stands for, in letters of English (Chinese and Japanese: as above; Korean: half of English's length). */
const weights: Readonly<Record<string, number>> = { Hans: 3.3, Hant: 3.3, Jpan: 2.2, Kore: 2 };

/** Code points for one of English. */
const measured: Readonly<Record<string, number>> = {
  en: 1, am: 0.62, ar: 0.84, de: 1.15, es: 1.05, fr: 1.17, hi: 1.01, ka: 0.92, ru: 1, sw: 0.89, tr: 1.01, chr: 0.69, my: 1.15, et: 0.92, ne: 0.91, ro: 1.03, si: 0.99,
};
/** For languages that were not measured, by script: the middle of those that were, and of their neighbours. */
const byScript: Readonly<Record<string, number>> = { Latn: 1.05, Arab: 0.85, Hebr: 0.8, Thai: 0.95, Laoo: 0.95, Khmr: 1.1, Ethi: 0.62, Tibt: 1.1 };

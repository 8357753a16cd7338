import { baseLanguage } from '../../text/language-code.ts';
import { setsNoSpaces } from '../../text/script.ts';
import { named, nothingFound, type Languages, type PairCheck, type Piece } from './found.ts';
import { sidesOf } from './doubled-spaces.ts';

/**
 * Words, or groups of two or three words, that stand twice in a row.
 *
 * Once again is too often in most languages; where words are reduplicated (Malay, Hindi, Turkish ...) and for the words each language does double
 * (`that that`, `die die`, `nous nous`) it takes three. Scripts without spaces between words are not judged by words: there a sign has to stand five times.
 */
export const makeDoubledWords = ({ source: sourceLanguage, target: targetLanguage }: Languages): PairCheck => {
  const [inSource, inTarget] = [finder(sourceLanguage), finder(targetLanguage)];
  return (source, target) => {
    const [left, right] = [inSource(source), inTarget(target)];
    if (left.length === right.length && left.every(({ times }, at) => times === 2 && right[at]?.times === 2)) return nothingFound;
    const told = [left.filter(({ usual }) => !usual), right.filter(({ usual }) => !usual)] as const;
    if (told[0].length + told[1].length === 0) return nothingFound;
    return [{ text: `${sidesOf(...told)} repeated words: ${named(told.flat().map(({ text }) => text))}.`, source: told[0].map(({ span }) => span), target: told[1].map(({ span }) => span) }];
  };
};

/** `usual`: the language doubles this. */
type Repeated = Piece & { readonly times: number; readonly usual: boolean };

/** Languages that double words as grammar or as everyday style. */
const reduplicating: ReadonlySet<string> = new Set([
  'id', 'ms', 'jv', 'su', 'tl', 'fil', 'ceb', 'ilo', 'war', 'mg', 'haw', 'mi', 'sm', 'to', 'fj', 'hi', 'ur', 'bn', 'pa', 'gu', 'mr', 'ne', 'or', 'as', 'si', 'ta', 'te', 'kn', 'ml', 'tr', 'az', 'uz', 'kk', 'ky', 'tk', 'hy', 'ka', 'am', 'ti', 'sw', 'zu', 'xh', 'yo', 'ig', 'ha', 'af', 'vi', 'fa', 'ht', 'ko', 'chr',
]);
/** Words that stand twice in correct sentences. */
const doubled: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['that', 'had', 'is', 'in', 'on', 'very', 'no', 'so', 'far', 'long', 'many', 'bye', 'ha', 'her', 'do', 'up', 'really', 'out', 'well', 'yes', 'blah', 'there', 'now', 'again', 'truly', 'holy', 'more', 'what', 'who', 'over', 'amen', 'woe']),
  de: new Set(['die', 'der', 'das', 'sie', 'den', 'dem', 'was', 'wir', 'sehr', 'ja', 'nein', 'nach', 'so', 'an', 'auf', 'zu', 'es', 'ihr', 'denen', 'deren', 'viel', 'immer', 'ganz', 'in', 'wer']),
  fr: new Set(['nous', 'vous', 'en', 'si', 'très', 'bien', 'non', 'oui', 'tout', 'la', 'le', 'faire']),
  es: new Set(['la', 'que', 'no', 'muy', 'sí', 'lo', 'uno', 'casi', 'nos']), it: new Set(['molto', 'piano', 'quasi', 'no', 'sì', 'così', 'via', 'la']), pt: new Set(['que', 'muito', 'não', 'sim', 'a', 'o', 'nos']),
  nl: new Set(['die', 'dat', 'zij', 'ze', 'je', 'is', 'heel', 'ja', 'nee', 'er', 'was', 'had', 'hadden', 'zijn']), ru: new Set(['да', 'нет', 'очень', 'еле', 'чуть', 'что', 'его', 'их', 'её', 'много', 'давно']), sv: new Set(['att', 'det', 'som', 'ja', 'nej', 'mycket', 'i', 'den', 'på']),
};

const finder = (language: string): (text: string) => Repeated[] => {
  const base = baseLanguage(language);
  if (setsNoSpaces(language)) return repeatedSigns;
  const isUsual = reduplicating.has(base) ? () => true : (words: string) => doubled[base]?.has(words.toLowerCase()) === true;
  return (text) => repeatedWords(text, isUsual);
};

/** One to three words, letters in them, and the same again after nothing but blanks. */
const again = /(?<![\p{L}\p{M}\p{N}.'’/-])(?<once>\(?\p{L}[^\s.,;:!?{}/\\]*(?:[^\S\n]+[^\s.,;:!?{}/\\]+){0,2}?)(?<more>(?:[^\S\n]+\k<once>)+)(?![\p{L}\p{M}\p{N}'’/-])/giu;

const repeatedWords = (text: string, isUsual: (words: string) => boolean): Repeated[] => (mayRepeat(text) ? Array.from(text.matchAll(again), (match) => {
  const once = match.groups?.['once'] ?? '';
  const times = Math.round((match[0].length + 1) / (once.length + 1));
  return { text: match[0], span: [match.index, match.index + match[0].length] as const, times, usual: times === 2 && isUsual(once) };
}) : []);

/** A cheap look first: some word stands twice within four. */
const mayRepeat = (text: string): boolean => {
  let [first, second, third] = ['', '', ''];
  for (const word of text.toLowerCase().split(' ')) {
    if (word === '') continue;
    if (word === first || word === second || word === third) return true;
    [first, second, third] = [second, third, word];
  }
  return false;
};

const signs = /(\p{L}\p{M}*)\1{4,}|(\p{L}{2,6}?)\2{2,}/gu;
const repeatedSigns = (text: string): Repeated[] => Array.from(text.matchAll(signs), (match) => ({ text: match[0], span: [match.index, match.index + match[0].length] as const, times: 3, usual: false }));

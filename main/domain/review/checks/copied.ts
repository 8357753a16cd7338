import { baseLanguage } from '../../text/language-code.ts';
import { nothingFound, type Languages, type PairCheck } from './found.ts';

/** One side is a copy of the other, but for case, spaces and punctuation: not translated. Names, codes and single words are left alone. */
export const makeCopied = ({ source: sourceLanguage, target: targetLanguage }: Languages): PairCheck => {
  if (sourceLanguage !== 'und' && baseLanguage(sourceLanguage) === baseLanguage(targetLanguage)) return () => nothingFound;
  return (source, target) => {
    if (firstLetter(source) !== firstLetter(target)) return nothingFound;
    if (lettersOf(source) !== lettersOf(target) || !isProse(source)) return nothingFound;
    return [{ text: 'Both texts are the same: one is a copy, not a translation.', source: [[0, source.length]], target: [[0, target.length]] }];
  };
};

const firstLetter = (text: string): string | undefined => /[\p{L}\p{N}]/u.exec(text)?.[0].toLowerCase();
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();

/** At least two words in small letters that are no code, or several signs of a script without capitals. */
const isProse = (text: string): boolean => {
  const words = text.match(/(?<![\p{L}\p{N}\p{S}\p{P}])\p{Ll}[\p{Ll}\p{M}'’]{2,}(?![\p{L}\p{N}_(=/\\])/gu)?.length ?? 0;
  return words >= 2 || (text.match(/\p{Lo}/gu)?.length ?? 0) >= 4;
};

import { baseLanguage } from '../../text/language-code.ts';
import { oneSided, nothingFound, unanswered, type Languages, type PairCheck } from './found.ts';
import { addressesOf } from './markup.ts';

/** Web and mail addresses that stand on one side only. `/de/` may have become `/en/`, and `http` `https`. */
export const makeAddresses = ({ source: sourceLanguage, target: targetLanguage }: Languages): PairCheck => {
  const languageNames = new Set([sourceLanguage, targetLanguage].flatMap((tag) => [tag.toLowerCase(), baseLanguage(tag)]));
  const key = (address: string): string => address.toLowerCase().replace(/^(?:https?:\/\/)?(?:www\.)?/u, '').replace(/\/$/u, '')
    .split(/(?<=[/.?=&_-])|(?=[/.?=&_-])/u).map((part) => (languageNames.has(part) ? '*' : part)).join('').replace(/\*[-_][a-z]{2,4}\b/gu, '*');
  return (source, target) => {
    if (!mayHave(source) && !mayHave(target)) return nothingFound;
    const open = unanswered(addressesOf(source), addressesOf(target), ({ text }) => key(text));
    return oneSided(open.source, open.target);
  };
};

const mayHave = (text: string): boolean => text.includes('://') || text.includes('www.') || text.includes('@');

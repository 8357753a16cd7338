import { makeAddresses } from './addresses.ts';
import { makeBrackets } from './brackets.ts';
import { checkMask, checks, type PairCheckId } from './check-ids.ts';
import { makeCopied } from './copied.ts';
import { makeCorrupted } from './corrupted.ts';
import { makeDoubledSpaces } from './doubled-spaces.ts';
import { makeDoubledWords } from './doubled-words.ts';
import { isEmpty, makeEmpty } from './empty.ts';
import { makeEndPunctuation } from './end-punctuation.ts';
import type { Found, Languages, PairCheck } from './found.ts';
import { makeLengthRatio } from './length-ratio.ts';
import { makeNumbers } from './numbers.ts';
import { makePlaceholders } from './placeholders.ts';
import { makeQuotes } from './quotes.ts';
import { makeTags } from './tags.ts';
import { makeTerms, type TermList } from './terms.ts';
import { makeWrongScript } from './wrong-script.ts';

export type PairChecks = {
  /** Everything there is to say about two texts. */
  find(source: string, target: string): readonly (Found & { readonly check: PairCheckId })[];
  /** The same as bits of the column `checks`. */
  bits(source: string, target: string): number;
};

/** All checks that two texts alone can answer, made for one pair of languages. An empty side is told as such and by nothing else. */
export const createPairChecks = (languages: Languages, terms: readonly TermList[] = []): PairChecks => {
  const made: Readonly<Record<PairCheckId, PairCheck>> = {
    empty: makeEmpty(), copied: makeCopied(languages), corrupted: makeCorrupted(languages), 'wrong-script': makeWrongScript(languages), numbers: makeNumbers(languages),
    placeholders: makePlaceholders(), tags: makeTags(), addresses: makeAddresses(languages), 'length-ratio': makeLengthRatio(languages), terms: makeTerms(languages, terms),
    brackets: makeBrackets(), quotes: makeQuotes(), 'end-punctuation': makeEndPunctuation(languages), 'doubled-words': makeDoubledWords(languages), 'doubled-spaces': makeDoubledSpaces(),
  };
  const ordered = checks.filter((check) => check.of === 'pair').map(({ id }) => ({ id, mask: checkMask(id), check: made[id] }));
  const applying = (source: string, target: string): typeof ordered => (isEmpty(source) || isEmpty(target) ? ordered.slice(0, 1) : ordered);
  return {
    find: (source, target) => applying(source, target).flatMap(({ id, check }) => check(source, target).map((found) => ({ ...found, check: id }))),
    bits: (source, target) => {
      let bits = 0;
      for (const { mask, check } of applying(source, target)) if (check(source, target).length > 0) bits |= mask;
      return bits;
    },
  };
};

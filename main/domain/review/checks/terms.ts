import { baseLanguage } from '../../text/language-code.ts';
import { setsNoSpaces } from '../../text/script.ts';
import { named, nothingFound, type Found, type Languages, type PairCheck, type Span } from './found.ts';

/** One list: what this is called there. */
export type TermList = { readonly languages: readonly [source: string, target: string]; readonly terms: readonly (readonly [source: string, target: string])[] };

/**
 * Terms of the imported lists that stand on one side without their counterpart on the other.
 *
 * A term is found as whole words, whatever its case. Its counterpart may be inflected: there the last letters of long words may differ, and one of several
 * translations is enough. In scripts without spaces both are found anywhere.
 */
export const makeTerms = (languages: Languages, lists: readonly TermList[]): PairCheck => {
  const forward = createIndex(translationsOf(lists, languages.source, languages.target), languages);
  const backward = createIndex(translationsOf(lists, languages.target, languages.source), { source: languages.target, target: languages.source });
  if (forward === null && backward === null) return () => nothingFound;
  return (source, target) => {
    const [left, right] = [forward?.(source, target) ?? [], backward?.(target, source) ?? []];
    if (left.length + right.length === 0) return nothingFound;
    const parts = [
      ...(left.length > 0 ? [`the target does not say ${wanted(left)}`] : []), ...(right.length > 0 ? [`the source does not say ${wanted(right)}`] : []),
    ].join('; ');
    return [{ text: `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`, source: left.map(({ span }) => span), target: right.map(({ span }) => span) } satisfies Found];
  };
};

type Missing = { readonly term: string; readonly translations: readonly string[]; readonly span: Span };
const wanted = (missing: readonly Missing[]): string => missing.slice(0, 3).map(({ term, translations }) => `${named(translations)} for “${term}”`).join(', ');

type Translations = ReadonlyMap<string, readonly string[]>;

const translationsOf = (lists: readonly TermList[], from: string, to: string): Translations => {
  const all = new Map<string, string[]>();
  for (const { languages: [source, target], terms } of lists) {
    const straight = sameLanguage(source, from) && sameLanguage(target, to);
    if (!straight && !(sameLanguage(source, to) && sameLanguage(target, from))) continue;
    for (const [left, right] of terms) {
      const [term, translation] = straight ? [left, right] : [right, left];
      const key = folded(term);
      all.set(key, [...(all.get(key) ?? []), translation]);
    }
  }
  return all;
};

const sameLanguage = (one: string, other: string): boolean => baseLanguage(one) === baseLanguage(other);
const folded = (text: string): string => text.normalize('NFC').toLowerCase();

const word = /[\p{L}\p{M}\p{N}]+/gu;

/** Finds the terms of a text by their first word (scripts without spaces: by their first sign), so that long lists cost no more than short ones. */
const createIndex = (translations: Translations, languages: Languages): ((text: string, other: string) => Missing[]) | null => {
  if (translations.size === 0) return null;
  const spaced = !setsNoSpaces(languages.source);
  const otherSpaced = !setsNoSpaces(languages.target);
  const start = (term: string): string => (spaced ? term.match(word)?.[0] ?? term : String.fromCodePoint(term.codePointAt(0) ?? 0));
  const byStart = Map.groupBy(translations, ([term]) => start(term));
  const starts = (text: string): { readonly key: string; readonly at: number }[] => Array.from(text.matchAll(spaced ? word : /\p{L}/gu), (match) => ({ key: match[0], at: match.index }));
  return (text, other) => {
    const lower = text.toLowerCase();
    // Where small letters are longer than capitals the offsets would slip: such texts are read as they are.
    const readable = lower.length === text.length ? lower : text;
    let counterpart: string | null = null;
    const missing: Missing[] = [];
    for (const { key, at } of starts(readable)) {
      for (const [term, candidates] of byStart.get(key) ?? []) {
        if (!readable.startsWith(term, at) || (spaced && /^[\p{L}\p{M}\p{N}]/u.test(readable.slice(at + term.length, at + term.length + 2)))) continue;
        const said = counterpart ??= folded(other);
        if (candidates.some((candidate) => says(said, folded(candidate), otherSpaced))) continue;
        missing.push({ term: text.slice(at, at + term.length), translations: candidates, span: [at, at + term.length] });
      }
    }
    return missing;
  };
};

/** Every word of the term begins a word of the text, in any order of endings: `Vertrag` is said by `Verträgen` only as far as the stem is the same. */
const says = (text: string, term: string, spaced: boolean): boolean => {
  if (text.includes(term)) return true;
  if (!spaced) return false;
  const words = text.match(word) ?? [];
  return (term.match(word) ?? []).every((one) => words.some((other) => other.startsWith(stem(one))));
};
const stem = (one: string): string => (one.length >= 6 ? one.slice(0, -2) : one.length >= 4 ? one.slice(0, -1) : one);

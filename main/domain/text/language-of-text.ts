import { eld } from 'eld/extrasmall';
import { francAll } from 'franc';
import { languageOfLine } from './detect-language.ts';
import { baseLanguage, normaliseLanguage } from './language-code.ts';
import { scriptOf, scriptShares } from './script.ts';

/**
 * The language of one text, where another one is expected.
 *
 * Single sentences are short: of a hundred right ones a detector alone calls one to ten by another name. So a text is in another language only where its script
 * says so, or where two detectors (ELD, franc) both prefer the other language clearly. Null: too little to say anything, or they differ.
 */
export type LanguageTest = (text: string) => string | null;

export const createLanguageTest = (expected: string): LanguageTest => {
  const isExpected = (language: string): boolean => familyOf(language) === familyOf(expected);
  const knows = known.some(isExpected);
  const script = scriptOf(expected);
  return (text) => {
    const head = withoutNames(text.slice(0, charactersOfText), script);
    const verdict = languageOfLine(head);
    if (verdict === null) return null;
    if (verdict.certain) {
      if (isExpected(verdict.language)) return expected;
      // A script alone cannot tell a language from a relative that is written in it, too.
      return !knows && scriptOf(verdict.language) === script ? null : verdict.language;
    }
    const found = byDetectors(head, isExpected, { knows, script });
    return found === 'expected' ? expected : found;
  };
};

/** Latin letters stand in texts of all scripts (names, code, units): where others than they make up a tenth of a text that ought to be in another script, those alone are asked. */
const withoutNames = (text: string, script: string | null): string => {
  if (script === null || script === 'Latn' || !latin.test(text)) return text;
  const others = scriptShares(text).reduce((sum, one) => sum + (one.script === 'Latn' ? 0 : one.share), 0);
  return others < 0.1 ? text : text.replaceAll(latinRuns, ' ');
};
const latin = /\p{Script=Latin}/u;
const latinRuns = /\p{Script=Latin}+/gu;

/** What a text may cost: the head of a long paragraph says enough. */
const charactersOfText = 400;
/** Letters below which no text is said to be in another language by its n-grams alone. */
const fewestToDiffer = 12;
/** The expected language needs this share of the best one's score to be believed. */
const closeEnough = 0.9;

const known: readonly string[] = Object.values(eld.info().Languages).map((code) => normaliseLanguage(code) ?? code);

/** Written languages that no detector of n-grams tells apart in a sentence. */
const families: ReadonlyMap<string, string> = new Map([
  ...['nb', 'nn', 'no', 'da'].map((tag) => [tag, 'no'] as const), ...['hr', 'bs', 'sr', 'sh', 'cnr'].map((tag) => [tag, 'sh'] as const),
  ...['id', 'ms', 'zsm'].map((tag) => [tag, 'ms'] as const), ...['fa', 'prs', 'tg'].map((tag) => [tag, 'fa'] as const), ...['tl', 'fil'].map((tag) => [tag, 'tl'] as const), ...['cs', 'sk'].map((tag) => [tag, 'cs'] as const),
]);
const familyOf = (tag: string): string => families.get(baseLanguage(tag)) ?? baseLanguage(tag);

const byDetectors = (text: string, isExpected: (language: string) => boolean, { knows, script }: { readonly knows: boolean; readonly script: string | null }): string | null => {
  const result = eld.detect(text);
  const best = normaliseLanguage(result.language);
  if (best === null || best === 'und') return null;
  if (isExpected(best)) return 'expected';
  // No letter of the expected language is like those of the other: there is nothing to weigh.
  if (scriptOf(best) !== script && script !== null) return best;
  const scores = Object.entries(result.getScores());
  const top = Math.max(...scores.map(([, score]) => score));
  const own = Math.max(0, ...scores.filter(([code]) => isExpected(normaliseLanguage(code) ?? code)).map(([, score]) => score));
  if (own >= top * closeEnough) return 'expected';
  if ((text.match(/\p{L}/gu)?.length ?? 0) < fewestToDiffer) return null;
  const others = francAll(text).map(([code, score]) => ({ language: normaliseLanguage(code) ?? code, score }));
  const scoreOf = (is: (language: string) => boolean): number | undefined => others.find(({ language }) => is(language))?.score;
  const [forBest, forExpected] = [scoreOf((language) => familyOf(language) === familyOf(best)), scoreOf(isExpected)];
  if (forBest === undefined || (forExpected === undefined && !(knows && result.isReliable()))) return null;
  return forExpected !== undefined && forExpected > forBest ? (knows ? null : 'expected') : best;
};

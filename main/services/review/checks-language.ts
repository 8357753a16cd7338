import { checkMask } from '../../domain/review/checks/check-ids.ts';
import type { Found, Languages } from '../../domain/review/checks/found.ts';
import { detectLanguageOfEach } from '../corpora/index.ts';

/** The language a text is in where that is not the one it ought to be in; null: it is, or says too little. */
export type Strangers = { readonly source: readonly (string | null)[]; readonly target: readonly (string | null)[] };

/** Asks the detectors, in their thread, about both sides of pairs. Where nobody has said which language a side is in, none is another. */
export const detectStrangers = async (languages: Languages, texts: { readonly source: readonly string[]; readonly target: readonly string[] }): Promise<Strangers> => {
  const ofSide = async (side: 'source' | 'target'): Promise<readonly (string | null)[]> => {
    const expected = languages[side];
    if (expected === 'und' || texts[side].length === 0) return [];
    return (await detectLanguageOfEach(expected, texts[side])).map((found) => (found === expected ? null : found));
  };
  const [source, target] = await Promise.all([ofSide('source'), ofSide('target')]);
  return { source, target };
};

/** What says the same of a text more plainly. */
const plainer = checkMask('empty') | checkMask('copied') | checkMask('wrong-script');

/** `found`: what the other checks have found of the pair. */
export const isInOtherLanguage = (found: number, { source, target }: Strangers, at: number): boolean => (found & plainer) === 0 && ((source[at] ?? null) !== null || (target[at] ?? null) !== null);

/** The finding in words, about one pair. */
export const otherLanguageFound = async (languages: Languages, source: string, target: string): Promise<readonly (Found & { readonly check: 'language' })[]> => {
  const { source: [inSource = null], target: [inTarget = null] } = await detectStrangers(languages, { source: [source], target: [target] });
  const parts = [
    ...(inSource === null ? [] : [`the source reads like ${nameOf(inSource)}, not like ${nameOf(languages.source)}`]),
    ...(inTarget === null ? [] : [`the target reads like ${nameOf(inTarget)}, not like ${nameOf(languages.target)}`]),
  ].join('; ');
  if (parts === '') return [];
  return [{ check: 'language', text: `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`, source: inSource === null ? [] : [[0, source.length]], target: inTarget === null ? [] : [[0, target.length]] }];
};

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });
const nameOf = (tag: string): string => { try { return names.of(tag) ?? tag; } catch { return tag; } };

import { eld } from 'eld/extrasmall';
import { franc, francAll } from 'franc';
import { normaliseLanguage } from './language-code.ts';
import { scriptShares } from './script.ts';
import { chineseOrthography, languageByLetters } from './script-languages.ts';

/**
 * Which languages a sample of lines is in.
 *
 * Every line has one vote. A script or telling letters decide where they can; else ELD's n-grams (60 languages). Languages that ELD lacks spread their votes
 * over several of its languages, so a diffuse vote is asked again of franc (187 languages), once, on all lines together, where trigrams are reliable.
 */

export type LanguageShare = { readonly language: string; /** Share of the lines that say so, 0..1. */ readonly share: number };

/** Below this share of the best ELD language, the sample is thought to be in a language that ELD does not know. */
const clearVote = 0.7;
/** Lines without this many letters say nothing about their language. */
const fewestLetters = 3;
/** Letters that franc wants to see before it is believed. */
const fewestForTrigrams = 120;
/** Languages that ELD would call by a relative's name; franc tells them apart given enough text. ISO 639-3, the relative that ELD knows first. */
const relatives: ReadonlyMap<string, readonly [known: string, ...others: string[]]> = new Map([
  ['nl', ['nld', 'afr']], ['ms', ['zlm', 'ind', 'sun', 'jav', 'min']], ['hi', ['hin', 'npi', 'bho', 'mai', 'mag']], ['mr', ['mar', 'npi']], ['pt', ['por', 'glg']],
  ['tl', ['tgl', 'ceb', 'ilo', 'hil', 'war']], ['tr', ['tur', 'tuk']], ['az', ['azj', 'tuk', 'uzn']],
]);
/** What one line may cost: the head of a long paragraph says enough. */
const charactersOfLine = 400;

/** The languages of a sample, the commonest first; at most five, none below one line in fifty. Empty when no line has letters. */
export const guessLanguages = (lines: readonly string[]): readonly LanguageShare[] => {
  const heads = lines.map((line) => line.slice(0, charactersOfLine));
  const votes = new Map<string, number>();
  const undecided: string[] = [];
  let voters = 0;
  for (const line of heads) {
    const verdict = languageOfLine(line);
    if (verdict === null) continue;
    voters += 1;
    if (verdict.certain) addVote(votes, verdict.language, 1);
    else undecided.push(line);
  }
  for (const [language, count] of votesOfNgrams(undecided, voters)) addVote(votes, language, count);
  return [...votes]
    .map(([language, count]) => ({ language, share: count / voters }))
    .filter(({ share }) => share >= 0.02)
    .sort((a, b) => b.share - a.share || (a.language < b.language ? -1 : 1))
    .slice(0, 5);
};

type Verdict = { readonly language: string; readonly certain: boolean };

/** Null: too few letters to say anything. */
export const languageOfLine = (line: string): Verdict | null => {
  if ((line.match(/\p{L}/gu)?.length ?? 0) < fewestLetters) return null;
  const shares = scriptShares(line);
  const main = shares[0];
  if (main === undefined) return null;
  // Japanese is mostly kanji in some lines; any share of kana tells it from Chinese.
  if (shares.some(({ script, share }) => (script === 'Hira' || script === 'Kana') && share >= 0.1)) return { language: 'ja', certain: true };
  if (main.script === 'Hani') return { language: chineseOrthography(line), certain: true };
  const told = languageByLetters(main.script, line);
  return told === null ? { language: 'und', certain: false } : { language: told, certain: true };
};

const votesOfNgrams = (lines: readonly string[], voters: number): ReadonlyMap<string, number> => {
  const votes = new Map<string, number>();
  for (const line of lines) addVote(votes, normaliseLanguage(eld.detect(line).language) ?? 'und', 1);
  const [best, count] = [...votes].reduce((one, other) => (other[1] > one[1] ? other : one), ['und', 0]);
  const text = lines.join('\n').slice(0, 20_000);
  // A few stray lines in a sample that its script has already decided are no evidence of another language.
  if (lines.length * 4 < voters || text.length < fewestForTrigrams) return votes;
  if (count / lines.length < clearVote) {
    const second = normaliseLanguage(francAll(text)[0]?.[0] ?? 'und');
    return second === null || second === 'und' || votes.has(second) ? votes : new Map([[second, lines.length]]);
  }
  const relative = closestRelative(best, text);
  if (relative === best) return votes;
  votes.delete(best);
  addVote(votes, relative, count);
  return votes;
};

const closestRelative = (language: string, text: string): string => {
  const family = relatives.get(language);
  if (family === undefined) return language;
  const found = franc(text, { only: [...family] });
  return found === family[0] ? language : (normaliseLanguage(found === 'und' ? language : found) ?? language);
};

const addVote = (votes: Map<string, number>, language: string, count: number): void => {
  votes.set(language, (votes.get(language) ?? 0) + count);
};

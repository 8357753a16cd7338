import { baseLanguage } from '../../text/language-code.ts';
import { scriptOf, scriptShares } from '../../text/script.ts';
import { chineseCharacters } from '../../text/script-languages.ts';
import { nothingFound, piecesOf, type Found, type Languages, type PairCheck, type Span } from './found.ts';

/**
 * A text that is not written in the script of its language: none of its letters are, another script than Latin runs through it, one word mixes
 * two scripts' look-alikes, or Chinese is in the other orthography.
 *
 * Latin letters stand in texts of all scripts (names, code, units), so they alone are told only where there is a sentence of them.
 */
export const makeWrongScript = ({ source: sourceLanguage, target: targetLanguage }: Languages): PairCheck => {
  const [inSource, inTarget] = [finder(sourceLanguage), finder(targetLanguage)];
  return (source, target) => {
    const [left, right] = [inSource(source), inTarget(target)];
    if (left === null && right === null) return nothingFound;
    if (left !== null && right !== null && left.quoted === right.quoted && left.quoted !== '') return nothingFound;
    const text = [left === null ? '' : `The source ${left.text}`, right === null ? '' : `${left === null ? 'The target' : 'the target'} ${right.text}`].filter((part) => part !== '').join('; ');
    return [{ text: `${text}.`, source: left?.spans ?? [], target: right?.spans ?? [] } satisfies Found];
  };
};

type Finding = {
  readonly text: string; readonly spans: readonly Span[];
  /** Letters of a third script, as they are: the same on both sides, they are what the sentence is about. */
  readonly quoted: string;
};

/** Scripts that are written together. */
const families: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Hani', 'Hira', 'Kana'], Hans: ['Hani'], Hant: ['Hani'], Kore: ['Hang', 'Hani'], Hrkt: ['Hira', 'Kana'],
};
const isLatin = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{Cc}\p{M}]*$/u;
/** Letters of three European scripts that look alike, mixed within a word. */
const mixed = /(?<![\p{L}\p{M}])(?=\p{L}*\p{Script=Latin})(?=\p{L}*[\p{Script=Cyrillic}\p{Script=Greek}])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]{3,}(?![\p{L}\p{M}])/gu;
/** Letters beyond Latin; Greek ones stand alone in formulas. */
const stranger = /[^\p{Script=Latin}\P{L}ªºµ]/u;

const finder = (language: string): (text: string) => Finding | null => {
  const script = scriptOf(language);
  if (script === null) return () => null;
  const own = families[script] ?? [script];
  const latin = own.includes('Latn');
  const foreign = foreignRuns(own);
  return (text) => {
    if (latin && !stranger.test(text)) return null;
    const shares = scriptShares(text);
    if (shares.length === 0) return null;
    const share = shares.reduce((sum, one) => sum + (own.includes(one.script) ? one.share : 0), 0);
    const looksAlike = piecesOf(text, mixed).map(({ span }) => span);
    if (looksAlike.length > 0) return { text: 'mixes letters of two scripts in one word', spans: looksAlike, quoted: '' };
    if (share === 0 && isLatin.test(text)) return isSentence(text) ? { text: `is not in the script of ${language}`, spans: [[0, text.length]], quoted: '' } : null;
    const runs = piecesOf(text, foreign);
    if (runs.length > 0) return { text: `has letters that are not of the script of ${language}`, spans: runs.map(({ span }) => span), quoted: runs.map((run) => run.text).toSorted().join(' ') };
    return script === 'Hans' || script === 'Hant' ? wrongOrthography(text, language, script) : null;
  };
};

const isSentence = (text: string): boolean => (text.match(/(?<![\p{L}\p{N}_.])\p{Ll}[\p{Ll}'’]+(?![\p{L}\p{N}_(])/gu)?.length ?? 0) >= 4;

const latinPlus: readonly string[] = ['Latn', 'Zyyy', 'Zinh', 'Grek'];

/** Two letters and more of a script that is neither the language's own nor Latin, common or Greek. */
const foreignRuns = (own: readonly string[]): RegExp => {
  const allowed = [...new Set([...own, ...latinPlus])].map((code) => `\\p{Script=${code}}`).join('');
  return new RegExp(`(?:[^${allowed}\\P{L}]\\p{M}*){2,}`, 'gu');
};

const wrongOrthography = (text: string, language: string, script: 'Hans' | 'Hant'): Finding | null => {
  const other = chineseCharacters(text, script === 'Hans' ? 'Hant' : 'Hans');
  if (other.length === 0 || other.length <= chineseCharacters(text, script).length) return null;
  return { text: `is in ${script === 'Hans' ? 'traditional' : 'simplified'} characters and should not be (${baseLanguage(language)})`, spans: other.map((at): Span => [at, at + 1]), quoted: '' };
};

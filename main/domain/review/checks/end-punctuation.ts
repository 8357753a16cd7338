import { baseLanguage } from '../../text/language-code.ts';
import { nothingFound, type Found, type Languages, type PairCheck, type Span } from './found.ts';

/**
 * How both sentences end: question, statement, introduction to what follows, or nothing, whatever signs the script has for it.
 *
 * Told: a question on one side only, a colon on one side only, and an end mark against a letter. Exclamations, dots, commas and semicolons are not told
 * apart: translators join, cut and calm sentences.
 */
export const makeEndPunctuation = (languages: Languages): PairCheck => {
  const [inSource, inTarget] = [endOf(languages.source), endOf(languages.target)];
  const withoutStops = stopless.has(baseLanguage(languages.source)) || stopless.has(baseLanguage(languages.target));
  return (source, target) => {
    const [left, right] = [inSource(source), inTarget(target)];
    if (left === null || right === null || left.kind === right.kind || left.kind === 'maybe' || right.kind === 'maybe') return nothingFound;
    const kinds = new Set([left.kind, right.kind]);
    if (kinds.has('pause') && !kinds.has('question')) return nothingFound;
    if (kinds.has('none') && kinds.has('stop') && withoutStops) return nothingFound;
    return [differing(left, right)];
  };
};

type Kind = 'question' | 'maybe' | 'stop' | 'colon' | 'pause' | 'none';
type End = { readonly kind: Kind; readonly sign: string; readonly span: Span };

/** Written without a sign at the end of a sentence. */
const stopless: ReadonlySet<string> = new Set(['th', 'lo', 'km', 'my', 'bo', 'dz']);

const question = '?？؟՞፧⁇⁈⁉‽꘏᥅';
/** A question that ends like a statement: Japanese and Korean ask with a particle, Greek with what looks like a semicolon. */
const asksWithoutSign: Readonly<Record<string, RegExp>> = { ja: /(?:か|かな|かしら|かい|だい|の|っけ)[。．.]?$/u, ko: /(?:까|니|나|냐|가|지|죠|요)[。．.]?$/u, el: /[;\u037E]$/u };
const stop = '.!。．！｡։۔።।॥။។៕܀܂᠃᠉…⋯‥‼¡༎ฯ᙮꓿﹒';
const colon = ':：፦﹕';
const pause = ',，、،;；؛፣፤·ฯ၊–—―-~～';
const tail = /[\s\p{Pe}\p{Pf}\p{Pi}\p{Sk}\p{Cf}"'*_』」＂＇]+$/u;

const endOf = (language: string): (text: string) => End | null => {
  const asks = asksWithoutSign[baseLanguage(language)];
  return (text) => {
    const bare = text.replace(tail, '');
    const last = [...bare.slice(-2)].at(-1);
    if (last === undefined) return null;
    const span: Span = [bare.length - last.length, bare.length];
    if (/[?？؟][!！?？؟…\s]*$/u.test(bare) || question.includes(last)) return { kind: 'question', sign: last, span };
    if (asks?.test(bare) === true) return { kind: 'maybe', sign: last, span };
    if (stop.includes(last)) return { kind: 'stop', sign: last, span };
    if (colon.includes(last)) return { kind: 'colon', sign: last, span };
    if (pause.includes(last)) return { kind: 'pause', sign: last, span };
    return /[\p{L}\p{M}\p{N}]/u.test(last) ? { kind: 'none', sign: last, span } : null;
  };
};

const differing = (left: End, right: End): Found => ({ text: `The source ends ${withSign(left)}, the target ${withSign(right)}.`, source: [left.span], target: [right.span] });
const withSign = ({ kind, sign }: End): string => (kind === 'none' ? 'without a sign' : `with “${sign}”`);

import { textDirection } from '../../text/script.ts';
import { nothingFound, piecesOf, type Languages, type PairCheck, type Piece } from './found.ts';
import { mojibakeIn } from './mojibake.ts';

/**
 * Characters that a wrong conversion left behind: U+FFFD, lone halves of surrogate pairs, controls and terminal codes, wrongly read UTF-8, invisible
 * marks where they have no work to do, and runs of signs that only one side has.
 */
export const makeCorrupted = ({ source: sourceLanguage, target: targetLanguage }: Languages): PairCheck => {
  const [inSource, inTarget] = [damageOf(sourceLanguage), damageOf(targetLanguage)];
  return (source, target) => {
    const left = [...inSource(source), ...junkIn(source, target)];
    const right = [...inTarget(target), ...junkIn(target, source)];
    if (left.length + right.length === 0) return nothingFound;
    const kinds = [...new Set([...left, ...right].map(({ kind }) => kind))];
    return [{ text: `Looks damaged: ${kinds.join(', ')}.`, source: left.map(({ span }) => span), target: right.map(({ span }) => span) }];
  };
};

type Damage = Piece & { readonly kind: string };

const replacement = /\uFFFD|[\uFDD0-\uFDEF]|\p{Cs}/gu;
const control = /\u001B?\[\d{0,3}(?:;\d{1,3})*m|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F]/gu;
const privateUse = /\p{Co}/gu;
/** Zero width space, word joiner, byte order mark, direction marks and isolates, soft hyphens. */
const invisible = /[\u200B\u2060\uFEFF\u200E\u200F\u202A-\u202E\u2066-\u2069]|\u00AD{2,}|\u00AD(?=[\s\p{P}]|$)|(?<=\s)\u00AD/gu;
const anyDamage = /[\uFFFD\uFDD0-\uFDEF\p{Cs}\p{Co}\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u2060\uFEFF\u200E\u200F\u202A-\u202E\u2066-\u2069\u00AD]|\[\d{0,3}m/u;
/** These put a break between words with U+200B. */
const breaksWithZeroWidth: ReadonlySet<string> = new Set(['th', 'lo', 'km', 'my', 'ja', 'zh', 'bo']);
const rightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;

const damageOf = (language: string): (text: string) => Damage[] => {
  const base = language.split('-')[0] ?? language;
  const marksAllowed = textDirection(language) === 'rtl';
  const of = (text: string, expression: RegExp, kind: string): Damage[] => piecesOf(text, expression).map((piece) => ({ ...piece, kind }));
  return (text) => {
    const misread = mojibakeIn(text).map((piece) => ({ ...piece, kind: 'characters read in the wrong encoding' }));
    if (!anyDamage.test(text)) return misread;
    const marks = of(text, invisible, 'invisible characters').filter(({ text: mark }) => mark !== '\u200B' || !breaksWithZeroWidth.has(base));
    return [
      ...of(text, replacement, 'lost characters'), ...of(text, control, 'control characters'), ...of(text, privateUse, 'characters of private use'),
      ...(marksAllowed || rightToLeft.test(text) ? [] : marks), ...misread,
    ];
  };
};

const run = /[@#%^~=*+|\\`$_<>]{3,}/gu;
const mayHaveRun = /[@#%^~=*+|\\`$_<>]{3}/u;

/** `====`, `%%@@`: three and more signs in a row, of which the other side has none. */
const junkIn = (text: string, other: string): Damage[] => (mayHaveRun.test(text) ? piecesOf(text, run).filter((piece) => !mayHaveRun.test(other) && !other.includes(piece.text)).map((piece) => ({ ...piece, kind: 'runs of signs' })) : []);

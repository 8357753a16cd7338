import { named, nothingFound, type Found, type Languages, type PairCheck } from './found.ts';
import { withoutMarkup } from './markup.ts';
import { hasDigits, numbersOf, type NumberPiece } from './number-values.ts';
import { saysMonth, saysNumber } from './number-words.ts';

/**
 * Numbers that stand on one side only, compared by value.
 *
 * A number that the other side may say in words, as a month, as the other half of the clock, or as part of a date written otherwise is not told. How
 * often a number is repeated is the translator's choice.
 */
export const makeNumbers = (languages: Languages): PairCheck => (source, target) => {
  const digits = [hasDigits(source), hasDigits(target)];
  if (!digits[0] && !digits[1]) return nothingFound;
  const [left, right] = [withoutMarkup(source), withoutMarkup(target)];
  const [sources, targets] = [digits[0] === true ? numbersOf(left) : [], digits[1] === true ? numbersOf(right) : []];
  const first = { source: sources.filter((one) => !targets.some((other) => agree(one, other))), target: targets.filter((one) => !sources.some((other) => agree(one, other))) };
  if (first.source.length + first.target.length === 0) return nothingFound;
  const open = {
    source: first.source.filter((one) => !explained(one, targets, first.target, { text: left, other: right, otherLanguage: languages.target })),
    target: first.target.filter((one) => !explained(one, sources, first.source, { text: right, other: left, otherLanguage: languages.source })),
  };
  return told(open.source, open.target);
};

const agree = (one: NumberPiece, other: NumberPiece): boolean => one.text === other.text || one.readings.some((value) => other.readings.some((reading) => Math.abs(value - reading) <= 1e-9 * Math.abs(value)));

const explained = (one: NumberPiece, others: readonly NumberPiece[], open: readonly NumberPiece[], { text, other, otherLanguage }: Texts): boolean => {
  const parts = others.flatMap((piece) => piece.parts);
  if (one.parts.length > 1 && one.parts.every((part) => parts.includes(part) || saysMonth(other, otherLanguage, part))) return true;
  const [value] = one.readings;
  if (value === undefined || one.parts.length > 1) return false;
  if (others.some((piece) => piece.parts.length > 1 && piece.parts.includes(value))) return true;
  if (isMinutes(one, text) && (value === 0 || (value % 15 === 0 && !clock.test(other)))) return true;
  if (open.some((piece) => halfDay(value, piece.readings[0]) || sameYear(one, piece) || sameYear(piece, one))) return true;
  return one.readings.some((reading) => saysNumber(other, otherLanguage, reading));
};

type Texts = { readonly text: string; readonly other: string; readonly otherLanguage: string };

/** 3 p.m. is 15:00. */
const halfDay = (one: number, other: number | undefined): boolean => other !== undefined && Math.abs(one - other) === 12 && Math.max(one, other) <= 24;

/** `2:30` is half past two, `4:00` four. */
const isMinutes = ({ text: digits, span: [from] }: NumberPiece, text: string): boolean => digits.length === 2 && /\p{Nd}[:：]$/u.test(text.slice(Math.max(0, from - 2), from));
const clock = /\p{Nd}[:：]\p{Nd}{2}/u;

/** `'19` is 2019, and the 1790s are the 90s of the 18th century. */
const sameYear = (short: NumberPiece, year: NumberPiece): boolean => {
  const [value = 0, full = 0] = [short.readings[0], year.readings[0]];
  return short.text.length <= 2 && year.text.length === 4 && (full % 100 === value || Math.floor(full / 100) + 1 === value);
};

const told = (source: readonly NumberPiece[], target: readonly NumberPiece[]): readonly Found[] => {
  if (source.length + target.length === 0) return nothingFound;
  const [left, right] = [named(source.map(({ text }) => text)), named(target.map(({ text }) => text))];
  const text = source.length > 0 && target.length > 0 ? `Numbers differ: ${left} in the source, ${right} in the target.`
    : source.length > 0 ? `The target lacks the number ${left}.` : `The source lacks the number ${right}.`;
  return [{ text, source: source.map(({ span }) => span), target: target.map(({ span }) => span) }];
};

import { piecesOf, type Piece } from './found.ts';

/**
 * Numbers in a text, by value: digits of all scripts, with every reading their separators allow.
 *
 * `1.234` is 1234 in German and 1.234 in English, and real text mixes both; so a number has a set of readings, and two numbers agree when they share one.
 */
export type NumberPiece = Piece & {
  /** Values it may stand for; `5万` is also 50,000. */
  readonly readings: readonly number[];
  /** The plain integers it is made of: `2001-09-14` is written otherwise elsewhere, but of the same three. */
  readonly parts: readonly number[];
};

const grouped = '\\p{Nd}{1,3}(?:[ \\u00A0\\u2009\\u202F]\\p{Nd}{3})+(?!\\p{Nd})';
const plain = "\\p{Nd}+(?:[.,'’٬٫．，]\\p{Nd}+)*";
const number = new RegExp(`(?<!\\p{Nd})(?:${grouped}(?:[.,٫]\\p{Nd}+)?|${plain})`, 'gu');
const anyDigit = /\p{Nd}/u;

export const hasDigits = (text: string): boolean => anyDigit.test(text);

export const numbersOf = (text: string): NumberPiece[] => piecesOf(text, number).map((piece) => {
  const digits = asciiDigits(piece.text);
  const scale = scaleAfter(text, piece.span[1]);
  const readings = readingsOf(digits);
  return { ...piece, readings: scale.length === 0 ? readings : [...readings, ...readings.flatMap((value) => scale.map((factor) => value * factor))], parts: (digits.match(/\d+/gu) ?? []).map(Number) };
});

/** Digits come in runs of ten, so a digit's value is its distance from the start of its run. */
const asciiDigits = (text: string): string => text.replace(/\p{Nd}/gu, (digit) => (digit <= '9' ? digit : String(valueOfDigit(digit)))).replaceAll('．', '.').replaceAll('，', ',');

const valueOfDigit = (digit: string): number => {
  const code = digit.codePointAt(0) ?? 0;
  // Mathematical digits are five runs in a row that do not begin at a multiple of ten.
  if (code >= 0x1D7CE && code <= 0x1D7FF) return (code - 0x1D7CE) % 10;
  let value = 0;
  while (value < 9 && anyDigit.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
};

const readingsOf = (text: string): readonly number[] => {
  const digits = text.replace(/[\s'’٬]/gu, '').replaceAll('٫', '.');
  const marks = [...digits.replace(/\d/gu, '')];
  const [first = ''] = marks;
  if (marks.length === 0) return [Number(digits)];
  if (marks.length === 1) {
    const decimal = Number(digits.replace(',', '.'));
    return /^[1-9]\d{0,2}[.,]\d{3}$/u.test(digits) ? [decimal, Number(digits.replace(first, ''))] : [decimal];
  }
  if (marks.every((mark) => mark === first)) return /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/u.test(digits) ? [Number(digits.replaceAll(first, ''))] : [];
  const last = marks.at(-1) ?? '';
  if (marks.filter((mark) => mark === last).length > 1) return [];
  return [Number(digits.replaceAll(last === '.' ? ',' : '.', '').replace(last, '.'))];
};

const scales: readonly (readonly [words: RegExp, factors: readonly number[]])[] = [
  [/^\s?百(?!分)/u, [100]],
  [/^[\s-]?(?:千|천|thousand|tausend|mille?\b|mila\b|тыс|тис|tys|tisíc|duizend|tusen|bin\b|ألف|آلاف|هزار|हज़ार|हजार|elfu\b|ribu\b|nghìn|k\b)/iu, [1e3]],
  [/^\s?(?:万|萬|만|laki\b)/u, [1e4]],
  [/^[\s-]?(?:lakh|लाख)/iu, [1e5]],
  [/^[\s-]?(?:millio|millón|millones|milhõ|milhã|milion|milijon|milión|miljo|milyon|mln|mio\b|million|мил|млн|мільйон|مليون|ملايين|میلیون|मिलियन|juta\b|triệu|m\b|mn\b)/iu, [1e6]],
  [/^[\s-]?(?:crore|करोड़)/iu, [1e7]],
  [/^\s?(?:亿|億|억)/u, [1e8]],
  [/^[\s-]?(?:milliard|miliard|mrd|миллиард|млрд|мільярд|milyar|مليار|میلیارد|अरब|mil millones|bn\b|tỷ)/iu, [1e9]],
  [/^[\s-]?(?:billi?on|billõ|bilhõ)/iu, [1e9, 1e12]],
  [/^\s?(?:兆|조)/u, [1e12]],
];

/** `2000万`, `3.5 million`: what the word after a number multiplies it by. */
const scaleAfter = (text: string, from: number): readonly number[] => {
  const next = text.slice(from, from + 16);
  if (!/^[\s-]?[\p{L}]/u.test(next)) return [];
  return scales.filter(([words]) => words.test(next)).flatMap(([, factors]) => factors);
};

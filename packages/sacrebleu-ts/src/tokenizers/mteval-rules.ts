import { TokenSpans } from '../ngrams/token-spans.ts';
import { UnitBuffer } from '../ngrams/unit-buffer.ts';
import { isPythonSpace } from '../text/python-text.ts';
import type { InPlace } from './tokenizer.ts';

/** What a code unit is to the rules. Half a surrogate pair is `other`, so code units give what code points would. */
const other = 0;
const space = 1;
const digit = 2;
/** A token of its own wherever it stands: of ASCII, all marks but apostrophe, comma, hyphen and full stop. */
const mark = 3;
const stopOrComma = 4;
const hyphen = 5;

const classOfAscii = (unit: number): number => {
  const character = String.fromCharCode(unit);
  if (/[{-~[-` -&(-+:-@/]/.test(character)) return mark;
  if (/[0-9]/.test(character)) return digit;
  if (/[.,]/.test(character)) return stopOrComma;
  return character === '-' ? hyphen : other;
};

/** The classes of all code units. `marks` are ranges of further marks, first and last; whitespace among them stays whitespace. */
export const mtevalClasses = (marks: readonly (readonly [first: number, last: number])[] = []): Uint8Array => {
  const classes = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x80; unit += 1) classes[unit] = classOfAscii(unit);
  for (const [first, last] of marks) classes.fill(mark, first, last + 1);
  for (let unit = 0; unit < classes.length; unit += 1) if (isPythonSpace(unit)) classes[unit] = space;
  return classes;
};

/**
 * The four substitutions that the 13a and zh tokenizers share (mteval-v13a's "language-dependent part"; sacreBLEU `tokenizer_re.py`), in one pass:
 *
 *     ([\{-\~\[-\` -\&\(-\+\:-\@\/])  ->  ' \1 '
 *     ([^0-9])([\.,])                 ->  '\1 \2 '
 *     ([\.,])([^0-9])                 ->  ' \1 \2'
 *     ([0-9])(-)                      ->  '\1 \2 '
 *
 * They only put in spaces, so tokens are parts of the text. A match of the second uses up two characters, so it takes a run of stops and commas in
 * twos, beginning with what stands before it unless that is a digit. Every one becomes a token, but the last if no match ended with it: that one
 * stays with a digit behind it, and a lone one also with the digit before it ("3.14", "a..5" as `a . .5`).
 *
 * `padded` says whether a space is imagined around the text. Without it, an edge does what a digit does.
 */
export const splitByMteval = (classes: Uint8Array, padded: boolean, units: Uint16Array, from: number, to: number, spans: TokenSpans): void => {
  const edge = padded ? space : digit;
  let start = from;
  let at = from;
  while (at < to) {
    const kind = classes[units[at] ?? 0] ?? other;
    if (kind === other || kind === digit) {
      at += 1;
      continue;
    }
    if (kind === stopOrComma) {
      let end = at + 1;
      while (end < to && classes[units[end] ?? 0] === stopOrComma) end += 1;
      const before = at > from ? classes[units[at - 1] ?? 0] : edge;
      const behind = end < to ? classes[units[end] ?? 0] : edge;
      const lastIsFree = (end - at) % 2 === (before === digit ? 1 : 0);
      const apart = lastIsFree && behind === digit ? end - 1 : end;
      if (apart > at && at > start) spans.add(start, at);
      for (let one = at; one < apart; one += 1) spans.add(one, one + 1);
      if (apart > at) start = apart;
      at = end;
      continue;
    }
    if (kind === hyphen && (at === from || classes[units[at - 1] ?? 0] !== digit)) {
      at += 1;
      continue;
    }
    if (at > start) spans.add(start, at);
    if (kind !== space) spans.add(at, at + 1);
    at += 1;
    start = at;
  }
  if (to > start) spans.add(start, to);
};

/** The tokens of a text as one string, a space between them. */
export const joinedTokens = (inPlace: InPlace, text: string): string => {
  const prepared = inPlace.prepare(text);
  const buffer = new UnitBuffer();
  buffer.append(prepared);
  const tokens = new TokenSpans();
  inPlace.split(buffer.units, 0, buffer.length, tokens);
  const words: string[] = [];
  for (let at = 0; at < 2 * tokens.count; at += 2) words.push(prepared.slice(tokens.spans[at], tokens.spans[at + 1]));
  return words.join(' ');
};

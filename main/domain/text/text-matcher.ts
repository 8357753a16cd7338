import { knownFailure } from '../../contract/known-failures.ts';
import type { Predicate } from '../../contract/pairs.ts';

/** What is looked for in one side: the words of the contract's text filter, and the language that says where words end. */
export type Sought = { readonly contains: string; readonly matchCase: boolean; readonly how: TextHow; readonly language: string };
export type TextHow = NonNullable<Extract<Predicate, { readonly kind: 'text' }>['how']>;

/**
 * Whether texts hold what is sought, cut so that a million of them can be asked quickly.
 *
 * `fold` brings texts to the form in which they are compared, and may be given many at once, joined by a sign that folding leaves alone.
 * A folded text without `literal` (where there is one) cannot match; of one with it `isIn` has the last word (null: it says yes).
 */
export type TextMatcher = {
  readonly fold: (text: string) => string;
  readonly literal: string | null;
  readonly isIn: ((folded: string) => boolean) | null;
};

export const createTextMatcher = ({ contains, matchCase, how, language }: Sought): TextMatcher => {
  if (how === 'regex') {
    const expression = expressionOf(contains, matchCase);
    return { fold: asItIs, literal: null, isIn: (text) => expression.test(text) };
  }
  const fold = matchCase ? asItIs : foldCase;
  const literal = fold(contains);
  return { fold, literal, isIn: how === 'word' ? createWordTest(literal, language) : null };
};

/** @throws Failure `bad-input` that says what is wrong with the expression. */
export const expressionOf = (expression: string, matchCase: boolean, flags = ''): RegExp => {
  try {
    return new RegExp(expression, `${matchCase ? '' : 'i'}u${flags}`);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.replace(/^Invalid regular expression: (?:\/.*\/[a-z]*: )?/su, '') : String(thrown);
    throw knownFailure('no-expression', { expression, reason });
  }
};

const asItIs = (text: string): string => text;

/** Composed small letters; the final sigma is the same letter as any other. Texts in Latin-1 are composed as they are, which the runtime sees at once. */
const foldCase = (text: string): string => (/[^\u0000-\u00ff]/.test(text) ? text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ') : text.toLowerCase());

/** Whether a text holds the literal with the edge of a word on both sides. An edge inside the literal is no matter. */
const createWordTest = (literal: string, language: string) => {
  const isEdge = createEdgeTest(language);
  return (text: string): boolean => {
    for (let at = text.indexOf(literal); at >= 0 && literal !== ''; at = text.indexOf(literal, at + 1)) {
      if (isEdge(text, at) && isEdge(text, at + literal.length)) return true;
    }
    return false;
  };
};

/** What a sign does to the edge of a word; `ask`: only the runtime's segmenter knows. */
const [other, word, mark, joining, ask] = [0, 1, 2, 3, 4];

const classes: readonly (readonly [kind: number, signs: RegExp])[] = [
  [ask, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}]/u],
  [mark, /\p{M}/u],
  [word, /[\p{L}\p{N}\p{Pc}]/u],
  // UAX #29: MidLetter, MidNum, MidNumLet and the quotes, which stand inside a word where letters or digits are on both sides.
  [joining, /['’‘.:·․‧,;״"︓﹕：﹐﹔，；＇．]/u],
];
const known = new Map<number, number>();

const classOf = (code: number | undefined): number => {
  if (code === undefined) return other;
  const before = known.get(code);
  if (before !== undefined) return before;
  const found = classes.find(([, signs]) => signs.test(String.fromCodePoint(code)))?.[0] ?? other;
  known.set(code, found);
  return found;
};

/** Word boundaries as UAX #29 has them: the plain cases are answered here, the others by the runtime's segmenter, which is a thousand times slower. */
export const createEdgeTest = (language: string) => {
  const segmenter = segmenterOf(language);
  return (text: string, at: number): boolean => {
    if (at <= 0 || at >= text.length) return true;
    const [left, right] = [classOf(codePointBefore(text, at)), classOf(text.codePointAt(at))];
    const isAsked = left === ask || right === ask || (left !== word && right === mark);
    if (!isAsked) {
      if (left === other || right === other) return true;
      if (left === word && (right === word || right === mark)) return false;
      // The signs beyond say whether two letters are joined, and what a mark stands on.
      if (left === word && right === joining && classOf(text.codePointAt(at + 1)) === other) return true;
      const before = classOf(codePointBefore(text, at - 1));
      if (left === joining && right === word && before === other) return true;
      if (left === mark && right === word && before === word) return false;
    }
    return segmenter.segment(text).containing(at)?.index === at;
  };
};

const codePointBefore = (text: string, at: number): number | undefined => {
  const unit = text.codePointAt(at - 1);
  return unit !== undefined && unit >= 0xdc00 && unit <= 0xdfff ? text.codePointAt(at - 2) : unit;
};

const segmenterOf = (language: string): Intl.Segmenter => {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' });
  } catch {
    return new Intl.Segmenter('und', { granularity: 'word' });
  }
};

import { describe, expect, it } from 'vitest';
import { createEdgeTest, createTextMatcher, expressionOf } from './text-matcher.ts';

const found = (text: string, contains: string, how: 'substring' | 'word' | 'regex', language = 'en', matchCase = false): boolean => {
  const { fold, literal, isIn } = createTextMatcher({ contains, how, language, matchCase });
  const folded = fold(text);
  return (literal === null || folded.includes(literal)) && (isIn === null || isIn(folded));
};

describe('the edge of a word', () => {
  // One of each kind of sign, and what UAX #29 treats in a way of its own.
  const signs = ['a', 'Z', '7', '_', ' ', '.', '’', '"', ',', ':', '-', '!', 'é', '\u0301', '\u200d', '\u00ad', 'я', 'ה', 'ا', '\u0651', 'ก', '中', 'か', 'カ', '한', '\u{1f44d}', '\u{1f3fb}', '\u{1f1e9}', '，', '𝒳'];

  it.each(['en', 'ja', 'he', 'und', 'x-klingon'])('stands where the segmenter sets it, whatever three signs meet (%s)', (language) => {
    const isEdge = createEdgeTest(language);
    const segmenter = new Intl.Segmenter(language.startsWith('x-') ? 'und' : language, { granularity: 'word' });
    const wrong: string[] = [];
    for (const one of signs) for (const two of signs) for (const three of signs) {
      const text = `b${one}${two}${three}b`;
      const edges = new Set([...segmenter.segment(text)].map(({ index }) => index));
      const at = 1 + one.length;
      // Two spaces are one piece for the segmenter; nobody looks for half of it.
      if (one + two !== '  ' && isEdge(text, at) !== edges.has(at)) wrong.push(`${one}|${two}${three}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('looking for a text', () => {
  it.each<[string, string, string, boolean]>([
    ['case', 'Der HUND', 'hund', true],
    ['composed and decomposed', 'Cafe\u0301', 'CAFÉ', true],
    ['Greek final sigma in the middle of what is sought', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευς', true],
    ['the beginning of a word that ends in sigma', 'σίσυφος', 'ΣΊΣ', true],
    ['sharp s', 'GRÖẞE', 'größe', true],
    ['something else', 'Der Hund', 'katze', false],
    ['a lone surrogate', 'a\ud800b', '\ud800', true],
    ['nothing', 'anything', '', true],
  ])('plain: %s', (_, text, contains, expected) => {
    expect(found(text, contains, 'substring')).toBe(expected);
  });

  it('match case means letter by letter', () => {
    expect([found('Der Hund', 'hund', 'substring', 'de', true), found('Der Hund', 'Hund', 'substring', 'de', true)]).toEqual([false, true]);
  });

  it.each<[string, string, string, boolean]>([
    ['The cat.', 'cat', 'en', true], ['concatenate', 'cat', 'en', false], ['can’t', 'can', 'en', false], ['say “can”', 'can', 'en', true],
    ['我们喜欢苹果', '苹果', 'zh', true], ['我们喜欢苹果', '欢苹', 'zh', false], ['ฉันรักแมว', 'แมว', 'th', true], ['का कि', 'का', 'hi', true], ['concat cat', 'cat', 'en', true], ['x', '', 'en', false],
  ])('whole word: %s / %s', (text, contains, language, expected) => {
    expect(found(text, contains, 'word', language)).toBe(expected);
  });

  it('an expression is one with the u flag, and says what is wrong with it', () => {
    expect([found('😀 fun', '^\\p{Emoji_Presentation} F', 'regex'), found('😀 fun', '^. F', 'regex', 'en', true)]).toEqual([true, false]);
    expect(() => expressionOf('a)/b', false)).toThrow('“a)/b” is not a regular expression: Unmatched \')\'.');
    expect(() => expressionOf('\\p{Nope}', true)).toThrow(/is not a regular expression: Invalid property name/);
  });
});

import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown.ts';
import { pySplit } from '../text/python-text.ts';
import { fiveDigitEscapeRanges } from './chinese.ts';
import { paddingAroundLine } from './international.ts';
import { defaultTokenizerName, tokenizerNamed } from './registry.ts';

const tokens = (name: string, text: string): string[] => pySplit(tokenizerNamed(name).tokenize(text));

describe('13a', () => {
  it.each([
    ['3.14 and 1,000.5 or .5', '3.14 and 1,000.5 or . 5'], ['the end 2019.', 'the end 2019 .'], ['a-b 5-6 -7', 'a-b 5 - 6 -7'], ['a..b,,c', 'a . . b , , c'], ['a..5', 'a . .5'],
    ['5..a', '5 . . a'], ['5...7', '5 . . .7'], ["it's “so” — 5€", "it's “so” — 5€"], ['&amp;lt;&quot;', '< "'], ['one-\ntwo\nthree<skipped>', 'onetwo three'], ['', ''],
  ])('%j becomes %j', (text, expected) => expect(tokenizerNamed('13a').tokenize(text)).toBe(expected));
});

/** The rules as sacreBLEU has them: four substitutions one after the other. */
const bySubstitution = (text: string): string => pySplit(text
  .replace(/([{-~[-` -&(-+:-@/])/gu, ' $1 ')
  .replace(/([^0-9])([.,])/gu, '$1 $2 ')
  .replace(/([.,])([^0-9])/gu, ' $1 $2')
  .replace(/([0-9])(-)/gu, '$1 $2 ')).join(' ');

const mixtures = (alphabet: readonly string[], length: number): string[] =>
  (length === 0 ? [''] : mixtures(alphabet, length - 1).flatMap((text) => [text, ...alphabet.map((character) => text + character)]));

it.each([
  { alphabet: ['a', '5', '.', ',', '-', ' ', '(', '😀'], length: 4 }, { alphabet: ['a', '5', '.', '-'], length: 6 },
])('the one pass of 13a and zh does what the four substitutions do, on every mixture of up to $length of $alphabet', ({ alphabet, length }) => {
  for (const text of new Set(mixtures(alphabet, length))) {
    const expected = { padded: bySubstitution(` ${text} `), bare: bySubstitution(text.trim()) };
    expect({ padded: tokenizerNamed('13a').tokenize(text), bare: tokenizerNamed('zh').tokenize(text) }, JSON.stringify(text)).toEqual(expected);
  }
});

describe('zh', () => {
  it('splits ideographs and full-width marks, but neither kana nor hangul', () => {
    expect(tokens('zh', '船开,8:00。Ｏｋ カナ 한글')).toEqual(['船', '开', ',', '8', ':', '00', '。', 'Ｏ', 'ｋ', 'カナ', '한글']);
  });

  it('keeps the five-digit escapes of sacreBLEU issue 298: quotes, dashes and the euro sign are split, Extension B is not', () => {
    expect(fiveDigitEscapeRanges).toEqual([[0x2001, 0x2a6d], [0x2f81, 0x2fa1]]);
    expect(tokens('zh', '“a”—b…5€→𠀀𠀁')).toEqual(['“', 'a', '”', '—', 'b', '…', '5', '€', '→', '𠀀𠀁']);
  });
});

describe('intl', () => {
  it('splits at Unicode marks and symbols', () => {
    expect(tokens('intl', "It's 5€, “so”。")).toEqual(['It', "'", 's', '5', '€', ',', '“', 'so', '”', '。']);
  });

  it('keeps a mark on a final number, because nothing is put around the line, and leaves entities', () => {
    expect(paddingAroundLine).toBe('');
    expect(tokens('intl', 'the end 2019.')).toEqual(['the', 'end', '2019.']);
    expect(tokens('intl', 'a &amp; b')).toEqual(['a', '&', 'amp', ';', 'b']);
  });
});

it('char makes a token of every code point', () => {
  expect(tokens('char', 'a😀 e\u0301')).toEqual(['a', '😀', 'e', '\u0301']);
});

describe('the registry', () => {
  it.each([
    ['ja-mecab', 'tokenizer-unavailable', /MeCab/], ['ko-mecab', 'tokenizer-unavailable', /MeCab/], ['flores200', 'tokenizer-unavailable', /SentencePiece model/],
    ['spm', 'tokenizer-unavailable', /never downloaded/], ['14a', 'unknown-tokenizer', /13a, zh, intl, char, none/], ['constructor', 'unknown-tokenizer', /There is no tokenizer/],
  ])('refuses %s as %s and says why', (name, code, message) => {
    const error = thrownBy(() => tokenizerNamed(name));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('knows what a target language is tokenised with', () => {
    expect(['', 'de', 'zh', 'ja', 'ko'].map(defaultTokenizerName)).toEqual(['13a', '13a', 'zh', 'ja-mecab', 'ko-mecab']);
  });
});

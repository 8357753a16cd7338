import { describe, expect, it } from 'vitest';
import { codePointLength, hasLoneSurrogate, isPythonSpace, pyLower, pyRstrip, pySplit, pyStrip } from './python-text.ts';

describe('whitespace', () => {
  it('is exactly what Python calls whitespace', () => {
    const expected = [
      0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
      0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
    ];
    expect(Array.from({ length: 0x10000 }, (_, unit) => unit).filter(isPythonSpace)).toEqual(expected);
  });

  it('differs from JavaScript: U+001C to U+001F and U+0085 are in, the byte order mark is out', () => {
    expect(pySplit('a\u001cb\u0085c\ufeffd\u200be')).toEqual(['a', 'b', 'c\ufeffd\u200be']);
    expect(pyStrip('\u0085\u001f a \u3000')).toBe('a');
    expect(pyRstrip(' a\ufeff \r\n')).toBe(' a\ufeff');
  });

  it('gives no empty words', () => {
    expect([pySplit(''), pySplit(' \n '), pySplit(' a  b ')]).toEqual([[], [], ['a', 'b']]);
  });
});

describe('code points', () => {
  it('are counted, not code units', () => {
    expect(['', 'a', 'a😀𠀀\u0301'].map(codePointLength)).toEqual([0, 1, 4]);
  });

  it('halves of a surrogate pair are found alone, whole pairs are not', () => {
    expect(['😀', '\ud83d', 'a\ude00', '\ude00\ud83d', ''].map(hasLoneSurrogate)).toEqual([false, true, true, true, false]);
  });
});

it('lowercases the final sigma and the dotted I as Python does', () => {
  expect([pyLower('ΟΔΥΣΣΕΥΣ'), pyLower('Σ'), pyLower('İ')]).toEqual(['οδυσσευς', 'σ', 'i̇']);
});

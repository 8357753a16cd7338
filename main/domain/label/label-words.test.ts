import { describe, expect, it } from 'vitest';
import { labelWords, wordsOfRange } from './label-words.ts';

const words = (text: string, language: string): string[] => labelWords(text, language).map(([from, to]) => text.slice(from, to));

describe('words that labels begin and end at', () => {
  it.each([
    ['fr', 'les fils d’Abraham et qu\'Isaac', ['les', 'fils', 'd’', 'Abraham', 'et', 'qu\'', 'Isaac']],
    ['fr', 'aujourd’hui', ['aujourd’hui']],
    ['it', 'nell’Egitto', ['nell’', 'Egitto']],
    ['en', 'David\'s son, don’t', ['David', '\'s', 'son', 'don’t']],
    ['de', 'der Ölberg', ['der', 'Ölberg']],
    ['zh', '亚伯拉罕生以撒', ['亚伯拉罕', '生', '以撒']],
  ] as const)('of %s: %s', (language, text, expected) => {
    if (language === 'zh') expect(words(text, language).join('')).toBe(text);
    else expect(words(text, language)).toEqual(expected);
  });

  it('are found for a range that touches them, cut ones whole', () => {
    const found = labelWords('Angela Merkel, again', 'en');
    expect(wordsOfRange(found, 0, 13)).toEqual({ from: 0, to: 2 });
    expect(wordsOfRange(found, 9, 14)).toEqual({ from: 1, to: 2 });
    expect(wordsOfRange(found, 13, 15)).toBeNull();
    expect(wordsOfRange(found, 20, 20)).toBeNull();
  });
});

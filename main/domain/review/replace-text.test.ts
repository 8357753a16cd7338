import { describe, expect, it } from 'vitest';
import { createReplace, type Replacement } from './replace-text.ts';

const base: Replacement = { find: '', with: '', regex: false, matchCase: true, wholeWord: false, wholeGraphemes: false };
const replace = (options: Partial<Replacement>, text: string, language = 'en'): readonly [string, number] => {
  const result = createReplace({ ...base, ...options }, language)(text);
  return [result.text, result.places];
};

describe('a text', () => {
  it.each<[string, Partial<Replacement>, string, string, number]>([
    ['everywhere', { find: 'a', with: 'b' }, 'a-a', 'b-b', 2],
    ['taken as it stands, signs of expressions too', { find: '(.*)-[x]/$', with: '$1' }, 'y (.*)-[x]/$', 'y $1', 1],
    ['any case', { find: 'größe', with: 'x', matchCase: false }, 'GRÖßE Größe', 'x x', 2],
    ['same case', { find: 'größe', with: 'x' }, 'GRÖßE größe', 'GRÖßE x', 1],
    ['whole words', { find: 'art', with: 'x', wholeWord: true }, 'art party Art. art', 'x party Art. x', 2],
    ['whole words of Thai', { find: 'ครับ', with: 'x', wholeWord: true }, 'สวัสดีครับ', 'สวัสดีx', 1],
    ['not inside a grapheme', { find: 'e', with: 'x', wholeGraphemes: true }, 'e\u0301 e', 'e\u0301 x', 1],
    ['inside a grapheme where it is allowed', { find: 'e', with: 'x' }, 'e\u0301', 'x\u0301', 1],
    ['nowhere', { find: 'q', with: 'x' }, 'abc', 'abc', 0],
    ['by nothing', { find: ' ', with: '' }, 'a b', 'ab', 1],
    ['in an empty text', { find: 'a', with: 'x' }, '', '', 0],
    ['beside a lone surrogate', { find: 'a', with: 'x' }, '\ud800a', '\ud800x', 1],
  ])('%s', (_, options, text, expected, places) => {
    expect(replace(options, text, options.find === 'ครับ' ? 'th' : 'en')).toEqual([expected, places]);
  });
});

describe('an expression', () => {
  it.each<[string, string, string, string]>([
    [String.raw`(\d+)[.,](\d+)`, '$2.$1', '3,14', '14.3'],
    [String.raw`(?<day>\d+)/(?<month>\d+)`, '$<month>/$<day>', '24/12', '12/24'],
    ['b', "[$`|$&|$']", 'abc', 'a[a|b|c]c'],
    ['(a)', '$$1 $10 $2', 'a', '$1 a0 $2'],
    ['(a)|(b)', '<$2>', 'ab', '<><b>'],
    ['^', '- ', 'a', '- a'],
    [String.raw`\p{Script=Han}`, 'x', '汉a', 'xa'],
    ['.', 'x', '😀', 'x'],
  ])('%s -> %s', (find, template, text, expected) => {
    expect(replace({ find, with: template, regex: true }, text)[0]).toBe(expected);
    expect(replace({ find, with: template, regex: true }, text)[0]).toBe(text.replace(new RegExp(find, 'gu'), template));
  });

  it('that is none says so', () => {
    expect(() => replace({ find: '(', regex: true }, 'a')).toThrow('is not a regular expression');
    expect(() => replace({ find: '' }, 'a')).toThrow('nothing to look for');
  });
});

import { describe, expect, it } from 'vitest';
import { cutText, graphemeEdge, joinTexts } from './cut-and-join.ts';

describe('cutting', () => {
  it.each<[string, number, readonly [string, string] | null]>([
    ['One. Two.', 4, ['One.', 'Two.']],
    ['One. Two.', 5, ['One.', 'Two.']],
    ['ab👨‍👩‍👧cd', 4, ['ab👨‍👩‍👧', 'cd']],
    ['e\u0301a', 1, ['e\u0301', 'a']],
    ['क्षि है', 2, ['क्षि', 'है']],
    ['a\r\nb', 2, ['a', 'b']],
    ['abc', 0, null],
    ['abc', 3, null],
    ['abc', 99, null],
    ['abc', -1, null],
    ['a   ', 2, null],
    ['', 0, null],
  ])('%j at %i', (text, offset, halves) => {
    expect(cutText(text, offset)).toEqual(halves);
  });

  it('never inside a grapheme, wherever it is asked for', () => {
    const text = 'e\u0301🇩🇪क्षि\ud83d\udc69\u200d\ud83d\ude80\ud800x';
    const edges = new Set([0, ...Array.from(new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text), ({ index, segment }) => index + segment.length)]);
    for (let offset = 0; offset <= text.length; offset += 1) {
      const edge = graphemeEdge(text, offset);
      expect(edges).toContain(edge);
      expect(edge).toBeGreaterThanOrEqual(offset);
    }
  });
});

it.each<[string, string[], string]>([
  ['words take a space', ['Guten Tag.', 'Auf Wiedersehen.'], 'Guten Tag. Auf Wiedersehen.'],
  ['Chinese takes none', ['你好。', '再见。'], '你好。再见。'],
  ['nor does Thai', ['สวัสดี', 'ครับ'], 'สวัสดีครับ'],
  ['a Latin word beside Chinese takes one', ['你好', 'OK'], '你好 OK'],
  ['Korean takes one', ['안녕', '하세요'], '안녕 하세요'],
  ['an empty text leaves no space', ['a', ' ', 'b'], 'a b'],
  ['nothing is nothing', [], ''],
])('joining: %s', (_, texts, expected) => {
  expect(joinTexts(texts)).toBe(expected);
});

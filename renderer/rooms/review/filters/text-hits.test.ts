import { describe, expect, test } from 'vitest';
import { soughtIn, textHits } from './text-hits.ts';

const chip = (contains: string, part: object = {}) => ({ kind: 'text', side: 'either', contains, matchCase: false, ...part }) as const;
const hits = (text: string, ...sought: readonly ReturnType<typeof chip>[]): readonly string[] => textHits(text, 'target', 'en', sought).map(({ from, to }) => text.slice(from, to));

describe('hits of a text filter', () => {
  test('are all places, whatever their case', () => expect(hits('The other one, the last', chip('the'))).toEqual(['The', 'the', 'the']));
  test('are whole words where words are asked for', () => expect(hits('The other one, the last', chip('the', { how: 'word' }))).toEqual(['The', 'the']));
  test('take signs as they are, and expressions as such', () => {
    expect(hits('1.5 and 125 (a-b)', chip('1.5'), chip('(a-b)'))).toEqual(['1.5', '(a-b)']);
    expect(hits('1.5 and 125', chip('1.5', { how: 'regex' }))).toEqual(['1.5', '125']);
    expect(hits('text', chip('(', { how: 'regex' }))).toEqual([]);
  });
  test('are looked for on the chip\u2019s own side', () => expect(textHits('the', 'target', 'en', [chip('the', { side: 'source' })])).toEqual([]));
  test('come from everything that is asked for, not from what is left out', () => {
    expect(soughtIn({ kind: 'all', of: [chip('a'), { kind: 'not', of: chip('b') }, { kind: 'any', of: [chip('c')] }] }).map(({ contains }) => contains)).toEqual(['a', 'c']);
    expect(soughtIn(null)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { NormaliseStep } from '../../contract/review.ts';
import { normalise, normaliseSteps } from './normalise.ts';

const all = Object.keys(normaliseSteps) as NormaliseStep[];

it.each<[NormaliseStep, string, string, string]>([
  ['nfc', 'composes', 'e\u0301', 'é'],
  ['controls', 'takes out what nobody sees', 'a\u0000b\u200bc\ufeffd\u00ade', 'abcde'],
  ['controls', 'leaves joiners and direction marks', 'می\u200cروم \u200eabc\u200f', 'می\u200cروم \u200eabc\u200f'],
  ['spaces', 'makes one of many and trims', ' a\t\n b\u2003c  ', 'a b c'],
  ['spaces', 'leaves the no-break space of French', 'Quoi\u00a0?', 'Quoi\u00a0?'],
  ['full-width', 'narrows letters and digits between Chinese signs, and leaves the punctuation', 'Ａ１是，好', 'A1是，好'],
  ['full-width', 'narrows punctuation elsewhere', 'Ｈｉ！\u3000ok', 'Hi! ok'],
  ['quotes', 'straightens quotes and leaves guillemets', '“a” ‘b’ «c»', '"a" \'b\' «c»'],
  ['repeated-punctuation', 'leaves one of each and three dots', 'Was?!!! So...... 好。。', 'Was?! So... 好。'],
])('%s %s', (step, _, text, expected) => {
  expect(normalise(text, [step])).toBe(expected);
});

describe('all steps', () => {
  it.each([['', ''], ['a\u0000 \u3000 “Ｂ”！！', 'a "B"!'], ['\ud800x', '\ud800x'], ['\r\nकि\u200dष  ', 'कि\u200dष']])('%j', (text, expected) => {
    expect(normalise(text, all)).toBe(expected);
    expect(normalise(expected, all)).toBe(expected);
    expect(normalise(text, all.toReversed())).toBe(expected);
  });
});

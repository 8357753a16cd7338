import { describe, expect, test } from 'vitest';
import { diffTexts, type DiffPart } from './diff.ts';
import { invisiblesIn } from './invisible.ts';
import { graphemes } from './segments.ts';

const shown = (parts: readonly DiffPart[]): string => parts.map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind]).join('');

describe('a diff', () => {
  test.each([
    ['de', 'Das ist ein Haus.', 'Das ist ein Haus.', 'Das ist ein Haus.'],
    ['de', 'Das ist ein Haus.', 'Das war ein Haus.', 'Das [-ist-]{+war+} ein Haus.'],
    ['en', 'He recieves it.', 'He receives it.', 'He rec[-i-]e{+i+}ves it.'],
    ['en', '', 'new', '{+new+}'], ['en', 'old', '', '[-old-]'], ['en', '', '', ''],
    ['zh', '我喜欢红苹果', '我喜欢绿苹果', '我喜欢[-红-]{+绿+}苹果'],
    ['ar', 'كتب الولد', 'كتبت الولد', 'كتب{+ت+} الولد'],
    ['en', 'a 👩‍👩‍👧 b', 'a 👩‍👩‍👦 b', 'a [-👩‍👩‍👧-]{+👩‍👩‍👦+} b'],
    ['hi', 'क्षत्रिय', 'क्षेत्रिय', '[-क्ष-]{+क्षे+}त्रिय'],
    ['en', 'cafe\u0301 x', 'cafe x', 'caf[-e\u0301-]{+e+} x'],
    ['en', 'a  b', 'a b', 'a [- -]b'],
    ['x-klingon', 'tlhIngan', 'tlhIngan Hol', 'tlhIngan{+ Hol+}'],
  ])('%s: %j to %j', (language, before, after, expected) => {
    const parts = diffTexts(before, after, language);
    expect(shown(parts)).toBe(expected);
    expect(parts.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join('')).toBe(before);
    expect(parts.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join('')).toBe(after);
    for (const { kind, text, from } of parts) expect((kind === 'removed' ? before : after).slice(from, from + text.length)).toBe(text);
  });

  test('never cuts a grapheme, and lone surrogates come through', () => {
    const before = 'x\uD800y 🇩🇪 각 \u0e01\u0e33';
    const after = 'x\uD800z 🇫🇷 갂 \u0e02\u0e33';
    const parts = diffTexts(before, after, 'en');
    const edges = (text: string): Set<number> => { let at = 0; return new Set([0, ...graphemes(text).map((one) => (at += one.length))]); };
    for (const { kind, text, from } of parts) for (const at of [from, from + text.length]) expect(edges(kind === 'removed' ? before : after).has(at), text).toBe(true);
  });

  test('two texts of fifty thousand words that have nothing in common are told as replaced', () => {
    const [before, after] = ['a', 'b'].map((letter) => Array.from({ length: 50_000 }, (_, at) => `${letter}${at}`).join(' '));
    const parts = diffTexts(`same ${before ?? ''} end`, `same ${after ?? ''} end`, 'en');
    expect(parts.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
  });
});

test('invisible characters are named in their places; plain spaces only when asked for', () => {
  expect(invisiblesIn('a\u00A0b \u200F\u{E0041}\u0003')).toEqual([
    { kind: 'space', name: 'no-break space', sign: '⍽', span: [1, 2] }, { kind: 'direction', name: 'right-to-left mark', sign: 'RLM', span: [4, 5] },
    { kind: 'control', name: 'tag character', sign: 'TAG', span: [5, 7] }, { kind: 'control', name: 'control character', sign: 'U+0003', span: [7, 8] },
  ]);
  expect(invisiblesIn('a b')).toEqual([]);
  expect(invisiblesIn('a b', true)).toMatchObject([{ sign: '·', span: [1, 2] }]);
  expect(invisiblesIn('ክርስቶስ 中文 العربية')).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { firstInvalidUtf8 } from '../formats/utf8.ts';
import { isBoundary, textOffsets } from './text-offsets.ts';

const texts: readonly (readonly [name: string, text: string])[] = [
  ['Latin', 'Anna'],
  ['characters beyond 16 bits', 'a🙂b𝔸👩‍👧 c'],
  ['combining marks', 'Cafe\u0301 दिल्ली กรุงเทพฯ'],
  ['line ends', 'one\r\ntwo\n\r three'],
  ['right to left', 'זה ויקי، مرحبا'],
  ['nothing', ''],
];

describe.each(texts)('places in %s', (_, text) => {
  const characters = [...text];
  it('are those of counting characters and bytes one by one', () => {
    const [points, bytes] = [textOffsets(text, 'code-point'), textOffsets(text, 'utf-8')];
    for (let count = 0; count <= characters.length; count += 1) {
      const head = characters.slice(0, count).join('');
      expect(points.toUtf16(count)).toBe(head.length);
      expect(points.fromUtf16(head.length)).toBe(count);
      expect(bytes.fromUtf16(head.length)).toBe(new TextEncoder().encode(head).length);
      expect(bytes.toUtf16(new TextEncoder().encode(head).length)).toBe(head.length);
    }
  });
  it('come back from every unit, and are null inside a character and outside the text', () => {
    for (const unit of ['code-point', 'utf-16', 'utf-8'] as const) {
      const offsets = textOffsets(text, unit);
      for (let at = -1; at <= text.length + 1; at += 1) {
        const counted = offsets.fromUtf16(at);
        expect(counted === null).toBe(!isBoundary(text, at));
        if (counted !== null) expect(offsets.toUtf16(counted)).toBe(at);
      }
      expect(offsets.toUtf16(4 * text.length + 1)).toBeNull();
      expect(offsets.toUtf16(0.5)).toBeNull();
    }
  });
});

it('the halves of a character and the bytes inside one are no places', () => {
  expect(textOffsets('a🙂b', 'utf-16').toUtf16(2)).toBeNull();
  expect([1, 2, 3, 4, 5].map((at) => textOffsets('a🙂b', 'utf-8').toUtf16(at))).toEqual([1, null, null, null, 3]);
  expect(firstInvalidUtf8(new TextEncoder().encode('a🙂b').slice(0, 3))).toBe(1);
});

it('a lone surrogate is one character of three bytes', () => {
  expect(textOffsets('x\ud83d y', 'code-point').fromUtf16(2)).toBe(2);
  expect(textOffsets('x\ud83d y', 'utf-8').fromUtf16(2)).toBe(4);
});

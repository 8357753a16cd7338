import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256 } from './sha256.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

it('UTF-8 is that of the platform, at every length and every boundary', () => {
  const edges = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x1_0000, 0x10_ffff].map((point) => String.fromCodePoint(point)).join('');
  for (const text of ['', edges, edges.repeat(2000)]) {
    expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
    expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  }
  expect(encodeUtf8('a\ud800b\udc00')).toEqual(new TextEncoder().encode('a\ufffdb\ufffd'));
});

it.each([[[0x80]], [[0xc0, 0x80]], [[0xe0, 0x80, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]], [[0xf8, 0x88, 0x80, 0x80]], [[0xe2, 0x96]], [[0xff]]])('%j is not UTF-8', (bytes) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toBeNull();
});

it('SHA-256 is that of the platform, at every length around a block', () => {
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

import { expect, test } from 'vitest';
import { binaryFormat, byteOrderMark, compressionOf, isUtf8, lineEndOf, nulPattern } from './head.ts';

const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !big);
  return bytes;
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test('byte order marks, UTF-32 before UTF-16', () => {
  expect(byteOrderMark(utf8('\uFEFFa'))).toEqual({ label: 'utf-8', length: 3 });
  expect(byteOrderMark(utf16('\uFEFFa', false))).toEqual({ label: 'utf-16le', length: 2 });
  expect(byteOrderMark(utf16('\uFEFFa', true))).toEqual({ label: 'utf-16be', length: 2 });
  expect(byteOrderMark(new Uint8Array([0xff, 0xfe, 0, 0]))).toEqual({ label: 'utf-32', length: 4 });
  expect(byteOrderMark(utf8('abc'))).toBeNull();
});

test('compression by magic bytes', () => {
  expect([[0x1f, 0x8b, 8], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], [0x28, 0xb5, 0x2f, 0xfd], [0x41]].map((bytes) => compressionOf(new Uint8Array(bytes)))).toEqual(['gz', 'xz', 'zst', 'none']);
});

test('UTF-16 without a mark is told by its zeros, in Latin, Cyrillic and Chinese', () => {
  for (const text of ['Das ist ein Satz.\nUnd noch einer.\n', 'Это первое предложение.\nЭто второе предложение.\n', '这是第一句话。\n一二三四五六七八九十。\n这是第三句话。\n']) {
    for (const big of [false, true]) expect(nulPattern(utf16(text, big)), text).toBe(big ? 'utf-16be' : 'utf-16le');
    expect(nulPattern(utf8(text)), text).toBeNull();
  }
  expect(nulPattern(utf8('a text with \0 some \0 NULs in it\0, which is UTF-8 all the same\n'))).toBeNull();
});

test('a head cut inside a character is still UTF-8, a whole file is not', () => {
  const cut = utf8('Straße').subarray(0, 5);
  expect([isUtf8(cut, false), isUtf8(cut, true), isUtf8(new Uint8Array([0xe4, 0x41, 0x42, 0x43, 0x44]), false)]).toEqual([true, false, false]);
});

test('line ends', () => {
  expect(['a\nb', 'a\r\nb\r\n', 'a\rb', 'a\r\nb\nc', 'a', '', 'a\rb\nc'].map(lineEndOf)).toEqual(['lf', 'crlf', 'cr', 'mixed', 'none', 'none', 'lf']);
});

test('text is no binary format', () => {
  for (const text of [utf8('Ein Satz.\n'), utf16('一二三。\n四五六。\n', false), new Uint8Array([0x93, 0xfa, 0x96, 0x7b, 0x0a])]) expect(binaryFormat(text)).toBeNull();
  expect(binaryFormat(utf8('PK\u0003\u0004'))?.name).toContain('ZIP');
  expect(binaryFormat(new Uint8Array(600))?.name).toBe('not a text file');
});

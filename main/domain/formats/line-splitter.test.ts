import { describe, expect, test } from 'vitest';
import { createLineSplitter, type SplitLine, type TextCodec } from './line-splitter.ts';
import { codePointLength, firstInvalidUtf8 } from './utf8.ts';

const codecOf = (label: string): TextCodec => {
  const strict = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  const lossy = new TextDecoder(label, { ignoreBOM: true });
  return { label, decode: (bytes) => strict.decode(bytes), decodeLossy: (bytes) => lossy.decode(bytes) };
};

/** All lines of the bytes, fed in chunks of `size`. */
const split = (bytes: Uint8Array, size: number, { label = 'utf-8', lineEnd = 'lf' as 'lf' | 'cr', longestLine = 1024 * 1024 } = {}): SplitLine[] => {
  const splitter = createLineSplitter({ codec: codecOf(label), lineEnd, longestLine });
  const lines: SplitLine[] = [];
  for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.push(bytes.subarray(at, at + size)));
  return [...lines, ...splitter.finish()];
};
const texts = (lines: readonly SplitLine[]): readonly string[] => lines.map(({ text, problem }) => (problem === null ? text : `! ${problem.column} ${problem.reason}`));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !big);
  return bytes;
};

const chunkSizes = [1, 2, 3, 5, 7, 64, 100_000];

describe('every chunking gives the same lines', () => {
  for (const size of chunkSizes) {
    test(`chunks of ${size} bytes`, () => {
      expect(texts(split(utf8('eins\nzwei\r\n\ndrei ü 😀'), size))).toEqual(['eins', 'zwei', '', 'drei ü 😀']);
      expect(texts(split(utf8('\uFEFFeins\nzwei\n'), size))).toEqual(['eins', 'zwei']);
      expect(texts(split(utf8('eins\rzwei\r\rdrei\r'), size, { lineEnd: 'cr' }))).toEqual(['eins', 'zwei', '', 'drei']);
      expect(texts(split(utf8('eins\rzwei\r\ndrei\n'), size, { lineEnd: 'cr' }))).toEqual(['eins', 'zwei', 'drei']);
      for (const big of [false, true]) {
        const label = big ? 'utf-16be' : 'utf-16le';
        expect(texts(split(utf16('\uFEFFeins\nzwei\r\n上海Ċ🎉\n一\n', big), size, { label }))).toEqual(['eins', 'zwei', '上海Ċ🎉', '一']);
        expect(texts(split(utf16('ein\rzwei\r', big), size, { label, lineEnd: 'cr' }))).toEqual(['ein', 'zwei']);
      }
    });
  }
});

test('a lone CR and Unicode line separators are text in files with LF', () => {
  expect(texts(split(utf8('a\rb\u2028c\u0085d\u000Be\n\uFEFFf\n'), 4))).toEqual(['a\rb\u2028c\u0085d\u000Be', '\uFEFFf']);
});

test('nothing but a BOM is no line; a BOM alone on a line is not lost in the middle of a file', () => {
  expect(split(utf8('\uFEFF'), 1)).toEqual([]);
  expect(split(utf8(''), 1)).toEqual([]);
  expect(texts(split(utf8('\n\n'), 1))).toEqual(['', '']);
});

test('undecodable bytes are told with line and column in characters, and spare their neighbours', () => {
  const bytes = new Uint8Array([...utf8('gut\nü😀x'), 0xe4, ...utf8('yz\nauch gut\n'), 0xe4]);
  for (const size of chunkSizes) {
    const lines = split(bytes, size);
    expect(texts(lines)).toEqual(['gut', '! 4 byte 0xE4 is not valid UTF-8 here', 'auch gut', '! 1 byte 0xE4 is not valid UTF-8 here']);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(lines[1]?.problem?.excerpt).toBe('ü😀x\uFFFDyz');
  }
});

test('an odd last byte and a lone surrogate of UTF-16 are told', () => {
  expect(texts(split(new Uint8Array([...utf16('ab\n', false), 0x41]), 2, { label: 'utf-16le' }))).toEqual(['ab', '! 1 not valid utf-16le here']);
  expect(texts(split(utf16('ab\nc\uD800d\n', false), 4, { label: 'utf-16le' }))).toEqual(['ab', '! 2 not valid utf-16le here']);
});

test('a NUL makes a line malformed', () => {
  expect(texts(split(utf8('a\nb😀\0c\nd\n'), 3))).toEqual(['a', '! 3 NUL character', 'd']);
});

test('a line longer than the limit is told and its neighbours are kept, wherever the chunks end', () => {
  const long = 'x'.repeat(5000);
  for (const size of [7, 64, 1000, 100_000]) {
    const lines = split(utf8(`a\n${long}\nb\n${long}`), size, { longestLine: 1000 });
    expect(texts(lines)).toEqual(['a', '! 1 line longer than 1 MB', 'b', '! 1 line longer than 1 MB']);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  }
  for (const big of [false, true]) {
    const lines = split(utf16(`a\n${'一Ċ'.repeat(2500)}\nb\n`, big), 7, { label: big ? 'utf-16be' : 'utf-16le', longestLine: 1000 });
    expect(texts(lines)).toEqual(['a', '! 1 line longer than 1 MB', 'b']);
  }
});

test('a line of exactly the limit is kept', () => {
  for (const size of [7, 100_000]) expect(texts(split(utf8(`${'x'.repeat(1000)}\nb`), size, { longestLine: 1000 }))).toEqual(['x'.repeat(1000), 'b']);
});

test('legacy encodings are split by their bytes', () => {
  expect(texts(split(new Uint8Array([0x93, 0x47, 0xfc, 0x94, 0x0a, 0x80]), 1, { label: 'windows-1252' }))).toEqual(['“Gü”', '€']);
  // 0x5C is the second byte of 表 in Shift_JIS.
  expect(texts(split(new Uint8Array([0x95, 0x5c, 0x0a, 0x41, 0x0a]), 1, { label: 'shift_jis' }))).toEqual(['表', 'A']);
});

test('the first invalid byte of UTF-8 follows the Unicode standard', () => {
  expect(firstInvalidUtf8(utf8('ü😀\u{10FFFF}'))).toBe(10);
  expect(firstInvalidUtf8(new Uint8Array([0x41, 0xc0, 0x80]))).toBe(1);
  expect(firstInvalidUtf8(new Uint8Array([0xed, 0xa0, 0x80]))).toBe(0);
  expect(firstInvalidUtf8(new Uint8Array([0x41, 0xe2, 0x82]))).toBe(1);
  expect(firstInvalidUtf8(new Uint8Array([0xf4, 0x90, 0x80, 0x80]))).toBe(0);
  expect([codePointLength('a😀b'), codePointLength('\uD800'), codePointLength('')]).toEqual([3, 1, 0]);
});

import { codePointLength, firstInvalidUtf8 } from './utf8.ts';

/**
 * Bytes of a file to lines, chunk by chunk.
 *
 * Line ends are LF and CR LF, or CR alone in files that have no LF (`lineEnd: 'cr'`). A lone CR in any other file, U+2028, U+0085 and their kind are text.
 * A line that cannot be text (undecodable bytes, NUL, longer than the limit) is told with its place and kept out; its neighbours are unharmed. A line that
 * is too long is never held: after the limit its bytes are dropped as they come.
 */

export type TextCodec = {
  /** Throws where the bytes are not text of the encoding. Keeps a BOM. */
  decode(bytes: Uint8Array): string;
  /** The same with U+FFFD for what cannot be decoded. */
  decodeLossy(bytes: Uint8Array): string;
  /** `utf-8`, `utf-16le`, `windows-1252` ...; named in messages. */
  readonly label: string;
};

export type LineProblem = {
  /** In characters (code points), from 1. */
  readonly column: number;
  readonly reason: string;
  readonly excerpt: string;
};

export type SplitLine = { /** From 1. */ readonly line: number; readonly text: string; readonly problem: LineProblem | null };

export type LineSplitterOptions = {
  readonly codec: TextCodec;
  readonly lineEnd: 'lf' | 'cr';
  /** Bytes; default 1 MiB. */
  readonly longestLine?: number;
};

export type LineSplitter = {
  /** The lines that end in this chunk. */
  push(chunk: Uint8Array): readonly SplitLine[];
  /** The last line, where the file does not end with a line end. */
  finish(): readonly SplitLine[];
};

export const longestLineDefault = 1024 * 1024;
export const tooLongReason = 'line longer than 1 MB';

const lineFeed = 10;
const carriageReturn = 13;
const excerptLength = 80;
const excerptBytes = 512;
const nothing = new Uint8Array(0);

export const createLineSplitter = ({ codec, lineEnd, longestLine = longestLineDefault }: LineSplitterOptions): LineSplitter => {
  const unit = unitOf(codec.label);
  /** The bytes of the unfinished line, with room for a chunk behind them: one buffer for the whole file. */
  let held: Uint8Array = new Uint8Array(128 * 1024);
  let pending = 0;
  /** Head of a line that was too long to hold. */
  let skipped: Uint8Array | null = null;
  let line = 0;
  let first = true;
  /** In `cr` files: the last line ended with a CR whose LF may still come. */
  let swallowLineFeed = false;

  const tooLong = (head: Uint8Array): SplitLine => {
    line += 1;
    const text = codec.decodeLossy(head.subarray(0, excerptBytes - (excerptBytes % unit.bytes)));
    return { line, text: '', problem: { column: 1, reason: tooLongReason, excerpt: shorten(text) } };
  };

  const decodeLine = (bytes: Uint8Array): SplitLine => {
    if (bytes.length > longestLine) return tooLong(bytes);
    line += 1;
    try {
      return checkedLine(line, withoutCarriageReturn(codec.decode(bytes)));
    } catch {
      return { line, text: '', problem: undecodable(codec, bytes) };
    }
  };

  /** `region` holds whole lines only, each with its line end. */
  const decodeRegion = (region: Uint8Array): SplitLine[] => {
    if (region.length <= longestLine) {
      try {
        const text = codec.decode(region);
        const lines = lineEnd === 'lf' ? text.split('\n') : text.split(/\r\n|\r|\n/);
        lines.pop();
        return lines.map((one) => { line += 1; return checkedLine(line, withoutCarriageReturn(one)); });
      } catch {
        // Some line of the region is not text: find it, and save the others.
      }
    }
    const found: SplitLine[] = [];
    for (let from = 0; from < region.length;) {
      const at = unit.nextBreak(region, from, lineEnd);
      found.push(decodeLine(region.subarray(from, at.end)));
      from = at.next;
    }
    return found;
  };

  const withoutCarriageReturn = (text: string): string => (lineEnd === 'lf' && text.endsWith('\r') ? text.slice(0, -1) : text);

  /** The unfinished line and the chunk in one piece. */
  const joined = (chunk: Uint8Array): Uint8Array => {
    const length = pending + chunk.length;
    if (length > held.length) {
      const larger = new Uint8Array(length + (length >> 1));
      larger.set(held.subarray(0, pending));
      held = larger;
    }
    held.set(chunk, pending);
    return held.subarray(0, length);
  };
  const keep = (rest: Uint8Array): void => {
    held.set(rest, 0);
    pending = rest.length;
  };

  const push = (chunk: Uint8Array): SplitLine[] => {
    let data = joined(chunk);
    if (first) {
      // A BOM may itself be cut in two by chunks.
      if (data.length < 3 && chunk.length > 0) { pending = data.length; return []; }
      first = false;
      data = data.subarray(byteOrderMarkLength(codec.label, data));
    }
    if (swallowLineFeed && data.length >= unit.bytes) {
      swallowLineFeed = false;
      if (unit.isLineFeed(data, 0)) data = data.subarray(unit.bytes);
    }
    const found: SplitLine[] = [];
    if (skipped !== null) {
      const at = unit.nextBreak(data, 0, lineEnd);
      if (!at.found) { keep(data.subarray(data.length - (data.length % unit.bytes))); return []; }
      found.push(tooLong(skipped));
      skipped = null;
      data = data.subarray(at.next);
    }
    const last = unit.lastBreak(data, lineEnd);
    if (last > 0) {
      for (const one of decodeRegion(data.subarray(0, last))) found.push(one);
      swallowLineFeed = lineEnd === 'cr' && last === data.length && unit.isCarriageReturn(data, last - unit.bytes);
    }
    let rest = data.subarray(last);
    if (rest.length > longestLine) {
      skipped = rest.slice(0, excerptBytes);
      rest = rest.subarray(rest.length - (rest.length % unit.bytes));
    }
    keep(rest);
    return found;
  };

  const finish = (): SplitLine[] => {
    if (skipped !== null) {
      const found = [tooLong(skipped)];
      skipped = null;
      pending = 0;
      return found;
    }
    // A file of less than three bytes still waits to be looked at.
    const found = first && pending > 0 ? push(nothing) : [];
    if (pending > 0) found.push(decodeLine(held.subarray(0, pending)));
    pending = 0;
    return found;
  };

  return { push, finish };
};

const checkedLine = (line: number, text: string): SplitLine => {
  const at = text.indexOf('\0');
  if (at < 0) return { line, text, problem: null };
  return { line, text: '', problem: { column: codePointLength(text.slice(0, at)) + 1, reason: 'NUL character', excerpt: excerptAround(text, at) } };
};

const undecodable = (codec: TextCodec, bytes: Uint8Array): LineProblem => {
  const lossy = codec.decodeLossy(bytes);
  if (codec.label === 'utf-8') {
    const at = firstInvalidUtf8(bytes);
    const before = codec.decodeLossy(bytes.subarray(0, at));
    const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    return { column: codePointLength(before) + 1, reason: `byte 0x${byte} is not valid UTF-8 here`, excerpt: excerptAround(lossy, before.length) };
  }
  const at = Math.max(0, lossy.indexOf('\uFFFD'));
  return { column: codePointLength(lossy.slice(0, at)) + 1, reason: `not valid ${codec.label} here`, excerpt: excerptAround(lossy, at) };
};

/** At most 80 characters around a place of a text, without control characters. */
export const excerptAround = (text: string, at: number): string => {
  const from = Math.max(0, at - excerptLength / 2);
  return shorten(`${from > 0 ? '…' : ''}${text.slice(from, from + excerptLength).toWellFormed()}`);
};

const shorten = (text: string): string => {
  const plain = text.replace(/[\p{Cc}]/gu, ' ').toWellFormed();
  return plain.length <= excerptLength + 1 ? plain : `${plain.slice(0, excerptLength).toWellFormed()}…`;
};

const byteOrderMarkLength = (label: string, data: Uint8Array): number => {
  if (label === 'utf-8') return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? 3 : 0;
  if (label === 'utf-16le') return data[0] === 0xff && data[1] === 0xfe ? 2 : 0;
  if (label === 'utf-16be') return data[0] === 0xfe && data[1] === 0xff ? 2 : 0;
  return 0;
};

type Break = { /** The line is `from .. end`; the next begins at `next`. */ readonly end: number; readonly next: number; readonly found: boolean };

type Unit = {
  readonly bytes: 1 | 2;
  isLineFeed(data: Uint8Array, at: number): boolean;
  isCarriageReturn(data: Uint8Array, at: number): boolean;
  nextBreak(data: Uint8Array, from: number, lineEnd: 'lf' | 'cr'): Break;
  /** The place behind the last line end; 0 where there is none. */
  lastBreak(data: Uint8Array, lineEnd: 'lf' | 'cr'): number;
};

const unitOf = (label: string): Unit => {
  if (label === 'utf-16le') return units(2, 0, 1);
  if (label === 'utf-16be') return units(2, 1, 0);
  return units(1, 0, 0);
};

/** `low` and `high`: where the two bytes of a UTF-16 unit stand. Line ends are single bytes in all other encodings that TextDecoder knows. */
const units = (bytes: 1 | 2, low: number, high: number): Unit => {
  const is = (data: Uint8Array, at: number, code: number): boolean => at >= 0 && data[at + low] === code && (bytes === 1 || data[at + high] === 0);
  /** The next place of a unit, or -1. */
  const next = (data: Uint8Array, code: number, from: number): number => {
    for (let at = data.indexOf(code, from); at >= 0; at = data.indexOf(code, at + 1)) {
      if (bytes === 1) return at;
      const start = at - low;
      if (start >= from && start % 2 === 0 && is(data, start, code) && start + 2 <= data.length) return start;
    }
    return -1;
  };
  const last = (data: Uint8Array, code: number): number => {
    for (let at = data.lastIndexOf(code); at >= 0; at = at === 0 ? -1 : data.lastIndexOf(code, at - 1)) {
      if (bytes === 1) return at;
      const start = at - low;
      if (start >= 0 && start % 2 === 0 && is(data, start, code) && start + 2 <= data.length) return start;
    }
    return -1;
  };
  const isLineFeed = (data: Uint8Array, at: number): boolean => is(data, at, lineFeed);
  const isCarriageReturn = (data: Uint8Array, at: number): boolean => is(data, at, carriageReturn);
  const nextBreak = (data: Uint8Array, from: number, lineEnd: 'lf' | 'cr'): Break => {
    const feed = next(data, lineFeed, from);
    const back = lineEnd === 'cr' ? next(data, carriageReturn, from) : -1;
    if (feed < 0 && back < 0) return { end: data.length, next: data.length, found: false };
    if (back >= 0 && (feed < 0 || back < feed)) return { end: back, next: feed === back + bytes ? feed + bytes : back + bytes, found: true };
    return { end: feed, next: feed + bytes, found: true };
  };
  const lastBreak = (data: Uint8Array, lineEnd: 'lf' | 'cr'): number => {
    const at = Math.max(last(data, lineFeed), lineEnd === 'cr' ? last(data, carriageReturn) : -1);
    return at < 0 ? 0 : at + bytes;
  };
  return { bytes, isLineFeed, isCarriageReturn, nextBreak, lastBreak };
};

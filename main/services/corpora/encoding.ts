import { analyse } from 'chardet';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import { byteOrderMark, isUtf8, nulPattern } from '../../domain/formats/head.ts';
import type { TextCodec } from '../../domain/formats/line-splitter.ts';
import { firstInvalidUtf8 } from '../../domain/formats/utf8.ts';

/** Encodings: which one the bytes are in, and the decoders of all that TextDecoder knows. */

export type EncodingGuess = { readonly encoding: string; /** 0..1. */ readonly confidence: number; readonly bom: string | null; readonly warning: string | null };

/**
 * A BOM decides; then whether all is UTF-8; then the zeros of UTF-16; then chardet's statistics of legacy encodings.
 *
 * A text that is UTF-8 but for a few bytes stays UTF-8: its bad lines are told one by one, which is worth more than a whole file in the wrong encoding.
 */
export const detectEncoding = (head: Uint8Array, whole: boolean): EncodingGuess => {
  const mark = byteOrderMark(head);
  if (mark?.label === 'utf-32') {
    throw new Failure('wrong-encoding', 'The file is in UTF-32, which cannot be read.', { hint: 'Convert it to UTF-8, for example with: iconv -f UTF-32 -t UTF-8' });
  }
  if (mark !== null) return { encoding: mark.label, confidence: 1, bom: mark.label, warning: null };
  if (!head.subarray(0, 4096).includes(0) && isUtf8(head, whole)) return { encoding: 'utf-8', confidence: 1, bom: null, warning: null };
  const wide = nulPattern(head);
  if (wide !== null) return { encoding: wide, confidence: 0.95, bom: null, warning: null };
  const health = utf8Health(head);
  if (health.bad === 0 || health.good >= health.bad * clearlyUtf8) {
    return { encoding: 'utf-8', confidence: health.bad === 0 ? 1 : Math.min(0.99, health.good / (health.good + health.bad)), bom: null, warning: health.bad === 0 ? null : 'Some bytes are not valid UTF-8; the lines that hold them will be listed as malformed.' };
  }
  if (controlShare(head) > mostControls) {
    throw knownFailure('not-text');
  }
  return legacyEncoding(head);
};

/** Text has next to none; random or compressed bytes have about a tenth. */
const mostControls = 0.03;

/** Share of bytes that no text has: C0 controls but TAB, line ends, form feed and escape (ISO-2022-JP), and DEL. */
const controlShare = (head: Uint8Array): number => {
  const sample = head.subarray(0, 65_536);
  const controls = sample.reduce((sum, byte) => sum + ((byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)) || byte === 0x7f ? 1 : 0), 0);
  return sample.length === 0 ? 0 : controls / sample.length;
};

/** Well-formed characters for each fault that make a text UTF-8 with faults. In legacy encodings at most every third high byte begins a valid sequence by chance. */
const clearlyUtf8 = 3;

/** How many characters beyond ASCII are well formed, and at how many places the bytes are not UTF-8; of the first 256 KB. */
const utf8Health = (head: Uint8Array): { readonly good: number; readonly bad: number } => {
  const sample = head.subarray(0, 262_144);
  let good = 0;
  let bad = 0;
  for (let from = 0; from < sample.length;) {
    const at = from + firstInvalidUtf8(sample.subarray(from, from + 4096));
    const clean = sample.subarray(from, at);
    for (const byte of clean) if (byte >= 0xc0) good += 1;
    if (at >= sample.length) break;
    // A window may end inside a character: begin the next window there; a second failure at its very start is a fault.
    if (at === from) { bad += 1; from = at + 1; } else from = at;
  }
  return { good, bad };
};

const legacyEncoding = (head: Uint8Array): EncodingGuess => {
  const sample = beyondAscii(head);
  for (const { name, confidence } of analyse(sample)) {
    const label = labelOf(name);
    if (label === null || label.startsWith('utf-')) continue;
    if (confidence >= 10 && decodes(sample, label)) {
      return { encoding: label, confidence: confidence / 100, bom: null, warning: `The text is not UTF-8. It looks like ${label}: check the sample before you import.` };
    }
  }
  return { encoding: 'windows-1252', confidence: 0.1, bom: null, warning: 'The encoding could not be told. windows-1252 is a guess: check the sample before you import.' };
};

/** 16 KB around the first byte beyond ASCII: what tells encodings apart, and little enough to be analysed at once. */
const beyondAscii = (head: Uint8Array): Uint8Array => {
  const at = Math.max(0, head.findIndex((byte) => byte >= 0x80) - 1024);
  return head.subarray(at, at + 16_384);
};

/** Whether all but the cut end can be read in the encoding. */
const decodes = (sample: Uint8Array, label: string): boolean => {
  try {
    new TextDecoder(label, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** The WHATWG name (`iso-8859-1` is read as `windows-1252`, as browsers do), or null for one that TextDecoder does not know. */
export const labelOf = (name: string): string | null => {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
};

/** The decoders of an encoding. `wrong-encoding` for a name that is none. */
export const codecFor = (encoding: string): TextCodec => {
  const label = labelOf(encoding);
  if (label === null) {
    throw new Failure('wrong-encoding', `"${encoding}" is not the name of an encoding that can be read.`, { hint: 'Use a name such as utf-8, utf-16le, windows-1252, gb18030 or shift_jis.' });
  }
  const strict = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  const lossy = new TextDecoder(label, { ignoreBOM: true });
  return { label, decode: (bytes) => strict.decode(bytes), decodeLossy: (bytes) => lossy.decode(bytes) };
};

import { firstInvalidUtf8 } from './utf8.ts';

/** What the first bytes of a file say about it. */

export type ByteOrderMark = { readonly label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32'; readonly length: number };

export const byteOrderMark = (head: Uint8Array): ByteOrderMark | null => {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { label: 'utf-8', length: 3 };
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) return { label: 'utf-32', length: 4 };
  if (startsWith(head, [0xff, 0xfe])) return { label: 'utf-16le', length: 2 };
  if (startsWith(head, [0xfe, 0xff])) return { label: 'utf-16be', length: 2 };
  return null;
};

export type Compression = 'none' | 'gz' | 'xz' | 'zst';

/** By the magic bytes, whatever the name says. */
export const compressionOf = (head: Uint8Array): Compression => {
  if (startsWith(head, [0x1f, 0x8b])) return 'gz';
  if (startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])) return 'xz';
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zst';
  return 'none';
};

/** File formats that are no text, with what to do about each. */
const binaryFormats: ReadonlyArray<{ readonly magic: readonly number[]; readonly name: string; readonly hint: string }> = [
  { magic: [0x50, 0x4b, 3, 4], name: 'a ZIP archive (or a DOCX, XLSX or ODT document)', hint: 'Unpack it, or save the document as plain text, and import that.' },
  { magic: [0x50, 0x4b, 5, 6], name: 'an empty ZIP archive', hint: 'Choose the text files themselves.' },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture', hint: 'Choose a text file.' },
  { magic: [0xff, 0xd8, 0xff], name: 'a JPEG picture', hint: 'Choose a text file.' },
  { magic: [0x47, 0x49, 0x46, 0x38], name: 'a GIF picture', hint: 'Choose a text file.' },
  { magic: [0x25, 0x50, 0x44, 0x46, 0x2d], name: 'a PDF document', hint: 'Extract its text first (for example with pdftotext) and import that.' },
  { magic: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file', hint: 'Write its text columns to a TSV file and import that.' },
  { magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], name: 'an SQLite database', hint: 'A Dragoman project is opened, not imported.' },
  { magic: [0x42, 0x5a, 0x68], name: 'a bzip2 file', hint: 'Unpack it (bunzip2), or compress it with gzip, xz or zstd instead.' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7-Zip archive', hint: 'Unpack it and import the text files.' },
  { magic: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive', hint: 'Unpack it and import the text files.' },
  { magic: [0x7f, 0x45, 0x4c, 0x46], name: 'a program', hint: 'Choose a text file.' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Office document', hint: 'Save it as plain text and import that.' },
  { magic: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], name: 'a NumPy array', hint: 'Choose the text file that belongs to it.' },
];

/** What a file that is no text is, or null. `head` is decompressed already; a tar archive is told at byte 257. */
export const binaryFormat = (head: Uint8Array): { readonly name: string; readonly hint: string } | null => {
  const known = binaryFormats.find(({ magic }) => startsWith(head, magic));
  if (known !== undefined) return known;
  if (startsWith(head.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72])) return { name: 'a tar archive', hint: 'Unpack it (tar -xf) and import the text files in it.' };
  if (byteOrderMark(head) !== null || nulPattern(head) !== null) return null;
  const nuls = count(head.subarray(0, 65_536), 0);
  if (nuls * 20 > Math.min(head.length, 65_536)) return { name: 'not a text file', hint: 'Choose a text file: one sentence per line, or columns separated by TAB.' };
  return null;
};

/**
 * UTF-16 without a BOM, told by where its zeros are.
 *
 * Latin text has a zero in every second byte. Other scripts have them in blanks and line ends, nearly always on the same side; and their bytes make no sense as
 * UTF-8, or would be full of control characters.
 */
export const nulPattern = (head: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const length = Math.min(head.length & ~1, 4096);
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  let blanksLittle = 0;
  let blanksBig = 0;
  let controls = 0;
  for (let at = 0; at < length; at += 2) {
    const one = head[at] ?? 0;
    const other = head[at + 1] ?? 0;
    if (one === 0) even += 1;
    if (other === 0) odd += 1;
    if (other === 0 && isBlank(one)) blanksLittle += 1;
    if (one === 0 && isBlank(other)) blanksBig += 1;
    if (one < 9) controls += 1;
    if (other < 9) controls += 1;
  }
  const half = length / 2;
  if (odd > half * 0.3 && even < half * 0.02) return 'utf-16le';
  if (even > half * 0.3 && odd < half * 0.02) return 'utf-16be';
  const noUtf8 = controls > length * 0.05 || firstInvalidUtf8(head.subarray(0, length)) < length - 4;
  if (!noUtf8) return null;
  if (blanksLittle >= 2 && blanksLittle > blanksBig * 10) return 'utf-16le';
  return blanksBig >= 2 && blanksBig > blanksLittle * 10 ? 'utf-16be' : null;
};

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 9 || byte === 10 || byte === 13;

/** Whether the head is UTF-8. `whole`: the file ends here; else a character cut off at the very end is no fault. */
export const isUtf8 = (head: Uint8Array, whole: boolean): boolean => {
  const at = firstInvalidUtf8(head);
  return at === head.length || (!whole && head.length - at < 4);
};

export type LineEnd = 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';

/** Line ends of a decoded head. A CR without LF is text wherever there are LFs, so it makes nothing `mixed`. */
export const lineEndOf = (text: string): LineEnd => {
  let feeds = 0;
  let pairs = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    feeds += 1;
    if (text[at - 1] === '\r') pairs += 1;
  }
  if (feeds === 0) return text.includes('\r') ? 'cr' : 'none';
  if (pairs === 0) return 'lf';
  return pairs === feeds ? 'crlf' : 'mixed';
};

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte);

const count = (bytes: Uint8Array, value: number): number => {
  let found = 0;
  for (const byte of bytes) if (byte === value) found += 1;
  return found;
};

const replacement = 0xfffd;

/** UTF-8 of a text; half a surrogate pair becomes U+FFFD. */
export const encodeUtf8 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(3 * text.length);
  let end = 0;
  for (let index = 0; index < text.length; index += 1) {
    const point = text.codePointAt(index) ?? 0;
    if (point > 0xffff) index += 1;
    end = writePoint(bytes, end, point >= 0xd800 && point <= 0xdfff ? replacement : point);
  }
  return bytes.subarray(0, end);
};

const writePoint = (bytes: Uint8Array, at: number, point: number): number => {
  const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  if (length === 1) {
    bytes[at] = point;
    return at + 1;
  }
  for (let tail = length - 1; tail > 0; tail -= 1) bytes[at + tail] = 0x80 | ((point >> (6 * (length - 1 - tail))) & 0x3f);
  bytes[at] = ((0xf00 >> length) & 0xff) | (point >> (6 * (length - 1)));
  return at + length;
};

/** How many bytes the character beginning with this one has; 1 for a byte that begins none. */
export const lengthOfPoint = (lead: number): number => (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);

/** The text of well-formed UTF-8 in `bytes[start..end)`; null where it is not well-formed. */
export const decodeUtf8 = (bytes: Uint8Array, start = 0, end = bytes.length): string | null => {
  const parts: string[] = [];
  let points: number[] = [];
  for (let at = start; at < end; ) {
    const lead = bytes[at] ?? 0;
    const length = lengthOfPoint(lead);
    const point = pointAt(bytes, at, length);
    if (point === null || at + length > end) return null;
    points.push(point);
    if (points.length === 4096) {
      parts.push(String.fromCodePoint(...points));
      points = [];
    }
    at += length;
  }
  return parts.join('') + String.fromCodePoint(...points);
};

/** The smallest code point that needs so many bytes. */
const smallest = [0, 0, 0x80, 0x800, 0x1_0000];

const pointAt = (bytes: Uint8Array, at: number, length: number): number | null => {
  const lead = bytes[at] ?? 0;
  if (length === 1) return lead < 0x80 ? lead : null;
  let point = lead & (0x7f >> length);
  for (let tail = 1; tail < length; tail += 1) {
    const byte = bytes[at + tail] ?? 0;
    if ((byte & 0xc0) !== 0x80) return null;
    point = (point << 6) | (byte & 0x3f);
  }
  const valid = lead < 0xf8 && point >= (smallest[length] ?? 0) && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
  return valid ? point : null;
};

/** Characters (code points) of a text. */
export const codePointLength = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // The second half of a surrogate pair belongs to the character before it.
    if (unit >= 0xdc00 && unit <= 0xdfff && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) continue;
    count += 1;
  }
  return count;
};

/**
 * The place of the first byte that no valid UTF-8 sequence explains, or the length where all is well.
 *
 * Follows table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF. A sequence that is cut off is told at its first byte.
 */
export const firstInvalidUtf8 = (bytes: Uint8Array): number => {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = sequenceLength(lead);
    if (length === 0) return at;
    for (let step = 1; step < length; step += 1) {
      const byte = bytes[at + step] ?? 0;
      const [low, high] = step === 1 ? secondByteRange(lead) : [0x80, 0xbf];
      if (byte < low || byte > high) return at;
    }
    at += length;
  }
  return bytes.length;
};

const sequenceLength = (lead: number): 0 | 1 | 2 | 3 | 4 => {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
};

const secondByteRange = (lead: number): readonly [number, number] => {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
};

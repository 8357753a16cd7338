import type { Piece } from './found.ts';

/**
 * UTF-8 that was read as Windows-1252 or Latin-1: `fÃ¼r`, `letâ€™s`, `ä¸­`.
 *
 * Such text is found by turning its characters back into bytes and looking for whole UTF-8 sequences, which real text in these characters hardly has.
 * Bytes may meet by accident (`Spaß“`, `pensé »`): signs of the sentence alone do not count, and pairs only behind the leads that wrong reading makes most, or in company.
 */
export const mojibakeIn = (text: string): Piece[] => {
  if (!suspect.test(text)) return [];
  const found: { readonly from: number; readonly to: number; readonly strong: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const length = sequenceLength(byteOf(text.charCodeAt(at)));
    if (length < 2) continue;
    let followed = 1;
    while (followed < length && isContinuation(byteOf(text.charCodeAt(at + followed)))) followed += 1;
    if (followed < length) continue;
    const strong = (length > 2 || text[at] === 'Ã' || text[at] === 'Â') && ![...text.slice(at + 1, at + length)].every((sign) => sentenceSigns.includes(sign));
    found.push({ from: at, to: at + length, strong });
    at += length - 1;
  }
  const company = found.filter((one, no) => one.strong || found[no - 1]?.to === one.from || found[no + 1]?.from === one.to);
  return company.map(({ from, to }) => ({ text: text.slice(from, to), span: [from, to] }));
};

/** A lead byte and a continuation byte, side by side. */
const suspect = /[\u00C2-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;
/** What may follow a letter in prose, and be a continuation byte all the same. */
const sentenceSigns = '‚„…‘’“”–—›‹»« \u00A0';

/** Windows-1252 from 0x80 to 0x9F; the five bytes it leaves out are read as controls. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const bytes: ReadonlyMap<number, number> = new Map(Array.from(windows1252, (character, at) => [character.charCodeAt(0), 0x80 + at] as const));

/** -1 for what neither encoding has. */
const byteOf = (code: number): number => (code < 0x100 ? code : bytes.get(code) ?? -1);
const isContinuation = (byte: number): boolean => byte >= 0x80 && byte <= 0xBF;
const sequenceLength = (byte: number): number => {
  if (byte >= 0xC2 && byte <= 0xDF) return 2;
  if (byte >= 0xE0 && byte <= 0xEF) return 3;
  return byte >= 0xF0 && byte <= 0xF4 ? 4 : 1;
};

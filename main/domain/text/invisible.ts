/**
 * Characters that nobody sees: spaces of all kinds, marks of direction and joining, controls.
 *
 * Names as Unicode has them, in everyday case; `sign` is what to show in their place.
 */
export type Invisible = {
  readonly kind: 'space' | 'direction' | 'join' | 'control';
  readonly name: string;
  readonly sign: string;
};

/** `from`, `to`: code points. */
type Range = Invisible & { readonly from: number; readonly to: number };

const range = (from: number, to: number, kind: Invisible['kind'], name: string, sign: string): Range => ({ from, to, kind, name, sign });
const one = (code: number, kind: Invisible['kind'], name: string, sign: string): Range => range(code, code, kind, name, sign);

const ranges: readonly Range[] = [
  one(0x09, 'space', 'tab', '→'), one(0x0A, 'space', 'line feed', '↵'), one(0x0D, 'space', 'carriage return', '␍'), one(0x20, 'space', 'space', '·'),
  one(0x1B, 'control', 'escape', 'ESC'), one(0x7F, 'control', 'delete', 'DEL'), one(0x85, 'space', 'next line', 'NEL'), range(0x00, 0x1F, 'control', 'control character', ''), range(0x80, 0x9F, 'control', 'control character', ''),
  one(0xA0, 'space', 'no-break space', '⍽'), one(0xAD, 'join', 'soft hyphen', 'SHY'), one(0x34F, 'join', 'combining grapheme joiner', 'CGJ'), one(0x61C, 'direction', 'Arabic letter mark', 'ALM'),
  range(0x115F, 0x1160, 'space', 'Hangul filler', 'HF'), one(0x1680, 'space', 'Ogham space mark', ''), range(0x17B4, 0x17B5, 'join', 'Khmer inherent vowel', ''), one(0x180E, 'join', 'Mongolian vowel separator', 'MVS'), range(0x180B, 0x180F, 'join', 'Mongolian variation selector', 'FVS'),
  one(0x2009, 'space', 'thin space', 'THSP'), one(0x200A, 'space', 'hair space', 'HSP'), one(0x2007, 'space', 'figure space', 'FSP'), one(0x2003, 'space', 'em space', 'EMSP'), range(0x2000, 0x200A, 'space', 'space of another width', 'SP'),
  one(0x200B, 'join', 'zero width space', 'ZWSP'), one(0x200C, 'join', 'zero width non-joiner', 'ZWNJ'), one(0x200D, 'join', 'zero width joiner', 'ZWJ'),
  one(0x200E, 'direction', 'left-to-right mark', 'LRM'), one(0x200F, 'direction', 'right-to-left mark', 'RLM'), one(0x2028, 'space', 'line separator', 'LS'), one(0x2029, 'space', 'paragraph separator', 'PS'),
  one(0x202A, 'direction', 'left-to-right embedding', 'LRE'), one(0x202B, 'direction', 'right-to-left embedding', 'RLE'), one(0x202C, 'direction', 'pop directional formatting', 'PDF'),
  one(0x202D, 'direction', 'left-to-right override', 'LRO'), one(0x202E, 'direction', 'right-to-left override', 'RLO'), one(0x202F, 'space', 'narrow no-break space', 'NNBSP'), one(0x205F, 'space', 'medium mathematical space', 'MMSP'),
  one(0x2060, 'join', 'word joiner', 'WJ'), range(0x2061, 0x2064, 'join', 'invisible operator', ''), one(0x2066, 'direction', 'left-to-right isolate', 'LRI'), one(0x2067, 'direction', 'right-to-left isolate', 'RLI'),
  one(0x2068, 'direction', 'first strong isolate', 'FSI'), one(0x2069, 'direction', 'pop directional isolate', 'PDI'), range(0x206A, 0x206F, 'control', 'deprecated format character', ''), one(0x2800, 'space', 'blank Braille pattern', ''),
  one(0x3000, 'space', 'ideographic space', '□'), one(0x3164, 'space', 'Hangul filler', 'HF'), range(0xFE00, 0xFE0F, 'join', 'variation selector', 'VS'), one(0xFEFF, 'join', 'byte order mark', 'BOM'),
  one(0xFFA0, 'space', 'half-width Hangul filler', 'HF'), range(0xFFF9, 0xFFFB, 'control', 'interlinear annotation', ''), range(0x1D173, 0x1D17A, 'control', 'musical format character', ''),
  range(0xE0000, 0xE007F, 'control', 'tag character', 'TAG'), range(0xE0100, 0xE01EF, 'join', 'variation selector', 'VS'),
];

/** What an invisible character is; null for one that can be seen. The first range that holds it names it. */
export const invisibleOf = (character: string): Invisible | null => {
  const code = character.codePointAt(0) ?? -1;
  const found = ranges.find(({ from, to }) => code >= from && code <= to);
  if (found === undefined) return null;
  const { kind, name, sign } = found;
  return { kind, name, sign: sign === '' ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : sign };
};

const escaped = (code: number): string => `\\u{${code.toString(16)}}`;
const anyInvisible = new RegExp(`[${ranges.map(({ from, to }) => `${escaped(from)}-${escaped(to)}`).join('')}]`, 'gu');

export type InvisiblePlace = Invisible & { readonly span: readonly [from: number, to: number] };

/** Where the invisible characters of a text stand, in UTF-16 units. Plain spaces between words are left out unless they are asked for. */
export const invisiblesIn = (text: string, spaces = false): InvisiblePlace[] => Array.from(text.matchAll(anyInvisible)).flatMap(({ 0: character, index }) => {
  const known = spaces || character !== ' ' ? invisibleOf(character) : null;
  return known === null ? [] : [{ ...known, span: [index, index + character.length] as const }];
});

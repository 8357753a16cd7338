/** Strings as Python's `str` treats them: by code point, with Python's own whitespace. */

/**
 * Whether a code unit is whitespace to Python's `split`, `strip` and `isspace`.
 *
 * JavaScript's `\s` lacks U+001C..001F and U+0085 and adds U+FEFF. All of them are in the Basic Multilingual Plane, so code units are enough.
 */
export const isPythonSpace = (unit: number): boolean => {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x1c && unit <= 0x1f);
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  if (unit < 0x2000) return unit === 0x1680;
  return unit <= 0x200a || unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000;
};

/** Python's `text.split()`. */
export const pySplit = (text: string): string[] => {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    if (!isPythonSpace(text.charCodeAt(at))) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      words.push(text.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
};

/** Python's `text.rstrip()`. */
export const pyRstrip = (text: string): string => {
  let end = text.length;
  while (end > 0 && isPythonSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
};

/** Python's `text.strip()`. */
export const pyStrip = (text: string): string => {
  let start = 0;
  while (start < text.length && isPythonSpace(text.charCodeAt(start))) start += 1;
  return pyRstrip(text.slice(start));
};

/**
 * Python's `text.lower()`.
 *
 * Both follow Unicode's full mapping with the final sigma; they differ only in case pairs younger than the older of the two runtimes' Unicode.
 */
export const pyLower = (text: string): string => text.toLowerCase();

/** Python's `len(text)`: code points. */
export const codePointLength = (text: string): number => {
  let length = text.length;
  for (let at = 0; at + 1 < text.length; at += 1) {
    if (isHighSurrogate(text.charCodeAt(at)) && isLowSurrogate(text.charCodeAt(at + 1))) {
      length -= 1;
      at += 1;
    }
  }
  return length;
};

/** Whether the string has half a surrogate pair, which no UTF-8 file can hold and Python would refuse to print. */
export const hasLoneSurrogate = (text: string): boolean => !text.isWellFormed();

export const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** A line of JSON (a record of JSON lines, or a line of a file with one value a line), taken apart: what stays, and the values that are text. */
export type JsonPart = { readonly literal: string } | { readonly value: string };

const token = /\s+|[{}[\],:]|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/yu;

/** Keys, numbers and punctuation are literal; each string that is a value is text, its escapes undone. null: no line of JSON, which has a key at least. */
export const jsonParts = (line: string): readonly JsonPart[] | null => {
  if (!/^\s*[{["]/u.test(line) || !/"\s*:/u.test(line)) return null;
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < line.length) {
    const found = token.exec(line);
    if (found === null) return null;
    tokens.push(found[0]);
  }
  const isKey = (at: number): boolean => tokens.slice(at + 1).find((next) => next.trim() !== '') === ':';
  const strings = tokens.flatMap((one, at) => (one.startsWith('"') ? [at] : []));
  if (!strings.some(isKey)) return null;
  return tokens.map((one, at): JsonPart => {
    if (!one.startsWith('"') || isKey(at)) return { literal: one };
    return { value: String(JSON.parse(one)) };
  });
};

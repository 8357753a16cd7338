/** Where the value of a member of the outermost object stands in well-formed JSON; the last one of a name, as JSON.parse takes it. */
export const memberRange = (json: string, member: string): { readonly start: number; readonly end: number } | null => {
  let [depth, name, start]: [number, string | null, number] = [0, null, -1];
  let found: { readonly start: number; readonly end: number } | null = null;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/gsu)) {
    const opens = token === '{' || token === '[';
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    if (depth === 1 && start < 0 && token.startsWith('"')) name = String(JSON.parse(token));
    else if (depth === 1 && start < 0 && token === ':') start = index + 1;
    else if (start >= 0 && ((depth === 1 && token === ',') || depth === 0)) {
      if (name === member) found = trimmed(json, start, index);
      start = -1;
    }
    if (opens) depth += 1;
  }
  return found;
};

const trimmed = (json: string, start: number, end: number): { readonly start: number; readonly end: number } => {
  const value = json.slice(start, end);
  return { start: start + value.length - value.trimStart().length, end: start + value.trimEnd().length };
};

/** A line of a file that must be written again as it was: `end` is its own line end, '' at the end of the file. */
export type FileLine = { readonly text: string; readonly end: string; /** From 1. */ readonly line: number; /** Of its first character in the file. */ readonly start: number };

/** Lines end in LF or CR LF; in a CR where the file has no LF. Other separators of Unicode are text. */
export const fileLines = (text: string): FileLine[] => {
  const ending = text.includes('\n') ? /\r?\n/gu : /\r/gu;
  const lines: FileLine[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(ending)) {
    lines.push({ text: text.slice(start, index), end, line: lines.length + 1, start });
    start = index + end.length;
  }
  if (start < text.length) lines.push({ text: text.slice(start), end: '', line: lines.length + 1, start });
  return lines;
};

/** The index of the line that a place of the file is in; -1 in a file without lines. */
export const lineAt = (lines: readonly FileLine[], offset: number): number => {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle + 1; else high = middle;
  }
  return low - 1;
};

/** The commonest line end; LF where there is none. */
export const usualLineEnd = (lines: readonly FileLine[]): string => {
  const counted = ['\n', '\r\n', '\r'].map((end) => ({ end, count: lines.filter((line) => line.end === end).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).end;
};

export const byteOrderMark = '\uFEFF';

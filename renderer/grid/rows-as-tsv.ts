/** A cell of a tab-separated line: tabs and line ends inside would break the table they are pasted into, and become spaces. */
const cell = (value: string | number): string => String(value).replace(/[\t\r\n\u2028\u2029]+/gu, ' ');

/** Rows as tab-separated lines under one line of names, for the clipboard. */
export const rowsAsTsv = (names: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [names, ...rows].map((row) => row.map(cell).join('\t')).join('\n');

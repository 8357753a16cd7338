import { byteOrderMark, type FileLine } from './file-lines.ts';
import { malformed, type ReadLabelOptions } from './label-format.ts';
import { readTag } from './tag-schemes.ts';

/** A cell of a row, in UTF-16 units of its line. */
export type Cell = { readonly text: string; readonly start: number };

export type ConllRow = { readonly line: FileLine; readonly cells: readonly Cell[] };

/** How the rows of a file are laid out. `tab`: columns end at TABs only, and cells may hold blanks. */
export type ConllColumns = { readonly tab: boolean; readonly count: number; readonly token: number; readonly tag: number; /** The token's number in its sentence, where there is such a column. */ readonly index: number | null };

export const isBlank = ({ text }: FileLine): boolean => /^[\uFEFF \t]*$/u.test(text);
export const isDocumentStart = ({ text }: FileLine): boolean => /^\uFEFF?-DOCSTART-/u.test(text);
const looksLikeComment = ({ text }: FileLine): boolean => /^\uFEFF?#(?:\s|$|begin |end )/u.test(text);

export const cellsOf = ({ text }: FileLine, tab: boolean): Cell[] => {
  const first = text.startsWith(byteOrderMark) ? 1 : 0;
  if (!tab) return Array.from(text.slice(first).matchAll(/[^ \t]+/gu), (match) => ({ text: match[0], start: first + match.index }));
  let start = first;
  // Blanks that end a line are no part of its last cell.
  return text.slice(first).replace(/ +$/u, '').split('\t').map((cell) => {
    const at = start;
    start += cell.length + 1;
    return { text: cell, start: at };
  });
};

/**
 * Finds separator, number of columns, and which hold tokens and tags.
 *
 * TABs separate where every row has one, else blanks and TABs do. The tags are the last column of which every cell is one. The tokens are the first
 * column, or the second where the first counts 1, 2, 3 in every sentence.
 *
 * @throws Failure for a file without rows of two columns, or with a row that has not the columns of the others
 */
export const findColumns = (file: string, lines: readonly FileLine[], options: ReadLabelOptions): ConllColumns => {
  const rows = lines.filter((line) => !isBlank(line) && !isDocumentStart(line) && !looksLikeComment(line));
  const tab = rows.length > 0 && rows.every(({ text }) => text.includes('\t'));
  const cells = rows.map((line) => ({ line, cells: cellsOf(line, tab) }));
  const count = commonest(cells.map((row) => row.cells.length));
  const whole = cells.filter((row) => row.cells.length === count);
  const index = countsUp(lines, whole) ? 0 : null;
  const token = options.tokenColumn ?? (index === null ? 0 : 1);
  const tag = options.tagColumn ?? tagColumn(whole, count, token);
  if (rows.length > 0 && (count < 2 || token >= count || tag >= count)) throw malformed({ file, line: rows[0]?.line ?? 1, column: 1 }, `the rows have ${count === 1 ? 'one column' : `${count} columns`}, and there must be one for tokens and one for tags.`, 'A row is a token, a TAB and a tag such as B-PER or O; say which columns hold them if there are more.');
  return { tab, count, token, tag, index };
};

const commonest = (counts: readonly number[]): number => {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  return [...seen].reduce((best, one) => (one[1] > best[1] ? one : best), [2, 0])[0];
};

const tagColumn = (rows: readonly ConllRow[], count: number, token: number): number => {
  let [best, most] = [count - 1, -1];
  for (let column = count - 1; column >= 0; column -= 1) {
    if (column === token) continue;
    const tags = rows.filter(({ cells }) => readTag(cells[column]?.text ?? '') !== undefined).length;
    if (tags > most) [best, most] = [column, tags];
  }
  return best;
};

/** Whether the first of three or more columns numbers the tokens of every sentence. */
const countsUp = (lines: readonly FileLine[], rows: readonly ConllRow[]): boolean => {
  const numbers = new Map(rows.map(({ line, cells }) => [line.line, cells.length > 2 ? (cells[0]?.text ?? '') : '']));
  let next = 1;
  for (const line of lines) {
    const number = numbers.get(line.line);
    if (isBlank(line)) next = 1;
    else if (number !== undefined) {
      if (number !== String(next)) return false;
      next += 1;
    }
  }
  return rows.length > 0;
};

/**
 * The row of a line, or null for a comment.
 *
 * A line that begins with `#` is a comment where it is no row: `# O` is the token #.
 * @throws Failure with line and column
 */
export const rowOf = (file: string, line: FileLine, columns: ConllColumns): ConllRow | null => {
  const cells = cellsOf(line, columns.tab);
  const tag = cells[columns.tag];
  const isRow = cells.length === columns.count && tag !== undefined && readTag(tag.text) !== undefined;
  if (!isRow && looksLikeComment(line)) return null;
  const at = (start: number) => ({ file, line: line.line, column: [...line.text.slice(0, start)].length + 1 });
  if (cells.length !== columns.count || tag === undefined) {
    throw malformed(at(line.text.length), `this row has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'} and the others ${columns.count}: “${line.text}”.`, columns.tab ? 'Give the row its missing cells, or take the surplus TAB away.' : 'Give the row its missing cells; a token that contains a blank needs TABs between the columns of the whole file.');
  }
  if (!isRow) throw malformed(at(tag.start), `“${tag.text}” is no tag.`, 'Tags are O, or a letter (B, I, E, L, S, U, M or W), a hyphen and a label: B-PER. Say which column holds the tags if it is another.');
  const token = cells[columns.token];
  if (token === undefined || token.text.trim() === '') throw malformed(at(token?.start ?? 0), 'the token is empty.', 'Take the row away, or put the token in; a sentence ends with an empty line, not with an empty token.');
  return { line, cells };
};

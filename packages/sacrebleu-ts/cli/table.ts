/** A column of a table; cells may have several lines and colours. The first column is set to the right, the others in the middle. */
export type Column = { readonly title: string; readonly cells: readonly string[] };

type Color = 'red' | 'green' | 'yellow' | 'cyan';
const colorCodes: Readonly<Record<Color, number>> = { red: 31, green: 32, yellow: 33, cyan: 36 };
const colorMarks = /\u001b\[\d+m/g;

export type Paint = (text: string, color: Color) => string;

export const paintWith = (enabled: boolean): Paint => (text, color) => (enabled ? `\u001b[${colorCodes[color]}m${text}\u001b[0m` : text);

/** The grid that sacreBLEU prints under `-f text`: tabulate's `fancy_grid`. */
export const gridTable = (columns: readonly Column[]): string => {
  const widths = columns.map(widthOf);
  const rule = (left: string, line: string, cross: string, right: string): string => left + widths.map((width) => line.repeat(width + 2)).join(cross) + right;
  const row = (cells: readonly string[]): string => {
    const lines = cells.map((cell) => cell.split('\n'));
    const height = Math.max(...lines.map((cell) => cell.length));
    return Array.from({ length: height }, (_, at) => `│${lines.map((cell, column) => ` ${aligned(cell[at] ?? '', widths[column] ?? 0, column)} `).join('│')}│`).join('\n');
  };
  const body = rowsOf(columns).map(row).join(`\n${rule('├', '─', '┼', '┤')}\n`);
  return [rule('╒', '═', '╤', '╕'), row(columns.map((column) => column.title)), rule('╞', '═', '╪', '╡'), body, rule('╘', '═', '╧', '╛')].join('\n');
};

/** The same as a LaTeX table with booktabs rules. */
export const latexTable = (columns: readonly Column[]): string => {
  const widths = columns.map(widthOf);
  const row = (cells: readonly string[]): string => `${cells.map((cell, column) => ` ${escapeLatex(aligned(cell, widths[column] ?? 0, column))} `).join('&')}\\\\`;
  return [`\\begin{tabular}{r${'c'.repeat(columns.length - 1)}}`, '\\toprule', row(columns.map((column) => column.title)), '\\midrule', ...rowsOf(columns).map(row), '\\bottomrule', '\\end{tabular}'].join('\n');
};

const rowsOf = (columns: readonly Column[]): readonly (readonly string[])[] => (columns[0]?.cells ?? []).map((_, at) => columns.map((column) => column.cells[at] ?? ''));

const widthOf = ({ title, cells }: Column): number => Math.max(lengthOf(title) + 2, ...cells.flatMap((cell) => cell.split('\n').map(lengthOf)));

const lengthOf = (text: string): number => [...text.replace(colorMarks, '')].length;

const aligned = (text: string, width: number, column: number): string => {
  const free = Math.max(0, width - lengthOf(text));
  const left = column === 0 ? free : Math.floor(free / 2);
  return ' '.repeat(left) + text + ' '.repeat(free - left);
};

const latexEscapes: Readonly<Record<string, string>> = { '^': '\\^{}', '~': '\\textasciitilde{}', '\\': '\\textbackslash{}', '<': '\\ensuremath{<}', '>': '\\ensuremath{>}' };

const escapeLatex = (text: string): string => text.replace(/[&%$#_^{}~\\<>]/g, (character) => latexEscapes[character] ?? `\\${character}`);

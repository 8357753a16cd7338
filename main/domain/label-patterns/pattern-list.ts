import { Failure } from '../../contract/errors.ts';
import { byteOrderMark, fileLines, type FileLine } from '../label-formats/file-lines.ts';
import { malformed, type LabelFile } from '../label-formats/label-format.ts';
import { expressionOf } from '../text/text-matcher.ts';

export const patternFlags = ['regex', 'ignore-case', 'stem', 'inside'] as const;
export type PatternFlag = (typeof patternFlags)[number];

export type LabelPattern = {
  readonly label: string;
  readonly pattern: string;
  /** `stem`: letters may follow (endings). `inside`: it may stand anywhere in a word. */
  readonly flags: ReadonlySet<PatternFlag>;
  /** From 1; decides between patterns that find the same words. */
  readonly line: number;
};

export type PatternList = {
  readonly patterns: readonly LabelPattern[];
  /** Patterns that are there again with another label: the first line counts. */
  readonly repeated: readonly { readonly line: number; readonly first: number; readonly pattern: string }[];
};

/**
 * A list of names and expressions, a line each: label, TAB, pattern, and after a second TAB flags with commas between them, if any.
 *
 * Empty lines and lines that begin with `#` are skipped, and so is a first line `label TAB pattern`.
 *
 * @throws Failure `malformed-input` with line, column and remedy
 */
export const readPatternList = (file: LabelFile): PatternList => {
  const patterns: LabelPattern[] = [];
  const repeated: { line: number; first: number; pattern: string }[] = [];
  const known = new Map<string, LabelPattern>();
  for (const line of fileLines(file.text.replace(byteOrderMark, ''))) {
    if (line.text.trim() === '' || line.text.startsWith('#') || (patterns.length === 0 && /^label\tpattern(?:\tflags)?\s*$/iu.test(line.text))) continue;
    const pattern = readLine(file.name, line);
    const key = `${[...pattern.flags].sort().join(',')}\t${pattern.pattern}`;
    const first = known.get(key);
    if (first !== undefined) {
      if (first.label !== pattern.label) repeated.push({ line: line.line, first: first.line, pattern: pattern.pattern });
      continue;
    }
    known.set(key, pattern);
    patterns.push(pattern);
  }
  return { patterns, repeated };
};

const readLine = (file: string, line: FileLine): LabelPattern => {
  const cells = line.text.split('\t');
  const [label = '', pattern = '', words = ''] = cells.map((cell) => cell.trim());
  const place = (cell: number) => ({ file, line: line.line, column: [...cells.slice(0, cell).join('\t')].length + (cell === 0 ? 1 : 2) });
  if (label === '') throw malformed(place(0), 'the label is missing.', 'A line is a label, a TAB and a pattern: LOC, TAB, Berlin.');
  if (pattern === '') throw malformed(place(1), `there is no pattern for ${label}.`, 'A line is a label, a TAB and a pattern: LOC, TAB, Berlin. Blanks do not part columns.');
  if (cells.length > 3) throw malformed(place(3), `the line has ${cells.length} columns.`, 'There are three columns at most: label, pattern, flags.');
  const flags = words.split(/[\s,]+/u).filter((word) => word !== '').map((word) => {
    const flag = patternFlags.find((candidate) => candidate === word);
    if (flag === undefined) throw malformed(place(2), `“${word}” is no flag.`, `Flags are ${patternFlags.join(', ')}, with commas between them.`);
    return flag;
  });
  if (flags.includes('regex')) checkExpression(pattern, () => place(1));
  return { label, pattern, flags: new Set(flags), line: line.line };
};

const checkExpression = (pattern: string, place: () => { readonly file: string; readonly line: number; readonly column: number }): void => {
  try {
    expressionOf(pattern, true);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    throw malformed(place(), thrown.data.message, thrown.data.hint ?? '');
  }
};

import type { ImportColumn } from '../../contract/corpora.ts';
import { isNone, isNumber } from './columns.ts';
import { excerptAround, type LineProblem, type SplitLine } from './line-splitter.ts';
import { codePointLength } from './utf8.ts';

/**
 * A line to a record, by the roles of its columns.
 *
 * Every line becomes exactly one of: a sentence, a pair, empty, malformed.
 */

export type SentenceRecord = { readonly kind: 'sentence'; readonly text: string; readonly id: string | null };
export type PairRecord = {
  readonly kind: 'pair';
  readonly source: string;
  readonly target: string;
  readonly sourceId: string | null;
  readonly targetId: string | null;
  /** In the order of {@link RecordReader.valueColumns}. */
  readonly values: readonly (number | string | null)[];
};
export type EmptyRecord = { readonly kind: 'empty' };
export type MalformedRecord = { readonly kind: 'malformed' } & LineProblem;
export type LineRecord = SentenceRecord | PairRecord | EmptyRecord | MalformedRecord;

export type ValueColumn = { readonly name: string; readonly kind: 'score' | 'label' };

export type RecordReader = {
  readonly kind: 'sentence' | 'pair';
  readonly valueColumns: readonly ValueColumn[];
  read(line: SplitLine): LineRecord;
};

export const emptyRecord: EmptyRecord = { kind: 'empty' };

/** A reader of whole lines: the line is the sentence, TABs and all. */
export const lineReader = (): RecordReader => ({
  kind: 'sentence',
  valueColumns: [],
  read: ({ text, problem }) => {
    if (problem !== null) return { kind: 'malformed', ...problem };
    return isBlank(text) ? emptyRecord : { kind: 'sentence', text, id: null };
  },
});

/** A reader of TAB-separated columns. Null: the roles make neither sentences nor pairs (see {@link roleProblem}). */
export const columnReader = (columns: readonly ImportColumn[]): RecordReader | null => {
  if (roleProblem(columns) !== null) return null;
  const at = (role: ImportColumn['role']): number => columns.find((column) => column.role === role)?.index ?? -1;
  const width = columns.length;
  const source = at('source');
  const target = at('target');
  const text = at('text');
  const id = at('id');
  const sourceId = at('source-id') < 0 ? id : at('source-id');
  const targetId = at('target-id') < 0 ? id : at('target-id');
  const pairs = source >= 0;
  const values = pairs ? columns.filter(({ role }) => role === 'score' || role === 'label') : [];
  const cellOf = (cells: readonly string[], index: number): string | null => {
    const cell = index < 0 ? undefined : cells[index];
    return cell === undefined || cell === '' ? null : cell;
  };

  const read = ({ text: line, problem }: SplitLine): LineRecord => {
    if (problem !== null) return { kind: 'malformed', ...problem };
    if (line === '') return emptyRecord;
    const cells = line.split('\t');
    if (cells.length !== width) return wrongWidth(line, cells, width);
    if (!pairs) {
      const body = cells[text] ?? '';
      return isBlank(body) ? emptyRecord : { kind: 'sentence', text: body, id: cellOf(cells, id) };
    }
    const read: (number | string | null)[] = [];
    for (const { index, role, name } of values) {
      const cell = cells[index] ?? '';
      if (role === 'label') read.push(cell === '' ? null : cell);
      else if (isNone(cell)) read.push(null);
      else if (isNumber(cell) && Number.isFinite(Number(cell))) read.push(Number(cell));
      else return { kind: 'malformed', column: columnAt(cells, index), reason: `"${cell.slice(0, 40)}" in the column "${name}" is not a number`, excerpt: excerptAround(line, offsetOf(cells, index)) };
    }
    const one = cells[source] ?? '';
    const other = cells[target] ?? '';
    if (isBlank(one) && isBlank(other)) return emptyRecord;
    if (isBlank(one) || isBlank(other)) return halfEmpty(isBlank(one) ? 'source' : 'target', columnAt(cells, isBlank(one) ? source : target), line);
    return { kind: 'pair', source: one, target: other, sourceId: cellOf(cells, sourceId), targetId: cellOf(cells, targetId), values: read };
  };

  return { kind: pairs ? 'pair' : 'sentence', valueColumns: values.map(({ name, role }) => ({ name, kind: role === 'score' ? 'score' : 'label' })), read };
};

/** What is wrong with a choice of roles, as a sentence; null where it can be read. */
export const roleProblem = (columns: readonly ImportColumn[]): string | null => {
  const times = (role: ImportColumn['role']): number => columns.filter((column) => column.role === role).length;
  for (const role of ['text', 'source', 'target', 'id', 'source-id', 'target-id'] as const) {
    if (times(role) > 1) return `Two columns have the role "${role}"; only one can.`;
  }
  if (columns.some(({ index }, place) => index !== place)) return 'The columns are not numbered from 0 in their order.';
  if (times('text') === 1 && times('source') + times('target') > 0) return 'A file holds either sentences (a column "text") or pairs ("source" and "target"), not both.';
  if (times('text') === 1) return null;
  if (times('source') === 1 && times('target') === 1) return null;
  if (times('source') + times('target') === 1) return 'Pairs need both a column "source" and a column "target".';
  return 'No column has the role "text", and none the roles "source" and "target": nothing would be imported.';
};

/** Two halves of a Moses pair, line by line; null where one file has ended before the other. */
export const mosesRecord = (source: SplitLine | null, target: SplitLine | null): LineRecord => {
  if (source === null || target === null) {
    const text = (source ?? target)?.text ?? '';
    return { kind: 'malformed', column: 1, reason: `no partner: the ${source === null ? 'source' : 'target'} file has no such line`, excerpt: excerptAround(text, 0) };
  }
  if (source.problem !== null && target.problem !== null) {
    return { kind: 'malformed', ...source.problem, reason: `${source.problem.reason}; the target line too: ${target.problem.reason} (column ${target.problem.column})` };
  }
  if (source.problem !== null) return { kind: 'malformed', ...source.problem };
  if (target.problem !== null) return { kind: 'malformed', ...target.problem };
  if (isBlank(source.text) && isBlank(target.text)) return emptyRecord;
  if (isBlank(source.text)) return halfEmpty('source', 1, target.text);
  if (isBlank(target.text)) return halfEmpty('target', 1, source.text);
  return { kind: 'pair', source: source.text, target: target.text, sourceId: null, targetId: null, values: [] };
};

/** A pair of which one side is missing is told, not dropped silently. */
const halfEmpty = (side: 'source' | 'target', column: number, text: string): MalformedRecord =>
  ({ kind: 'malformed', column, reason: `the ${side} side is empty`, excerpt: excerptAround(text, 0) });

const isBlank = (text: string): boolean => text === '' || text.trim() === '';

const offsetOf = (cells: readonly string[], index: number): number => cells.slice(0, index).reduce((sum, cell) => sum + cell.length + 1, 0);
const columnAt = (cells: readonly string[], index: number): number => cells.slice(0, index).reduce((sum, cell) => sum + codePointLength(cell) + 1, 1);

const wrongWidth = (line: string, cells: readonly string[], width: number): MalformedRecord => {
  // Too many: the place is the first TAB too much; too few: the end of the line.
  const column = cells.length > width ? columnAt(cells, width) - 1 : codePointLength(line) + 1;
  const reason = `${cells.length} ${cells.length === 1 ? 'column' : 'columns'} instead of ${width}`;
  return { kind: 'malformed', column, reason, excerpt: excerptAround(line, cells.length > width ? offsetOf(cells, width) : line.length) };
};

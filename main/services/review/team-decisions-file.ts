import { basename } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { flag as flagSchema, type Decision, type Flag } from '../../contract/pairs.ts';
import { decisionOfKeops } from '../../domain/formats/keops-labels.ts';
import type { SplitLine } from '../../domain/formats/line-splitter.ts';
import { columnsOfNamed, commentSeparator, flagSeparator, namedJudges, reviewColumns, timeOfCell } from '../../domain/review/review-table.ts';
import { linesOfFile } from '../corpora/index.ts';
import { parsedJson } from './json-lines.ts';
import type { Sought } from './team-find-pairs.ts';
import type { Brought, Refused } from './team-merge.ts';

/** Who said it: somebody by name, the adjudicator, or nobody in particular. */
export type Sayer = { readonly name: string } | 'adjudicated' | 'nobody';
export type DecisionRow = Sought & Pick<Brought, 'flags' | 'edits' | 'comments'> & { readonly said: readonly (Omit<Brought['said'][number], 'judge'> & { readonly sayer: Sayer })[] };
export type DecisionsFile = { readonly rows: readonly DecisionRow[]; /** Lines on which nothing was judged. */ readonly silent: number; readonly refused: readonly Refused[] };

/** A line as named cells. */
type Cells = { readonly names: readonly string[]; cell(name: string): string };
type LineReader = (text: string) => Cells | { readonly reason: string };

const longest = { label: 500, reason: 200, name: 200, comment: 10_000 } as const;
/** More names than this are no annotators: the column is another one. */
const mostNames = 100;

/** Reads a table (TSV, or JSON lines as this program writes them) with decisions; every line is taken, silent, or refused with its reason. */
export const readDecisions = async (path: string, signal: AbortSignal): Promise<DecisionsFile> => {
  const rows: DecisionRow[] = [];
  const refused: Refused[] = [];
  const names = new Set<string>();
  let silent = 0;
  let reader: LineReader | null = null;
  for await (const lines of linesOfFile(path, signal)) {
    for (const line of lines) {
      if (reader === null) {
        const isTable = !line.text.startsWith('{');
        reader = isTable ? tableReader(path, line) : jsonReader;
        if (isTable) continue;
      }
      const row = rowOf(line, reader);
      if (row === null) silent += 1;
      else if ('reason' in row) refused.push({ line: line.line, reason: row.reason });
      else {
        rows.push(row);
        for (const { sayer } of row.said) if (typeof sayer === 'object') names.add(sayer.name);
      }
    }
    if (names.size > mostNames) throw new Failure('bad-input', `“${basename(path)}” names more than ${mostNames} annotators.`, { detail: 'Nothing was imported.', hint: 'Check whether its column “annotator” holds names of annotators.' });
  }
  if (rows.length === 0 && refused.length > 0) throw new Failure('malformed-input', `No line of “${basename(path)}” could be read as a judged pair.`, { detail: `Line ${refused[0]?.line ?? 0}: ${refused[0]?.reason ?? ''}. Nothing was imported.` });
  return { rows, silent, refused };
};

const tableReader = (path: string, { text, problem }: SplitLine): LineReader => {
  if (problem !== null) throw new Failure('malformed-input', `The header of “${basename(path)}” cannot be read: ${problem.reason}.`, { detail: 'Nothing was imported.' });
  const names = text.split('\t').map(plainName);
  const places = new Map(names.map((name, at) => [name, at]));
  const has = (name: string): boolean => places.has(name);
  if (!has(reviewColumns.pair) && !(has('source') && has('target'))) throw headerFailure(path, 'neither a column “pair_id” nor “source” and “target”');
  if (!has(reviewColumns.decision) && !has('evaluation') && namedJudges(names).length === 0) throw headerFailure(path, 'no column “decision”');
  return (line) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) return { reason: `${cells.length} ${cells.length === 1 ? 'column' : 'columns'} instead of ${names.length}` };
    return { names, cell: (name) => cells[places.get(name) ?? -1] ?? '' };
  };
};

const headerFailure = (path: string, lack: string): Failure => new Failure('bad-input', `The first line of “${basename(path)}” has ${lack}.`, {
  detail: 'Nothing was imported.', hint: 'Its first line names the columns, with TABs between them: “pair_id” or both “source” and “target”, and “decision” (accept, reject, unsure).',
});

/** Names of annotators keep their letters; all others are written in any case, KEOPS's among them. */
const plainName = (name: string): string => {
  if (name.includes('@')) return name;
  const lower = name.trim().toLowerCase();
  return lower === 'target 1' ? 'target' : lower;
};

const jsonLine = v.object({ source: v.object({ text: v.string() }), target: v.object({ text: v.string() }), values: v.record(v.string(), v.nullable(v.union([v.string(), v.number()]))) });

const jsonReader: LineReader = (line) => {
  const parsed = v.safeParse(jsonLine, parsedJson(line));
  if (!parsed.success) return { reason: 'not a pair as JSON lines have it: {"source": {"text": …}, "target": {"text": …}, "values": {…}}' };
  const { source, target, values } = parsed.output;
  const cells = new Map(Object.entries(values));
  return { names: [...cells.keys()], cell: (name) => (name === 'source' ? source.text : name === 'target' ? target.text : String(cells.get(name) ?? '')) };
};

/** Null: nothing was judged there. */
const rowOf = ({ line, text, problem }: SplitLine, read: LineReader): DecisionRow | { readonly reason: string } | null => {
  if (problem !== null) return { reason: problem.reason };
  if (text.trim() === '') return null;
  const cells = read(text);
  if ('reason' in cells) return cells;
  const { cell } = cells;
  const said = saidIn(cells);
  const flags = cell(reviewColumns.flags).split(flagSeparator).filter((flag) => flag !== '');
  const comments = cell(reviewColumns.comments).split(commentSeparator).filter((comment) => comment !== '');
  const reason = [...said.flatMap((one) => ('wrong' in one ? [one.wrong] : [])), ...flags.filter((flag) => !isFlag(flag)).map((flag) => `“${excerpt(flag)}” is no flag (${flagSchema.options.join(', ')})`),
    ...comments.filter((comment) => comment.length > longest.comment).map(() => `a comment is longer than ${longest.comment} characters`)][0];
  if (reason !== undefined) return { reason };
  const [source, target] = [cell('source'), cell('target')];
  const originals = { source: cell(reviewColumns.sourceOriginal), target: cell(reviewColumns.targetOriginal) };
  const edits = [{ side: 'source' as const, to: source }, { side: 'target' as const, to: target }].filter(({ side }) => originals[side] !== '').map((edit) => ({ ...edit, from: null }));
  const spoken = said.flatMap((one) => ('wrong' in one ? [] : [one]));
  if (spoken.length + flags.length + comments.length + edits.length === 0) return null;
  const number = cell(reviewColumns.pair);
  return {
    line, pair: /^\d{1,10}$/.test(number) ? Number(number) : null, texts: source === '' && target === '' ? null : [originals.source || source, originals.target || target],
    said: spoken, flags: flags.filter(isFlag), edits, comments,
  };
};

type SaidCell = DecisionRow['said'][number] | { readonly wrong: string };

const saidIn = ({ names, cell }: Cells): readonly SaidCell[] => {
  const judges = namedJudges(names);
  if (judges.length > 0) return judges.flatMap((name) => saidBy(cell, columnsOfNamed(name), name === null ? 'adjudicated' : { name: name.normalize('NFC').trim() }));
  const name = cell(reviewColumns.annotator).normalize('NFC').trim();
  const sayer: Sayer = name === '' ? 'nobody' : { name };
  const keops = cell(reviewColumns.decision) === '' ? decisionOfKeops(cell('evaluation').trim()) : null;
  return keops === null ? saidBy(cell, reviewColumns, sayer) : [{ ...keops, reason: null, at: null, sayer }];
};

const saidBy = (cell: Cells['cell'], columns: ReturnType<typeof columnsOfNamed>, sayer: Sayer): readonly SaidCell[] => {
  const word = cell(columns.decision).trim().toLowerCase();
  if (word === '' || word === 'none') return [];
  const [label, reason, time] = [cell(columns.label), cell(columns.reason), cell(columns.time)];
  const at = time === '' ? null : timeOfCell(time);
  if (!isJudgement(word)) return [{ wrong: word === 'conflict' ? 'a conflict is nobody’s decision, and the file does not say who said what' : `“${excerpt(word)}” is not a decision (accept, reject, unsure)` }];
  if (time !== '' && at === null) return [{ wrong: `“${excerpt(time)}” is not a time (2026-01-31T12:05:09Z)` }];
  if (label.length > longest.label || reason.length > longest.reason) return [{ wrong: 'the label or the reason is too long to be one' }];
  if (typeof sayer === 'object' && (sayer.name === '' || sayer.name.length > longest.name)) return [{ wrong: 'the name of an annotator is empty or too long' }];
  return [{ decision: word, label: label === '' ? null : label, reason: reason === '' ? null : reason, at, sayer }];
};

const isJudgement = (word: string): word is Extract<Decision, 'accept' | 'reject' | 'unsure'> => word === 'accept' || word === 'reject' || word === 'unsure';
const isFlag = (word: string): word is Flag => (flagSchema.options as readonly string[]).includes(word);
const excerpt = (text: string): string => text.slice(0, 40);

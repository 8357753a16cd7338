import type { ColumnRole, ImportColumn } from '../../contract/corpora.ts';
import { isKnownLanguage, normaliseLanguage } from '../text/language-code.ts';

/**
 * What the columns of a TAB-separated table are, guessed from its first rows.
 *
 * Corpora have no quoting: a quotation mark is text, so no CSV rules. A header is told by names that corpus tools use (LASER, bicleaner, Bitextor, OPUS, this
 * program's own exports) or by a word over a column of numbers. Without one, the shape of the values decides.
 */

export type TableGuess = {
  readonly header: boolean;
  readonly columns: readonly ImportColumn[];
  /** Languages that the header names (`de<TAB>en`). */
  readonly language: string | null;
  readonly targetLanguage: string | null;
  readonly warnings: readonly string[];
};

const namesOfRoles: ReadonlyArray<readonly [ColumnRole, readonly string[]]> = [
  ['source', ['source', 'src', 'source_text', 'src_text', 'source_sentence', 'src_sentence', 'sentence1', 'sent1', 'text1', 's1', 'source_segment', 'original']],
  ['target', ['target', 'trg', 'tgt', 'target_text', 'trg_text', 'tgt_text', 'target_sentence', 'trg_sentence', 'tgt_sentence', 'sentence2', 'sent2', 'text2', 's2', 'translation', 'mt', 'hypothesis', 'target_segment']],
  ['source-id', ['source_id', 'src_id', 'sourceid', 'srcid', 'id1', 'src_line']],
  ['target-id', ['target_id', 'trg_id', 'tgt_id', 'targetid', 'trgid', 'tgtid', 'id2', 'trg_line']],
  ['id', ['id', 'sentence_id', 'sent_id', 'sid', 'key', 'line', 'index', 'segment_id', 'seg_id', 'no', 'uid', 'verse']],
  ['text', ['text', 'sentence', 'segment', 'content', 'body', 'paragraph']],
  ['score', [
    'score', 'margin', 'cosine', 'cos', 'sim', 'similarity', 'laser', 'laser_score', 'labse', 'bicleaner', 'bicleaner_score', 'bicleaner_ai', 'bicleaner_ai_score', 'bifixer_score',
    'comet', 'comet_kiwi', 'cometkiwi', 'bleu', 'chrf', 'ter', 'probability', 'logprob', 'z', 'z_mean', 'da', 'mean', 'mqm', 'length_ratio', 'bleualign_score',
  ]],
];

const rolesByName: ReadonlyMap<string, ColumnRole> = new Map(namesOfRoles.flatMap(([role, names]) => names.map((name) => [name, role] as const)));

const plainName = (name: string): string => name.trim().toLowerCase().replaceAll(/[\s.-]+/g, '_');

/** Numbers as tools print them; the empty string and the words for "none" are no numbers. */
const numberShape = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const noneShape = /^\s*(?:nan|na|n\/a|none|null|-)?\s*$/i;

export const isNumber = (cell: string): boolean => numberShape.test(cell);
/** An empty cell, `NaN`, `NA`, `none`, `-`: no value. */
export const isNone = (cell: string): boolean => noneShape.test(cell);

/** How many columns a sample has: the commonest number, when at least four rows in five have it; else 1. */
export const columnCount = (lines: readonly string[]): number => {
  const counts = new Map<number, number>();
  const filled = lines.filter((line) => line !== '');
  for (const line of filled) {
    const columns = line.split('\t').length;
    counts.set(columns, (counts.get(columns) ?? 0) + 1);
  }
  const [columns, rows] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [1, 0]);
  return rows >= filled.length * 0.8 ? columns : 1;
};

/** `rows` are the first rows, the possible header among them, all of the same width. */
export const guessColumns = (rows: readonly (readonly string[])[]): TableGuess => {
  const [head = [], ...body] = rows;
  const width = head.length;
  const header = looksLikeHeader(head, body);
  const values = header && body.length > 0 ? body : rows;
  const shapes = Array.from({ length: width }, (_, index) => shapeOf(values.map((row) => row[index] ?? '')));
  const named = header ? rolesOfNames(head) : null;
  const roles = named?.roles ?? Array.from({ length: width }, () => null);
  const settled = settleRoles(roles, shapes);
  const names = header ? uniqueNames(head) : uniqueNames(settled.map(nameOfRole));
  const left: string[] = [];
  const columns = settled.map((role, index): ImportColumn => {
    const name = names[index] ?? `column ${index + 1}`;
    if (role === 'label' && shapes[index]?.long === true) {
      left.push(`"${name}"`);
      return { index, name, role: 'ignore' };
    }
    return { index, name, role };
  });
  return { header, columns, language: named?.language ?? null, targetLanguage: named?.targetLanguage ?? null, warnings: warningsOf(columns, shapes, left) };
};

const warningsOf = (columns: readonly ImportColumn[], shapes: readonly Shape[], left: readonly string[]): string[] => {
  const warnings: string[] = [];
  if (left.length === 1) warnings.push(`The column ${left.join('')} holds long text or addresses that would make poor labels; it is left out unless you give it a role.`);
  if (left.length > 1) warnings.push(`The columns ${left.join(', ')} hold long text or addresses that would make poor labels; they are left out unless you give them a role.`);
  if (columns.some(({ index, role }) => role === 'text' && shapes[index]?.key === true)) warnings.push('No column looks like text: all values look like ids or numbers.');
  return warnings;
};

/** True where the columns make pairs, false where they make sentences. */
export const makesPairs = (columns: readonly ImportColumn[]): boolean => columns.some(({ role }) => role === 'source') && columns.some(({ role }) => role === 'target');

type Shape = {
  readonly numeric: boolean;
  /** Short, without blanks, no two alike, with a digit somewhere: a name for a row. */
  readonly key: boolean;
  /** Whole numbers, each larger than the one before. */
  readonly counting: boolean;
  /** Mean characters of a cell. */
  readonly length: number;
  readonly long: boolean;
  /** Share of distinct values. */
  readonly distinct: number;
};

const shapeOf = (cells: readonly string[]): Shape => {
  const filled = cells.filter((cell) => !isNone(cell));
  const share = (test: (cell: string) => boolean): number => (filled.length === 0 ? 0 : filled.filter(test).length / filled.length);
  const distinct = filled.length === 0 ? 0 : new Set(filled).size / filled.length;
  const length = filled.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, filled.length);
  const numeric = share(isNumber) >= 0.95;
  return {
    numeric, distinct, length,
    key: distinct > 0.98 && length <= 64 && share((cell) => !/\s|^https?:/.test(cell)) >= 0.98 && share((cell) => /\d/.test(cell)) >= 0.9,
    counting: numeric && filled.length > 1 && filled.every((cell, at) => /^\d+$/.test(cell) && (at === 0 || Number(cell) > Number(filled[at - 1]))),
    long: length > 40 || share((cell) => /^https?:\/\//.test(cell)) > 0.5 || (distinct > 0.6 && filled.length >= 20),
  };
};

const looksLikeHeader = (head: readonly string[], body: readonly (readonly string[])[]): boolean => {
  if (head.some((cell) => isNumber(cell) || cell.length > 40)) return false;
  if (new Set(head.map(plainName)).size < head.length) return false;
  const known = head.filter((cell) => rolesByName.has(plainName(cell))).length;
  if (known >= Math.max(1, head.length / 3) && head.every((cell) => cell.trim() !== '')) return true;
  if (head.length >= 2 && head.every((cell) => isLanguageName(cell))) return true;
  return head.some((cell, index) => cell.trim() !== '' && !isNone(cell) && body.length > 0 && shapeOf(body.map((row) => row[index] ?? '')).numeric);
};

const isLanguageName = (cell: string): boolean => /^[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?$/.test(cell.trim()) && isKnownLanguage(cell);

type Named = { readonly roles: readonly (ColumnRole | null)[]; readonly language: string | null; readonly targetLanguage: string | null };

const rolesOfNames = (head: readonly string[]): Named => {
  const taken = new Set<ColumnRole>();
  const roles = head.map((cell): ColumnRole | null => {
    const role = rolesByName.get(plainName(cell)) ?? null;
    if (role === null || role === 'score') return role;
    if (taken.has(role)) return null;
    taken.add(role);
    return role;
  });
  if (taken.has('source') || taken.has('target') || taken.has('text')) return { roles, language: null, targetLanguage: null };
  const languages = head.map((cell, index) => (roles[index] === null && isLanguageName(cell) ? normaliseLanguage(cell) : null));
  const [source, target] = languages.flatMap((language, index) => (language === null ? [] : [{ language, index }]));
  if (source === undefined) return { roles, language: null, targetLanguage: null };
  const completed = roles.map((role, index): ColumnRole | null => {
    if (index === source.index) return target === undefined ? 'text' : 'source';
    return index === target?.index ? 'target' : role;
  });
  return { roles: completed, language: source.language, targetLanguage: target?.language ?? null };
};

/** Gives every column a role: names first, then the longest columns become the text, numbers become scores, words labels. */
const settleRoles = (named: readonly (ColumnRole | null)[], shapes: readonly Shape[]): readonly ColumnRole[] => {
  const roles = [...named];
  const has = (role: ColumnRole): boolean => roles.includes(role);
  const open = (test: (shape: Shape) => boolean): number[] =>
    shapes.flatMap((shape, index) => (roles[index] === null && test(shape) ? [index] : []));
  if (!has('text') && !has('source') && !has('target')) {
    const texts = textColumns(open((shape) => !shape.numeric), shapes);
    const [first, second] = texts;
    if (first !== undefined && second !== undefined) { roles[first] = 'source'; roles[second] = 'target'; } else if (first !== undefined) roles[first] = 'text';
  }
  // One side is named and the other is not: the longest open column.
  for (const [mine, other] of [['source', 'target'], ['target', 'source']] as const) {
    const candidate = textColumns(open((shape) => !shape.numeric), shapes)[0];
    if (has(other) && !has(mine) && candidate !== undefined) roles[candidate] = mine;
  }
  const pairs = has('source') && has('target');
  const keys = open((shape) => shape.key && (!shape.numeric || shape.counting));
  if (!pairs && !has('id') && keys[0] !== undefined) roles[keys[0]] = 'id';
  if (pairs && !has('id') && !has('source-id') && !has('target-id')) {
    const [first, second] = keys;
    if (first !== undefined && second !== undefined) { roles[first] = 'source-id'; roles[second] = 'target-id'; } else if (first !== undefined) roles[first] = 'id';
  }
  return roles.map((role, index) => {
    if (role === 'score' && shapes[index]?.numeric === false) return 'label';
    if (role !== null) return role;
    if (shapes[index]?.numeric === true) return pairs ? 'score' : 'ignore';
    return pairs ? 'label' : 'ignore';
  });
};

/** The one or two columns that are text, in their order. A key beside a text is no second text. */
const textColumns = (open: readonly number[], shapes: readonly Shape[]): readonly number[] => {
  const length = (index: number): number => shapes[index]?.length ?? 0;
  const proper = open.filter((index) => shapes[index]?.key !== true);
  const longest = proper.toSorted((a, b) => length(b) - length(a) || a - b).slice(0, 2);
  const [first, second] = longest;
  if (first === undefined) return open.slice(0, 1);
  // The second text may be much shorter (Chinese beside English), but a label column is shorter still and repeats itself.
  if (second === undefined || length(second) < length(first) / 8 || (shapes[second]?.distinct ?? 0) < 0.3) return [first];
  return longest.toSorted((a, b) => a - b);
};

const nameOfRole = (role: ColumnRole): string => (role === 'ignore' ? 'column' : role.replace('-', '_'));

const uniqueNames = (names: readonly string[]): readonly string[] => {
  const seen = new Map<string, number>();
  return names.map((raw, index) => {
    const name = raw.trim() === '' ? `column ${index + 1}` : raw.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
};

import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { PairOrigin, Predicate } from '../contract/pairs.ts';
import { checkMask } from '../domain/review/checks/check-ids.ts';
import type { Column } from './api.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { columnNamed } from './numbers.ts';
import type { Numbers, NumbersStore } from './numbers.ts';
import { firstWhere } from './order.ts';
import type { StoredBlock } from './pair-blocks.ts';
import type { PairFiles } from './pair-files.ts';
import { checksColumn, columnsOfJudge, decisionCode, decisionColumn, decisionReject, detectedLanguageColumns, flagBits, flagsColumn, ignoredColumn, markBits, marksColumn } from './review-columns.ts';
import { cutOf, isKept } from './select.ts';
import type { TextFilters } from './text-filters.ts';

/** Writes 1 or 0 for every pair of a chunk. */
export type ChunkTest = (no: number, marks: Uint8Array) => void;

/** A predicate that can be asked, chunk by chunk. */
export type Filter = {
  readonly test: ChunkTest;
  /** Brings into memory what the test reads. From then on it may be asked, and finds some of what matches and nothing else. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Searches the texts, after which the test finds all of it. */
  search(signal: AbortSignal): Promise<void>;
};

/** @throws Failure `bad-input` where a predicate asks for what these pairs do not have. */
export type Filters = { compile(origin: PairOrigin, block: StoredBlock, predicate: Predicate): Filter };

type Kind<Name extends Predicate['kind']> = Extract<Predicate, { readonly kind: Name }>;
type Relation = Kind<'number'>['relation'];
type Parts = { readonly sql: Sql; readonly columns: ColumnStore; readonly numbers: NumbersStore; readonly texts: TextFilters; readonly files: PairFiles; /** Pairs of a queue's view, in its order. */ readonly queued: (view: string) => Uint32Array };

const nothing = async (): Promise<void> => undefined;

/** To add a kind of filter: its case here, and a line in the table of `predicates.test.ts`. */
export const createFilters = ({ sql, columns, numbers, texts, files, queued }: Parts): Filters => {
  /** `denied`: the predicate stands under an odd number of `not`, so that what is unknown yet has to count as a match. */
  const compile = (origin: PairOrigin, block: StoredBlock, predicate: Predicate, denied: boolean): Filter => {
    const at = (test: ChunkTest): Filter => ({ prepare: nothing, search: nothing, test });
    switch (predicate.kind) {
      case 'number': return numberFilter(origin, predicate);
      case 'label': return at(labelTest(origin, predicate));
      case 'text': {
        const sides = predicate.side === 'either' ? ['source', 'target'] as const : [predicate.side];
        return joint('any', sides.map((side) => texts.compile(block, side, predicate, denied)));
      }
      case 'kept': return at(keptTest(origin, (kept) => (kept ?? true) === predicate.value));
      case 'dropReason': return at(keptTest(origin, (kept, decision) => kept === false && (decision === decisionReject) === (predicate.value === 'rejected')));
      case 'decision': {
        const code = decisionCode(predicate.value);
        return at(byteTest(origin, predicate.by === null ? decisionColumn : columnsOfJudge(predicate.by).decision, (value) => value === code));
      }
      case 'flag': return at(bitTest(origin, flagsColumn, flagBits[predicate.flag], predicate.value));
      case 'mark': return at(bitTest(origin, marksColumn, markBits[predicate.mark], predicate.value));
      case 'check': return at(bitTest(origin, predicate.state === 'open' ? checksColumn : ignoredColumn, maskOf(predicate.check), true));
      case 'file': return files.compile(block, predicate.side, predicate.name);
      case 'language': return at(constantTest(predicate.value === sql.value<string>('SELECT language FROM collection WHERE id = ?', block[predicate.side])));
      case 'otherLanguage': {
        const sides = predicate.side === 'either' ? ['source', 'target'] as const : [predicate.side];
        return joint('any', sides.map((side) => at(otherLanguageTest(origin, block, side))));
      }
      case 'queue': return at(pairsTest(block, queued(predicate.view)));
      case 'pairs': return at(pairsTest(block, predicate.ids));
      case 'not': return inverse(compile(origin, block, predicate.of, !denied));
      case 'all': case 'any': return joint(predicate.kind, predicate.of.map((part) => compile(origin, block, part, denied)));
    }
  };

  const numberFilter = (origin: PairOrigin, { column, relation, value }: Kind<'number'>): Filter => {
    if (!numbers.isKnown(origin, column)) columnNamed(columns, origin, column);
    let known: Numbers | null = null;
    return {
      prepare: async (signal) => { known = await numbers.named(origin, column, signal); },
      search: nothing,
      test: (no, marks) => markNumbers(marks, known?.chunk(no) ?? [], relation, value),
    };
  };
  const labelTest = (origin: PairOrigin, { column: name, value }: Kind<'label'>): ChunkTest => {
    const column = columnNamed(columns, origin, name);
    if (column.kind !== 'label') throw new Failure('bad-input', `Column “${name}” holds numbers, not labels.`);
    const code = value === '' ? 0 : columns.labels(column).indexOf(value) + 1;
    if (code === 0 && value !== '') return constantTest(false);
    return (no, marks) => markNumbers(marks, columns.chunk(column, no), '=', code);
  };
  /** The detectors name the language that was expected as it was said. */
  const otherLanguageTest = (origin: PairOrigin, block: StoredBlock, side: 'source' | 'target'): ChunkTest => {
    const column = columns.find(origin, detectedLanguageColumns[side]);
    if (column === null) throw knownFailure('languages-unasked');
    const own = columns.labels(column).indexOf(sql.value<string>('SELECT language FROM collection WHERE id = ?', block[side]) ?? 'und') + 1;
    return (no, marks) => {
      const values = columns.chunk(column, no);
      for (let place = 0; place < marks.length; place += 1) { const value = values[place] ?? 0; marks[place] = value !== 0 && value !== own ? 1 : 0; }
    };
  };
  /** A column that nobody has written yet is 0 for all pairs. */
  const byteTest = (origin: PairOrigin, name: string, isWanted: (value: number) => boolean): ChunkTest => {
    const column = columns.find(origin, name);
    if (column === null) return constantTest(isWanted(0));
    const answers = Uint8Array.from({ length: 256 }, (_, value) => Number(isWanted(value)));
    return (no, marks) => {
      const values = columns.chunk(column, no);
      for (let at = 0; at < marks.length; at += 1) marks[at] = answers[values[at] ?? 0] ?? 0;
    };
  };
  const bitTest = (origin: PairOrigin, name: string, mask: number, wanted: boolean): ChunkTest => {
    const column = columns.find(origin, name);
    if (column === null) return constantTest(!wanted);
    return (no, marks) => {
      const values = columns.chunk(column, no);
      for (let at = 0; at < marks.length; at += 1) {
        const isSet = ((values[at] ?? 0) & mask) !== 0;
        marks[at] = isSet === wanted ? 1 : 0;
      }
    };
  };
  const keptTest = (origin: PairOrigin, isWanted: (kept: boolean | null, decision: number) => boolean): ChunkTest => {
    const cut = cutOf(sql, origin);
    const margin: Column | null = cut === null ? null : columnNamed(columns, origin, 'margin');
    const decision = columns.find(origin, decisionColumn);
    return (no, marks) => {
      const margins = margin === null ? null : columns.chunk(margin, no);
      const decisions = decision === null ? null : columns.chunk(decision, no);
      for (let at = 0; at < marks.length; at += 1) {
        const decided = decisions === null ? 0 : decisions[at] ?? 0;
        marks[at] = isWanted(isKept(cut, margins === null ? Number.NaN : margins[at] ?? Number.NaN, decided), decided) ? 1 : 0;
      }
    };
  };
  return { compile: (origin, block, predicate) => compile(origin, block, predicate, false) };
};

const constantTest = (matches: boolean): ChunkTest => (_, marks) => void marks.fill(Number(matches));

const pairsTest = (block: StoredBlock, ids: ArrayLike<number>): ChunkTest => {
  const places = Float64Array.from(ids, (id) => id - block.first).sort();
  return (no, marks) => {
    marks.fill(0);
    const base = no * chunkLength;
    for (let next = firstWhere(places.length, (place) => (places[place] ?? 0) >= base); next < places.length; next += 1) {
      const at = (places[next] ?? 0) - base;
      if (at >= marks.length) break;
      marks[at] = 1;
    }
  };
};

const maskOf = (check: string): number => {
  if (check === 'any') return -1;
  const mask = checkMask(check);
  if (mask === 0) throw new Failure('bad-input', `There is no check “${check}”.`);
  return mask;
};

const inverse = ({ test, ...rest }: Filter): Filter => ({
  ...rest,
  test: (no, marks) => {
    test(no, marks);
    for (let at = 0; at < marks.length; at += 1) marks[at] = 1 - (marks[at] ?? 0);
  },
});

const joint = (kind: 'all' | 'any', parts: readonly Filter[]): Filter => {
  const others = new Uint8Array(chunkLength);
  return {
    prepare: async (signal) => void await Promise.all(parts.map((part) => part.prepare(signal))),
    search: async (signal) => void await Promise.all(parts.map((part) => part.search(signal))),
    test: (no, marks) => {
      const theirs = others.subarray(0, marks.length);
      marks.fill(kind === 'all' ? 1 : 0);
      for (const { test } of parts) {
        test(no, theirs);
        if (kind === 'all') for (let at = 0; at < marks.length; at += 1) marks[at] = (marks[at] ?? 0) & (theirs[at] ?? 0);
        else for (let at = 0; at < marks.length; at += 1) marks[at] = (marks[at] ?? 0) | (theirs[at] ?? 0);
      }
    },
  };
};

/** One loop a relation: a comparison function would be called a million times. NaN, a missing number, matches nothing. */
const markNumbers = (marks: Uint8Array, values: ArrayLike<number>, relation: Relation, value: number): void => {
  const length = marks.length;
  switch (relation) {
    case '=': for (let at = 0; at < length; at += 1) marks[at] = (values[at] ?? NaN) === value ? 1 : 0; break;
    case '!=': for (let at = 0; at < length; at += 1) { const v = values[at] ?? NaN; marks[at] = v === v && v !== value ? 1 : 0; } break;
    case '<': for (let at = 0; at < length; at += 1) marks[at] = (values[at] ?? NaN) < value ? 1 : 0; break;
    case '<=': for (let at = 0; at < length; at += 1) marks[at] = (values[at] ?? NaN) <= value ? 1 : 0; break;
    case '>': for (let at = 0; at < length; at += 1) marks[at] = (values[at] ?? NaN) > value ? 1 : 0; break;
    case '>=': for (let at = 0; at < length; at += 1) marks[at] = (values[at] ?? NaN) >= value ? 1 : 0; break;
  }
};

import { Failure } from '../contract/errors.ts';
import { keeps } from '../domain/mine/margin.ts';
import type { PairOrigin, Predicate } from '../contract/pairs.ts';
import type { Column } from './api.ts';
import { decisionAccept, decisionReject } from './api.ts';
import { chunkLength } from './column-data.ts';
import { decisionColumn } from './columns.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import type { Pacer } from './pacer.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import { createTextMatches } from './text-matches.ts';

/** What matched: one byte a pair of the block, 1 or 0, and how many are 1. */
export type Selection = { readonly block: StoredBlock; readonly marks: Uint8Array; readonly count: number };

export type Select = (origin: PairOrigin, predicate: Predicate | null, pace: Pacer) => Promise<Selection>;

type Relation = Extract<Predicate, { readonly kind: 'number' }>['relation'];

/** The one evaluator of predicates: views, counts, histograms, bulk operations and export all stand on it. */
export const createSelect = (sql: Sql, blocks: PairBlocks, columns: ColumnStore): Select => {
  const textMatches = createTextMatches(sql);

  const evaluate = async (origin: PairOrigin, block: StoredBlock, predicate: Predicate, pace: Pacer): Promise<Uint8Array> => {
    const marks = new Uint8Array(block.count);
    switch (predicate.kind) {
      case 'number':
        await markNumbers(marks, columns, columnNamed(columns, origin, predicate.column), predicate.relation, predicate.value, pace);
        return marks;
      case 'label': {
        const column = columnNamed(columns, origin, predicate.column);
        if (column.kind !== 'label') throw new Failure('bad-input', `Column “${predicate.column}” holds numbers, not labels.`);
        const code = predicate.value === '' ? 0 : columns.labels(column).indexOf(predicate.value) + 1;
        if (code > 0 || predicate.value === '') await markNumbers(marks, columns, column, '=', code, pace);
        return marks;
      }
      case 'text':
        for (const side of ['source', 'target'] as const) {
          if (predicate.side !== 'either' && predicate.side !== side) continue;
          await markTexts(marks, blocks, block, side, await textMatches(block[side], predicate.contains, predicate.matchCase, pace), pace);
        }
        return marks;
      case 'kept':
        await markKept(marks, columns, origin, cutOf(sql, origin), predicate.value, pace);
        return marks;
      case 'all': case 'any':
        if (predicate.kind === 'all') marks.fill(1);
        for (const part of predicate.of) {
          const others = await evaluate(origin, block, part, pace);
          if (predicate.kind === 'all') for (let at = 0; at < marks.length; at += 1) marks[at] = (marks[at] ?? 0) & (others[at] ?? 0);
          else for (let at = 0; at < marks.length; at += 1) marks[at] = (marks[at] ?? 0) | (others[at] ?? 0);
          await pace();
        }
        return marks;
    }
  };

  return async (origin, predicate, pace) => {
    const block = blocks.get(origin);
    if (predicate === null) return { block, marks: new Uint8Array(block.count).fill(1), count: block.count };
    const marks = await evaluate(origin, block, predicate, pace);
    let count = 0;
    for (let at = 0; at < marks.length; at += 1) count += marks[at] ?? 0;
    return { block, marks, count };
  };
};

/** Ids of what was selected, ascending. */
export const selectedIds = ({ block, marks, count }: Selection): Uint32Array => {
  const ids = new Uint32Array(count);
  let next = 0;
  for (let at = 0; at < marks.length; at += 1) if (marks[at] === 1) ids[next++] = block.first + at;
  return ids;
};

/** The cut of the origin's run; null where none is placed, or the origin is a bitext as it was imported. */
export const cutOf = (sql: Sql, origin: PairOrigin): number | null => ('run' in origin ? sql.value<number | null>('SELECT cut FROM run WHERE id = ?', origin.run) ?? null : null);

/** Null where neither a cut nor a decision says anything. A decision wins over the cut; a pair without a margin is below every cut. */
export const isKept = (cut: number | null, margin: number, decision: number): boolean | null => {
  if (decision === decisionAccept) return true;
  if (decision === decisionReject) return false;
  return cut === null ? null : keeps(cut, margin);
};

export const columnNamed = (columns: ColumnStore, origin: PairOrigin, name: string): Column => {
  const column = columns.find(origin, name);
  if (column === null) {
    const names = columns.list(origin).map((known) => `“${known.name}”`).join(', ');
    throw new Failure('bad-input', `These pairs have no column “${name}”.`, { hint: names === '' ? 'They have no columns at all.' : `Their columns are ${names}.` });
  }
  return column;
};

const markNumbers = async (marks: Uint8Array, columns: ColumnStore, column: Column, relation: Relation, value: number, pace: Pacer): Promise<void> => {
  for (let base = 0; base < marks.length; base += chunkLength) {
    const values = columns.chunk(column, base / chunkLength);
    const length = Math.min(chunkLength, marks.length - base);
    // One loop a relation: a comparison function would be called a million times. NaN, a missing number, matches nothing.
    switch (relation) {
      case '=': for (let at = 0; at < length; at += 1) marks[base + at] = (values[at] ?? NaN) === value ? 1 : 0; break;
      case '!=': for (let at = 0; at < length; at += 1) { const v = values[at] ?? NaN; marks[base + at] = v === v && v !== value ? 1 : 0; } break;
      case '<': for (let at = 0; at < length; at += 1) marks[base + at] = (values[at] ?? NaN) < value ? 1 : 0; break;
      case '<=': for (let at = 0; at < length; at += 1) marks[base + at] = (values[at] ?? NaN) <= value ? 1 : 0; break;
      case '>': for (let at = 0; at < length; at += 1) marks[base + at] = (values[at] ?? NaN) > value ? 1 : 0; break;
      case '>=': for (let at = 0; at < length; at += 1) marks[base + at] = (values[at] ?? NaN) >= value ? 1 : 0; break;
    }
    await pace();
  }
};

const markTexts = async (marks: Uint8Array, blocks: PairBlocks, block: StoredBlock, side: 'source' | 'target', matches: Uint8Array, pace: Pacer): Promise<void> => {
  for (let base = 0; base < marks.length; base += chunkLength) {
    const { sources, targets } = blocks.chunk(block, base / chunkLength);
    const ordinals = side === 'source' ? sources : targets;
    for (let at = 0; at < ordinals.length; at += 1) marks[base + at] = (marks[base + at] ?? 0) | (matches[ordinals[at] ?? 0] ?? 0);
    await pace();
  }
};

const markKept = async (marks: Uint8Array, columns: ColumnStore, origin: PairOrigin, cut: number | null, wanted: boolean, pace: Pacer): Promise<void> => {
  const margin = cut === null ? null : columnNamed(columns, origin, 'margin');
  const decision = columns.find(origin, decisionColumn);
  for (let base = 0; base < marks.length; base += chunkLength) {
    const no = base / chunkLength;
    const margins = margin === null ? null : columns.chunk(margin, no);
    const decisions = decision === null ? null : columns.chunk(decision, no);
    const length = Math.min(chunkLength, marks.length - base);
    for (let at = 0; at < length; at += 1) {
      const kept = isKept(cut, margins === null ? NaN : margins[at] ?? NaN, decisions === null ? 0 : decisions[at] ?? 0) ?? true;
      marks[base + at] = kept === wanted ? 1 : 0;
    }
    await pace();
  }
};

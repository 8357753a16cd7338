import type { Decision, Flag } from '../contract/pairs.ts';
import { checks } from '../domain/review/checks/check-ids.ts';
import type { Column, Facets, FacetsRequest } from './api.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import { createPacer } from './pacer.ts';
import type { PairFiles } from './pair-files.ts';
import { checksColumn, columnsOfJudge, decisionColumn, decisionNames, flagBits, flagsColumn, ignoredColumn, markBits, marksColumn } from './review-columns.ts';
import type { Select } from './select.ts';

/** Values named of each list of files and labels. */
const named = 50;

/** How often each value stands in the pairs that are marked; `add` takes them chunk by chunk. */
type Tally = { readonly counts: Uint32Array; add(no: number, marks: Uint8Array): void };

/** How many of the pairs that match carry each value, all of it in one walk over the columns. */
export const createFacets = (columns: ColumnStore, files: PairFiles, select: Select) => async ({ origin, predicate, by }: FacetsRequest, signal?: AbortSignal): Promise<Facets> => {
  const { block, marks, count, total } = await select(origin, predicate, signal);
  const values = (name: string, size: number): Tally => ofValues(size, chunksOf(columns, columns.find(origin, name)));
  const bits = (name: string): Tally => ofBits(chunksOf(columns, columns.find(origin, name)));
  const judge = by === null ? null : columnsOfJudge(by);
  const decisions = values(judge?.decision ?? decisionColumn, decisionNames.length);
  const [flags, marked, open, ignored] = [bits(flagsColumn), bits(marksColumn), bits(checksColumn), bits(ignoredColumn)];
  const labels = [...columns.list(origin), columns.find(origin, judge?.label ?? ''), columns.find(origin, judge?.reason ?? '')]
    .filter((column) => column?.kind === 'label').filter((column) => column !== null)
    .map((column) => ({ column: column.name, names: columns.labels(column), tally: ofValues(columns.labels(column).length + 1, (no) => columns.chunk(column, no)) }));
  const sides = await Promise.all((['source', 'target'] as const).map(async (side) => {
    const { names, chunk } = await files.of(block, side, signal);
    const places = new Uint32Array(chunkLength);
    return { side, names, tally: ofValues(names.length, names.length < 2 ? null : (no) => { chunk(no, places); return places; }) };
  }));
  const tallies = [decisions, flags, marked, open, ignored, ...labels.map(({ tally }) => tally), ...sides.map(({ tally }) => tally)];
  const pace = createPacer(signal);
  for (let no = 0; no * chunkLength < marks.length; no += 1) {
    for (const tally of tallies) {
      tally.add(no, marks.subarray(no * chunkLength, (no + 1) * chunkLength));
      await pace();
    }
  }
  return {
    count, total,
    decisions: Object.fromEntries(decisionNames.map((name, code) => [name, decisions.counts[code] ?? 0])) as Record<Decision, number>,
    flags: Object.fromEntries(Object.entries(flagBits).map(([name, mask]) => [name, flags.counts[Math.log2(mask)] ?? 0])) as Record<Flag, number>,
    edited: marked.counts[Math.log2(markBits.edited)] ?? 0, commented: marked.counts[Math.log2(markBits.commented)] ?? 0,
    checks: checks.map(({ id, bit }) => ({ check: id, open: open.counts[bit] ?? 0, ignored: ignored.counts[bit] ?? 0 })),
    files: sides.flatMap(({ side, names, tally }) => mostFrequent(names, tally.counts).map(({ value, ...rest }) => ({ side, name: value, ...rest }))),
    labels: labels.flatMap(({ column, names, tally }) => mostFrequent(names, tally.counts.subarray(1)).map((found) => ({ column, ...found }))),
  };
};

type Chunks = (no: number) => ArrayLike<number>;

const chunksOf = (columns: ColumnStore, column: Column | null): Chunks | null => (column === null ? null : (no) => columns.chunk(column, no));

/** Null: all values are 0, because nobody has written the column. */
const ofValues = (size: number, chunk: Chunks | null): Tally => {
  const counts = new Uint32Array(size);
  return {
    counts,
    add: (no, marks) => {
      if (chunk === null) {
        for (let at = 0; at < marks.length; at += 1) counts[0] = (counts[0] ?? 0) + (marks[at] ?? 0);
        return;
      }
      const values = chunk(no);
      for (let at = 0; at < marks.length; at += 1) {
        const value = values[at] ?? 0;
        counts[value] = (counts[value] ?? 0) + (marks[at] ?? 0);
      }
    },
  };
};

const ofBits = (chunk: Chunks | null): Tally => {
  const counts = new Uint32Array(32);
  return {
    counts,
    add: (no, marks) => {
      const values = chunk?.(no) ?? [];
      for (let at = 0; at < values.length; at += 1) {
        if (marks[at] !== 1) continue;
        for (let left = values[at] ?? 0; left !== 0; left &= left - 1) {
          const bit = 31 - Math.clz32(left & -left);
          counts[bit] = (counts[bit] ?? 0) + 1;
        }
      }
    },
  };
};

/** Names that stand twice (one file imported two times) count together. */
const mostFrequent = (names: readonly string[], counts: ArrayLike<number>): readonly { readonly value: string; readonly count: number }[] => {
  const byName = new Map<string, number>();
  names.forEach((name, at) => byName.set(name, (byName.get(name) ?? 0) + (counts[at] ?? 0)));
  return [...byName].map(([value, count]) => ({ value, count })).filter(({ count }) => count > 0).toSorted((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1)).slice(0, named);
};

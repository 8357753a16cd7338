import { keeps } from '../domain/mine/margin.ts';
import type { PairOrigin, Predicate } from '../contract/pairs.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { ChunkTest, Filters } from './predicates.ts';
import { decisionAccept, decisionReject, goneColumn } from './review-columns.ts';

/** What matched: one byte a pair of the block, 1 or 0, and how many are 1; `total` is how many there are at all. Pairs that are gone are in neither. */
export type Selection = { readonly block: StoredBlock; readonly marks: Uint8Array; readonly count: number; readonly total: number };

/** Told "at least so many" now and then while texts are searched. */
export type Progress = (atLeast: number) => void;

export type Select = (origin: PairOrigin, predicate: Predicate | null, signal?: AbortSignal, progress?: Progress) => Promise<Selection>;

/** Milliseconds until the first report, which is a glimpse, so that something is seen at once. Each later one waits twice as long, so that they cost the search little; as long as nothing was found, only a little longer. */
const firstReport = 10;
const glimpseMilliseconds = 12;

/** The one evaluator of predicates: views, counts, facets, histograms, bulk operations and export all stand on it. */
export const createSelect = (blocks: PairBlocks, columns: ColumnStore, filters: Filters): Select => {
  /** Marks a chunk; how many of its pairs match, and how many there are. */
  const markerOf = (origin: PairOrigin, test: ChunkTest) => {
    const gone = columns.find(origin, goneColumn);
    return (no: number, marks: Uint8Array): { readonly count: number; readonly total: number } => {
      test(no, marks);
      const hidden = gone === null ? 0 : takeOut(marks, columns.chunk(gone, no));
      let count = 0;
      for (let at = 0; at < marks.length; at += 1) count += marks[at] ?? 0;
      return { count, total: marks.length - hidden };
    };
  };
  const selected = async (origin: PairOrigin, block: StoredBlock, test: ChunkTest, signal: AbortSignal | undefined): Promise<Selection> => {
    const pace = createPacer(signal);
    const mark = markerOf(origin, test);
    const marks = new Uint8Array(block.count);
    let [count, total] = [0, 0];
    for (let base = 0; base < block.count; base += chunkLength) {
      const found = mark(base / chunkLength, marks.subarray(base, base + chunkLength));
      count += found.count;
      total += found.total;
      await pace();
    }
    return { block, marks, count, total };
  };
  /** How many match in as many chunks as a few milliseconds allow. */
  const glimpsed = (origin: PairOrigin, block: StoredBlock, test: ChunkTest): number => {
    const mark = markerOf(origin, test);
    const marks = new Uint8Array(chunkLength);
    const end = performance.now() + glimpseMilliseconds;
    let count = 0;
    for (let base = 0; base < block.count && performance.now() < end; base += chunkLength) count += mark(base / chunkLength, marks.subarray(0, Math.min(chunkLength, block.count - base))).count;
    return count;
  };

  return async (origin, predicate, signal, progress) => {
    const block = blocks.get(origin);
    if (predicate === null) return selected(origin, block, (_, marks) => marks.fill(1), signal);
    const { prepare, search, test } = filters.compile(origin, block, predicate);
    const stop = signal ?? new AbortController().signal;
    await prepare(stop);
    let atLeast: number | null = null;
    const reports = progress === undefined ? null : reporting(async () => {
      const found = (atLeast ?? 0) === 0 ? glimpsed(origin, block, test) : (await selected(origin, block, test, signal)).count;
      atLeast = Math.max(atLeast ?? 0, found);
      progress(atLeast);
      return atLeast;
    });
    try {
      await search(stop);
    } finally {
      await reports?.end();
    }
    return selected(origin, block, test, signal);
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

/** Unmarks what is gone; returns how many pairs that are. */
const takeOut = (marks: Uint8Array, gone: ArrayLike<number>): number => {
  let count = 0;
  for (let at = 0; at < marks.length; at += 1) {
    if ((gone[at] ?? 0) === 0) continue;
    marks[at] = 0;
    count += 1;
  }
  return count;
};

/** Calls `report`, which answers how many were found, now and then, one call at a time; `end` waits for the one that runs. What it throws the search itself will throw, too. */
const reporting = (report: () => Promise<number>) => {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const again = (milliseconds: number): void => {
    timer = setTimeout(() => {
      running = report().then((found) => again(found > 0 ? milliseconds * 2 : milliseconds + firstReport), () => undefined);
    }, milliseconds);
  };
  again(firstReport);
  return {
    end: async (): Promise<void> => {
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
};

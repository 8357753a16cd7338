import type { StoredQueue } from './api-queues.ts';
import type { Column } from './api.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { LivingPairs } from './living-pairs.ts';
import type { PairBlocks } from './pair-blocks.ts';
import type { QueueStore } from './queues.ts';
import { columnsOfJudge, goneColumn } from './review-columns.ts';

/** Who looks: an annotator by number; null: somebody who has not said who they are. */
export type Viewer = number | null;

/** What is asked about: pairs one by one, or figures about many of them. */
export type SeenAs = 'rows' | 'figures';

/** The pairs about which somebody must not be told what others said. */
export type BlindPairs = {
  /** 1 for each such pair of the chunk; null: none of them is. */
  chunk(column: Column, no: number): Uint8Array | null;
  has(pair: number): boolean;
  /** How many pairs that are, of those that begin with `first`. */
  count(first: number): number;
};

type Part = { readonly first: number; readonly count: number; readonly marks: Uint8Array; readonly adjudicated: Column | null };
type Parts = { readonly blocks: PairBlocks; readonly columns: ColumnStore; readonly living: LivingPairs; readonly queues: QueueStore };

/**
 * A pair is blind for those who were given it in a queue where nobody is to know what others say, until it is adjudicated or the queue is opened up.
 *
 * Who has no part in such a queue sees everything: somebody has to adjudicate. Whoever has not said who they are is told of no such pair.
 * Figures about many pairs (how far annotators agree, what a cut keeps) are told to all as soon as everybody has judged all they were given: from then on there
 * is nothing left that knowing them could sway, while single pairs wait for the adjudication.
 * Null: nothing is blind for this viewer, which is the usual case and costs one look at the list of queues.
 */
export const createBlindPairs = ({ blocks, columns, living, queues }: Parts): ((viewer: Viewer, seenAs?: SeenAs) => BlindPairs | null) => {
  const kept = new Map<string, { readonly stamp: string; readonly parts: readonly Part[] }>();

  const givenOf = (queue: StoredQueue, viewer: Viewer): readonly Uint32Array[] => (viewer === null ? queue.annotators : [viewer]).map((annotator) => living.ids(queues.given(queue, annotator)));
  const partsOf = (concerned: readonly StoredQueue[], viewer: Viewer): readonly Part[] => {
    const byBlock = new Map<number, Part>();
    for (const queue of concerned) {
      const { first, count } = blocks.get(queue.origin);
      const part = byBlock.get(first) ?? { first, count, marks: new Uint8Array(count), adjudicated: columns.find(queue.origin, columnsOfJudge('adjudicated').decision) };
      for (const ids of givenOf(queue, viewer)) for (const id of ids) part.marks[id - first] = 1;
      byBlock.set(first, part);
    }
    return [...byBlock.values()];
  };
  const stampOf = (queue: StoredQueue): string => {
    const [gone, adjudicated] = [columns.find(queue.origin, goneColumn), columns.find(queue.origin, columnsOfJudge('adjudicated').decision)];
    return [queue.id, queue.edition, blocks.get(queue.origin).count, gone === null ? '' : columns.writes(gone), adjudicated?.id ?? ''].join(':');
  };

  const isJudged = (queue: StoredQueue): boolean => queue.annotators.every((annotator) => {
    const column = columns.find(queue.origin, columnsOfJudge(annotator).decision);
    const decisionOf = column === null ? () => 0 : columns.reader(column);
    return living.ids(queues.given(queue, annotator)).every((id) => decisionOf(id) > 0);
  });

  return (viewer, seenAs = 'rows') => {
    const concerned = queues.list().filter(({ blind, annotators }) => blind && (viewer === null ? annotators.length > 0 : annotators.includes(viewer)))
      .filter((queue) => seenAs === 'rows' || !isJudged(queue));
    const key = `${viewer} ${seenAs}`;
    if (concerned.length === 0) {
      kept.delete(key);
      return null;
    }
    const stamp = concerned.map(stampOf).join(' ');
    const known = kept.get(key);
    const parts = known?.stamp === stamp ? known.parts : partsOf(concerned, viewer);
    kept.set(key, { stamp, parts });
    const isOpen = ({ adjudicated }: Part, pair: number): boolean => adjudicated !== null && columns.valueAt(adjudicated, pair) > 0;
    const countIn = (part: Part): number => part.marks.reduce((sum, mark, at) => (mark === 1 && !isOpen(part, part.first + at) ? sum + 1 : sum), 0);
    return {
      count: (first) => parts.filter((part) => part.first === first).reduce((sum, part) => sum + countIn(part), 0),
      has: (pair) => parts.some((part) => part.marks[pair - part.first] === 1 && !isOpen(part, pair)),
      chunk: (column, no) => {
        const part = parts.find(({ first }) => first === column.first);
        if (part === undefined) return null;
        const marks = part.marks.slice(no * chunkLength, (no + 1) * chunkLength);
        if (part.adjudicated === null) return marks;
        const decided = columns.chunk(part.adjudicated, no);
        for (let at = 0; at < marks.length; at += 1) if ((decided[at] ?? 0) > 0) marks[at] = 0;
        return marks;
      },
    };
  };
};

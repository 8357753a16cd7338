import type { PairOrigin } from '../contract/pairs.ts';
import type { Queues } from './api-queues.ts';
import type { Views } from './api.ts';
import type { ColumnStore } from './columns.ts';
import { createPacer } from './pacer.ts';
import type { QueueStore } from './queues.ts';
import { columnsOfJudge } from './review-columns.ts';
import type { Select } from './select.ts';

type Parts = { readonly queues: QueueStore; readonly columns: ColumnStore; readonly select: Select; readonly views: Views };

const slice = 65_536;

/** How far annotators have come in queues, and which of a queue's pairs still match. */
export const createQueueStanding = ({ queues, columns, select, views }: Parts): Pick<Queues, 'standing' | 'matching'> => {
  const matching: Queues['matching'] = async (origin, predicate, ids, signal) => {
    const { block, marks } = await select(origin, predicate, signal);
    return filtered(ids, (id) => marks[id - block.first] === 1, signal);
  };
  const judgedBy = (origin: PairOrigin, annotator: number) => {
    const column = columns.find(origin, columnsOfJudge(annotator).decision);
    if (column === null) return () => false;
    const decisionOf = columns.reader(column);
    return (id: number): boolean => decisionOf(id) !== 0;
  };
  return {
    matching,
    standing: async (queue, annotator, signal) => {
      const view = queues.view(queue, annotator);
      const { count } = views.get(view);
      const ids = views.ids(view, 0, count);
      const judged = await filtered(ids, judgedBy(queue.origin, annotator), signal);
      const still = queue.predicate === null ? ids : await matching(queue.origin, queue.predicate, ids, signal);
      return { pairs: count, judged: judged.length, noLongerMatch: count - still.length };
    },
  };
};

const filtered = async (ids: Uint32Array, isIn: (id: number) => boolean, signal: AbortSignal | undefined): Promise<Uint32Array> => {
  const pace = createPacer(signal);
  const kept = new Uint32Array(ids.length);
  let count = 0;
  for (let from = 0; from < ids.length; from += slice) {
    for (const id of ids.subarray(from, from + slice)) if (isIn(id)) kept[count++] = id;
    await pace();
  }
  return kept.subarray(0, count);
};

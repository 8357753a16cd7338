import { knownFailure } from '../contract/known-failures.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Project } from './api.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import type { LivingPairs } from './living-pairs.ts';
import type { Overlay } from './overlay.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { createPairRows } from './pair-rows.ts';
import { createPackedTexts, createPairTexts } from './pair-texts.ts';
import { createPairs } from './pairs.ts';
import { createQueueStanding } from './queue-standing.ts';
import type { QueueStore } from './queues.ts';
import { createSelecting } from './selecting.ts';
import type { TextFacts } from './selecting.ts';
import { createViews } from './views.ts';
import type { FrozenOrders } from './views.ts';

export type QuestionParts = {
  readonly sql: Sql; readonly blocks: PairBlocks; readonly overlay: Overlay; readonly queues: QueueStore; readonly living: LivingPairs; readonly orders: FrozenOrders; readonly texts: TextFacts; readonly warm: (origin: PairOrigin) => void;
};

/** Everything about pairs that somebody may ask, over the columns as they may see them. Cheap to put together: what costs memory is shared. */
export const createQuestions = ({ sql, blocks, overlay, queues, living, orders, texts, warm }: QuestionParts, columns: ColumnStore, commentCount: (pair: number) => number): Pick<Project, 'columns' | 'pairs' | 'views' | 'queues'> => {
  const { numbers, select, histogram, facets } = createSelecting(sql, blocks, columns, texts, (view) => {
    const order = queues.order(view);
    if (order === null) throw knownFailure('queue-gone');
    return living.ids(order);
  });
  const rows = createPairRows(sql, blocks, columns, overlay, commentCount);
  const views = createViews({ columns, numbers, select, rows, living, orders });
  return {
    columns, views,
    pairs: createPairs(sql, { blocks, columns, select, rows, texts: createPairTexts(sql, blocks, overlay), packedTexts: createPackedTexts(sql, blocks, overlay), histogram, facets, warm }),
    queues: { ...queues, ...createQueueStanding({ queues, columns, select, views }) },
  };
};

import type { PairOrigin } from '../contract/pairs.ts';
import { placeOf } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { isInternal } from './review-columns.ts';

/**
 * One more pair at the end of the origin's block, with the scores and labels of the pair it was split from.
 *
 * They tell of the whole pair and not of its half, but without a margin the half of a kept pair would fall below every cut; the mark `added` says so.
 */
export const addPair = (columns: ColumnStore, blocks: PairBlocks, origin: PairOrigin, splitFrom: number): number => {
  const pair = blocks.grow(blocks.get(origin), splitFrom);
  for (const column of columns.ofBlock(blocks.get(origin))) {
    if (isInternal(column.name)) continue;
    const value = columns.valueAt(column, splitFrom);
    const { no, at } = placeOf(column, pair);
    if (!Number.isNaN(value) && value !== 0) columns.patch(column, no, [at], [value]);
  }
  return pair;
};

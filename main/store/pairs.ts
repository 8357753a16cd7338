import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Facets, FacetsRequest, Histogram, HistogramRequest, Pairs } from './api.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import type { PairBlocks } from './pair-blocks.ts';
import type { PairRows } from './pair-rows.ts';
import { createPairWriter } from './pair-writer.ts';
import { selectedIds } from './select.ts';
import type { Select } from './select.ts';

type Parts = {
  readonly blocks: PairBlocks; readonly columns: ColumnStore; readonly select: Select; readonly rows: PairRows; readonly texts: Pairs['texts']; readonly packedTexts: Pairs['packedTexts'];
  readonly histogram: (request: HistogramRequest, signal?: AbortSignal) => Promise<Histogram>;
  readonly facets: (request: FacetsRequest, signal?: AbortSignal) => Promise<Facets>;
  readonly warm: (origin: PairOrigin) => void;
};

/** The door to everything about pairs: writing, ranges, rows, and the questions that the evaluator answers. */
export const createPairs = (sql: Sql, { blocks, columns, select, rows, texts, packedTexts, histogram, facets, warm }: Parts): Pairs => ({
  writer: (origin, options) => createPairWriter(sql, columns, origin, options),
  block: (origin) => {
    const { first, count, source, target } = blocks.get(origin);
    return { first, count, source, target };
  },
  range: (origin) => {
    const { first, count } = blocks.get(origin);
    return { first, count };
  },
  ordinals: (origin, firstPair, count) => {
    const block = blocks.get(origin);
    const start = firstPair - block.first;
    if (start < 0 || start + count > block.count) throw new Failure('bad-input', `Pairs ${firstPair} to ${firstPair + count - 1} do not all belong together.`);
    const sources = new Uint32Array(count);
    const targets = new Uint32Array(count);
    for (let done = 0; done < count;) {
      const chunk = blocks.chunk(block, Math.floor((start + done) / chunkLength));
      const from = (start + done) % chunkLength;
      const length = Math.min(count - done, chunkLength - from);
      sources.set(chunk.sources.subarray(from, from + length), done);
      targets.set(chunk.targets.subarray(from, from + length), done);
      done += length;
    }
    return { sources, targets };
  },
  rows: (origin, ids, names = null) => rows(origin, ids, names, 0),
  texts,
  packedTexts,
  select: async (origin, predicate, signal) => selectedIds(await select(origin, predicate, signal)),
  count: async (origin, predicate, signal, progress) => (await select(origin, predicate, signal, progress)).count,
  histogram,
  facets,
  warm,
});

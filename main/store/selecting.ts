import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { createEditedTexts } from './edited-texts.ts';
import { createFacets } from './facets.ts';
import { createHistogram } from './histogram.ts';
import { createNumbers } from './numbers.ts';
import type { Overlay } from './overlay.ts';
import type { PairBlocks } from './pair-blocks.ts';
import { createPairFiles } from './pair-files.ts';
import { createPairLengths } from './pair-lengths.ts';
import { createFilters } from './predicates.ts';
import { createSelect } from './select.ts';
import { createSentenceFacts } from './sentence-facts.ts';
import { createTextFilters } from './text-filters.ts';
import { createTextMatches } from './text-matches.ts';

/** What is found out about texts, whoever asks. */
export type TextFacts = ReturnType<typeof createTextFacts>;

export const createTextFacts = (sql: Sql, blocks: PairBlocks, overlay: Overlay) => {
  const [facts, matches] = [createSentenceFacts(sql), createTextMatches(sql)];
  const edited = createEditedTexts(overlay, matches);
  return { facts, matches, edited, lengths: createPairLengths({ blocks, overlay, facts, edited }) };
};

/** All that answers questions about many pairs at once, put together. */
export const createSelecting = (sql: Sql, blocks: PairBlocks, columns: ColumnStore, { facts, matches, edited, lengths }: TextFacts, queued: (view: string) => Uint32Array) => {
  const numbers = createNumbers(blocks, columns, lengths);
  const files = createPairFiles(sql, blocks, facts);
  const select = createSelect(blocks, columns, createFilters({ sql, columns, numbers, files, queued, texts: createTextFilters(sql, blocks, matches, edited) }));
  return { numbers, select, histogram: createHistogram(numbers, select), facets: createFacets(columns, files, select) };
};

import { setTimeout as wait } from 'node:timers/promises';
import type { PairOrigin } from '../contract/pairs.ts';
import { chunkLength } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import type { TextFacts } from './selecting.ts';
import { sentenceCount } from './sentences.ts';

/** Milliseconds of work, and of leaving the processor to those who ask something. */
const [busy, rest] = [4, 12];
/** Columns beyond this push each other out of memory; lengths of more sentences are measured when somebody asks for them. */
const mostPairs = 4_000_000;

type Parts = { readonly sql: Sql; readonly blocks: PairBlocks; readonly columns: ColumnStore; readonly texts: TextFacts };

/**
 * Reads in spare time what the first question about pairs would have to wait for: their columns, the lengths of their texts, and the thread that searches texts.
 *
 * A million pairs take about half a second of work, spread over two. Done once for each block of pairs; nothing is lost where it is not done at all.
 */
export const createWarming = ({ sql, blocks, columns, texts }: Parts): ((origin: PairOrigin) => void) => {
  const begun = new Set<number>();

  const warm = async (origin: PairOrigin): Promise<void> => {
    const block = blocks.get(origin);
    if (begun.has(block.id)) return;
    begun.add(block.id);
    texts.matches.ready();
    const work = steps(origin);
    for (let isDone = false; !isDone;) {
      // Whoever waits for an answer now is served first.
      await wait(rest, undefined, { ref: false });
      if (!sql.driver.open) return;
      for (const end = performance.now() + busy; !isDone && performance.now() < end;) isDone = work.next().done === true;
    }
    if (isTooMuch(block)) return;
    for (const side of ['source', 'target'] as const) await texts.lengths.of(block, side, undefined, busy);
  };
  const steps = function* (origin: PairOrigin): Generator<void, void> {
    const block = blocks.get(origin);
    const chunks = Math.ceil(Math.min(block.count, mostPairs) / chunkLength);
    for (const read of [(no: number) => blocks.chunk(block, no), ...columns.visible(origin).map((column) => (no: number) => columns.chunk(column, no))]) {
      for (let no = 0; no < chunks; no += 1) { read(no); yield; }
    }
    if (!isTooMuch(block)) for (const collection of [block.source, block.target]) yield* texts.facts.measuring(collection);
  };
  const isTooMuch = ({ count, source, target }: StoredBlock): boolean => Math.max(count, sentenceCount(sql, source), sentenceCount(sql, target)) > mostPairs;
  // What cannot be read now will be said to whoever asks for it.
  return (origin) => void warm(origin).catch(() => undefined);
};

import { createByteCache } from './byte-cache.ts';
import type { Sql } from './database.ts';
import { inOne, joinedSentences, lengthsOf } from './joined-texts.ts';
import { sentenceKey } from './sentence-key.ts';
import { sentenceCount } from './sentences.ts';
import { createSharedScan } from './shared-scan.ts';
import type { SharedScan } from './shared-scan.ts';

/**
 * Numbers about every sentence of a collection, by ordinal, found in one walk and kept: sentences never change.
 *
 * 4 bytes a sentence; a million takes about a tenth of a second.
 */
export type SentenceFacts = {
  /** Code points of the text. */
  lengths(collection: number, signal: AbortSignal | undefined): Promise<Uint32Array>;
  /** The same in steps of less than a millisecond, for spare time. */
  measuring(collection: number): Generator<void, void>;
  /** Place of the sentence's file in the list of its collection. */
  files(collection: number, signal: AbortSignal | undefined): Promise<Uint32Array>;
};

type Facts = { readonly values: Uint32Array; readonly scan: SharedScan };

const slice = 1_024;

export const createSentenceFacts = (sql: Sql): SentenceFacts => {
  const cache = createByteCache<Facts>(256 * 1024 * 1024, ({ values }) => values.byteLength);
  const readers: Readonly<Record<'lengths' | 'files', (collection: number, from: number, end: number) => ArrayLike<number>>> = {
    lengths: (collection, from, end) => inOne(joinedSentences(sql, collection, from, end).map(lengthsOf)),
    files: (collection, from, end) => sql.column<number>('SELECT file FROM sentence WHERE id >= ? AND id < ? ORDER BY id', sentenceKey(collection, from), sentenceKey(collection, end)),
  };
  const factsOf = (collection: number, name: keyof typeof readers): Facts => {
    const count = sentenceCount(sql, collection);
    const key = `${name} ${collection} ${count}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const values = new Uint32Array(count);
    const facts = { values, scan: createSharedScan(count, slice, async (from, end) => values.set(readers[name](collection, from, end), from)) };
    cache.set(key, facts);
    return facts;
  };
  const complete = async ({ values, scan }: Facts, signal: AbortSignal | undefined): Promise<Uint32Array> => {
    await scan.complete(signal);
    return values;
  };
  return {
    lengths: (collection, signal) => complete(factsOf(collection, 'lengths'), signal),
    files: (collection, signal) => complete(factsOf(collection, 'files'), signal),
    measuring: function* (collection) {
      const { scan } = factsOf(collection, 'lengths');
      while (!scan.isComplete) {
        scan.advance();
        yield;
      }
    },
  };
};

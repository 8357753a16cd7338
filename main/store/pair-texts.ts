import type { PairOrigin } from '../contract/pairs.ts';
import type { Side } from '../contract/review.ts';
import { Failure } from '../contract/errors.ts';
import type { PairTexts } from './api-review.ts';
import { placeOf } from './column-data.ts';
import type { Sql } from './database.ts';
import type { Overlay } from './overlay.ts';
import type { PairBlocks, StoredBlock } from './pair-blocks.ts';
import { sentenceKey } from './sentence-key.ts';

/** Both texts of pairs as they read now, and as they were imported: the one way from pairs to texts, beside rows. */
export const createPairTexts = (sql: Sql, blocks: PairBlocks, overlay: Overlay) => (origin: PairOrigin, ids: ArrayLike<number>, sides: readonly Side[] = ['source', 'target']): PairTexts => {
  const block = blocks.get(origin);
  const originals = (side: Side): readonly string[] => (sides.includes(side) ? sentenceTexts(sql, block[side], ordinalsOf(blocks, block, side, ids)) : []);
  const original = { source: originals('source'), target: originals('target') };
  const now = (side: Side): readonly string[] => (sides.includes(side) ? overlay.texts(side, ids).map((body, at) => body ?? original[side][at] ?? '') : []);
  return { source: now('source'), target: now('target'), original };
};

const ordinalsOf = (blocks: PairBlocks, block: StoredBlock, side: Side, ids: ArrayLike<number>): Uint32Array => Uint32Array.from(ids, (id) => {
  if (id < block.first || id >= block.first + block.count) throw new Failure('not-found', `Pair ${id} does not belong to these pairs.`);
  const { no, at } = placeOf(block, id);
  const { sources, targets } = blocks.chunk(block, no);
  return (side === 'source' ? sources : targets)[at] ?? 0;
});

/** Sentences that stand close together are read as one range, others by one statement: a tenth and half of the time of reading them one by one. */
const sentenceTexts = (sql: Sql, collection: number, ordinals: Uint32Array): readonly string[] => {
  let low = Number.POSITIVE_INFINITY;
  let high = -1;
  for (const ordinal of ordinals) {
    if (ordinal < low) low = ordinal;
    if (ordinal > high) high = ordinal;
  }
  if (high - low < ordinals.length * 3) {
    const bodies = sql.column<string>('SELECT body FROM sentence WHERE id >= ? AND id <= ? ORDER BY id', sentenceKey(collection, low), sentenceKey(collection, high));
    return Array.from(ordinals, (ordinal) => bodies[ordinal - low] ?? '');
  }
  // CROSS JOIN keeps the order of the list (sqlite.org/optoverview.html, section 6.1).
  return sql.column<string>('SELECT body FROM json_each(?) asked CROSS JOIN sentence ON sentence.id = asked.value + ?', `[${ordinals.join(',')}]`, sentenceKey(collection, 0));
};

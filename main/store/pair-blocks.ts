import { Failure } from '../contract/errors.ts';
import type { Run } from '../contract/mine.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { PairBlock } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength, decodeValues } from './column-data.ts';
import type { Sql } from './database.ts';

/** `pair_block.first` of a block that the next purge deletes; null while it is being written. */
export const discardedBlock = -1;

export type StoredBlock = PairBlock & { readonly id: number };

/** One chunk of the pairs of a block: ordinals of both sides, and the pair's own provenance where it has one. */
export type PairChunk = { readonly sources: Uint32Array; readonly targets: Uint32Array; readonly files: Uint32Array | null; readonly lines: Uint32Array | null };

export type PairBlocks = {
  find(origin: PairOrigin): StoredBlock | null;
  get(origin: PairOrigin): StoredBlock;
  /** Pairs `no * 65,536 ...` of the block. */
  chunk(block: StoredBlock, no: number): PairChunk;
};

export const createPairBlocks = (sql: Sql): PairBlocks => {
  const cache = createByteCache<PairChunk>(128 * 1024 * 1024, (chunk) => chunk.sources.byteLength * 4);
  const find = (origin: PairOrigin): StoredBlock | null => {
    const owner = 'run' in origin ? ownerOfRun(sql, origin.run) : origin;
    const column = 'run' in owner ? 'run' : 'collection';
    const id = 'run' in owner ? owner.run : owner.collection;
    return sql.get<StoredBlock>(`SELECT id, first, count, source, target FROM pair_block WHERE ${column} = ? AND first >= 0 ORDER BY id DESC LIMIT 1`, id) ?? null;
  };
  return {
    find,
    get: (origin) => {
      const block = find(origin);
      if (block === null) throw new Failure('not-found', 'run' in origin ? `Run ${origin.run} has no pairs yet.` : `Collection ${origin.collection} has no pairs.`);
      return block;
    },
    chunk: (block, no) => {
      const key = `${block.id}:${no}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const row = sql.get<{ sources: Buffer; targets: Buffer; files: Buffer | null; lines: Buffer | null }>('SELECT sources, targets, files, lines FROM pair_chunk WHERE block = ? AND no = ?', block.id, no);
      if (row === undefined) throw new Failure('not-found', `Pairs ${block.first + no * chunkLength} and following are not in the project.`);
      const chunk = { sources: integers(row.sources), targets: integers(row.targets), files: row.files === null ? null : integers(row.files), lines: row.lines === null ? null : integers(row.lines) };
      cache.set(key, chunk);
      return chunk;
    },
  };
};

/** A run over a bitext scores the pairs of its collection and has none of its own. */
const ownerOfRun = (sql: Sql, run: number): PairOrigin => {
  const row = sql.get<{ readonly kind: Run['kind']; readonly source: number }>('SELECT kind, source FROM run WHERE id = ?', run);
  return row?.kind === 'score-bitext' ? { collection: row.source } : { run };
};

const integers = (blob: Buffer): Uint32Array => {
  const values = decodeValues('u32', blob);
  return values instanceof Uint32Array ? values : Uint32Array.from(values);
};

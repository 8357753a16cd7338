import { Failure } from '../contract/errors.ts';
import type { Run } from '../contract/mine.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { PairBlock } from './api.ts';
import { createByteCache } from './byte-cache.ts';
import { chunkLength, decodeValues } from './column-data.ts';
import type { Sql } from './database.ts';

/** Ids left free behind the pairs of a block, for those that splits add. */
export const reservedPairs = 65_536;

/** `pair_block.first` of a block that the next purge deletes: turned, so that the ids can still be told; null while it is being written. */
export const discardedFirst = 'coalesce(-2 - first, -1)';

export type StoredBlock = PairBlock & { readonly id: number };

/** One chunk of the pairs of a block: ordinals of both sides, and the pair's own provenance where it has one. */
export type PairChunk = { readonly sources: Uint32Array; readonly targets: Uint32Array; readonly files: Uint32Array | null; readonly lines: Uint32Array | null };

export type PairBlocks = {
  find(origin: PairOrigin): StoredBlock | null;
  get(origin: PairOrigin): StoredBlock;
  /** Pairs `no * 65,536 ...` of the block. */
  chunk(block: StoredBlock, no: number): PairChunk;
  /** One more pair at the end of the block, with the sentences of `splitFrom`. */
  grow(block: StoredBlock, splitFrom: number): number;
  /** The pair that a split took this one from. */
  splitFrom(pair: number): number | null;
  /** After a transaction was rolled back: what is in memory may not be what is in the file. */
  forgetChunks(): void;
};

export const createPairBlocks = (sql: Sql): PairBlocks => {
  const cache = createByteCache<PairChunk>(128 * 1024 * 1024, (chunk) => chunk.sources.byteLength * 4);
  const find = (origin: PairOrigin): StoredBlock | null => {
    const owner = 'run' in origin ? ownerOfRun(sql, origin.run) : origin;
    const column = 'run' in owner ? 'run' : 'collection';
    const id = 'run' in owner ? owner.run : owner.collection;
    return sql.get<StoredBlock>(`SELECT id, first, count, source, target FROM pair_block WHERE ${column} = ? AND first >= 0 ORDER BY id DESC LIMIT 1`, id) ?? null;
  };
  const chunkOf = (block: StoredBlock, no: number): PairChunk => {
    const key = `${block.id}:${no}`;
    const length = Math.min(chunkLength, block.count - no * chunkLength);
    const known = cache.get(key);
    if (known !== undefined && known.sources.length >= length) return known;
    const stored = readChunk(sql, block.id, no);
    if (stored === null && length <= 0) throw new Failure('not-found', `Pairs ${block.first + no * chunkLength} and following are not in the project.`);
    const chunk = withAdded(block, no, length, stored);
    cache.set(key, chunk);
    return chunk;
  };
  /** Added pairs stand behind those written once; each reads as the pair it was split from, which has a lower id. */
  const withAdded = (block: StoredBlock, no: number, length: number, stored: PairChunk | null): PairChunk => {
    const from = stored?.sources.length ?? 0;
    if (stored !== null && from >= length) return stored;
    const base = block.first + no * chunkLength;
    const provenance = stored === null ? no > 0 && chunkOf(block, 0).lines !== null : stored.lines !== null;
    const longer = (values: Uint32Array | null | undefined): Uint32Array => { const made = new Uint32Array(length); made.set(values ?? []); return made; };
    const chunk = { sources: longer(stored?.sources), targets: longer(stored?.targets), files: provenance ? longer(stored?.files) : null, lines: provenance ? longer(stored?.lines) : null };
    const added = sql.arrays<[number, number]>('SELECT pair, split_from FROM pair_added WHERE pair >= ? AND pair < ? ORDER BY pair', base + from, base + length);
    for (const [pair, origin] of added) {
      const place = origin - block.first;
      const there = Math.floor(place / chunkLength) === no ? chunk : chunkOf(block, Math.floor(place / chunkLength));
      const [to, at] = [pair - base, place % chunkLength];
      chunk.sources[to] = there.sources[at] ?? 0;
      chunk.targets[to] = there.targets[at] ?? 0;
      if (chunk.files !== null) chunk.files[to] = there.files?.[at] ?? 0;
      if (chunk.lines !== null) chunk.lines[to] = there.lines?.[at] ?? 0;
    }
    return chunk;
  };
  return {
    find,
    get: (origin) => {
      const block = find(origin);
      if (block === null) throw new Failure('not-found', 'run' in origin ? `Run ${origin.run} has no pairs yet.` : `Collection ${origin.collection} has no pairs.`);
      return block;
    },
    chunk: chunkOf,
    grow: (block, splitFrom) => {
      if (sql.run('UPDATE pair_block SET count = count + 1, reserved = reserved - 1 WHERE id = ? AND reserved > 0', block.id).changes === 0) {
        throw new Failure('bad-input', 'No more pairs can be split here: the places that were kept free for new pairs are used up.', {
          detail: 'Nothing was changed.', hint: 'Export these pairs and import them as a collection of their own; there, pairs can be split again.',
        });
      }
      const pair = sql.value<number>('SELECT first + count - 1 FROM pair_block WHERE id = ?', block.id) ?? 0;
      sql.run('INSERT INTO pair_added(pair, split_from) VALUES (?, ?)', pair, splitFrom);
      return pair;
    },
    splitFrom: (pair) => sql.value<number>('SELECT split_from FROM pair_added WHERE pair = ?', pair) ?? null,
    forgetChunks: () => cache.clear(),
  };
};

const readChunk = (sql: Sql, block: number, no: number): PairChunk | null => {
  const row = sql.get<{ sources: Buffer; targets: Buffer; files: Buffer | null; lines: Buffer | null }>('SELECT sources, targets, files, lines FROM pair_chunk WHERE block = ? AND no = ?', block, no);
  return row === undefined ? null : { sources: integers(row.sources), targets: integers(row.targets), files: row.files === null ? null : integers(row.files), lines: row.lines === null ? null : integers(row.lines) };
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

import { Failure } from '../contract/errors.ts';
import type { PairOrigin } from '../contract/pairs.ts';
import type { Column, PairWriter, PairWriterOptions } from './api.ts';
import { chunkLength, encodeValues } from './column-data.ts';
import type { ColumnStore } from './columns.ts';
import type { Sql } from './database.ts';
import { discardedFirst, reservedPairs } from './pair-blocks.ts';
import { createTextIndex, enlarged, freeAtOnce, hashPair } from './text-index.ts';

type ImportedColumn = { readonly column: Column; values: Float64Array | Uint32Array };

/**
 * Appends the pairs of one origin, a chunk of 65,536 at a time, each in one transaction.
 *
 * Ids are given at `finish`, so that two origins may be written at once and a block is one range; until then nobody sees the block. Pairs of a bitext that
 * repeat (source, target) are merged on request: 8 bytes a slot of the index and 8 a pair are kept in memory for that.
 */
export const createPairWriter = (sql: Sql, columns: ColumnStore, origin: PairOrigin, options: PairWriterOptions): PairWriter => {
  const [run, collection] = 'run' in origin ? [origin.run, null] : [null, origin.collection];
  const block = sql.run('INSERT INTO pair_block(run, collection, source, target) VALUES (?, ?, ?, ?)', run, collection, options.source, options.target).id;
  const imported = (options.columns ?? []).map(({ name, kind }): ImportedColumn => {
    const column = columns.createIn({ block, run: null, first: 0, count: 0, name, kind: kind === 'label' ? 'label' : 'f64', producer: 'import', signature: '' });
    return { column, values: kind === 'label' ? new Uint32Array(chunkLength) : new Float64Array(chunkLength) };
  });
  const pairs = new Uint32Array(chunkLength * 2);
  const places = new Uint32Array(chunkLength * 2);
  const known = options.merge === true ? createPairIndex() : null;
  let provenance = false;
  let size = 0;
  let merged = 0;
  let waiting = 0;
  let open = true;

  const flush = (): void => {
    if (waiting === 0) return;
    const no = Math.floor((size - 1) / chunkLength);
    const side = (values: Uint32Array, at: number): Buffer => encodeValues(values.subarray(at * chunkLength, at * chunkLength + waiting));
    sql.transaction(() => {
      sql.run('INSERT INTO pair_chunk(block, no, sources, targets, files, lines) VALUES (?, ?, ?, ?, ?, ?)',
        block, no, side(pairs, 0), side(pairs, 1), provenance ? side(places, 0) : null, provenance ? side(places, 1) : null);
      for (const { column, values } of imported) columns.writeChunk(column, no, values.slice(0, waiting));
    });
    waiting = 0;
  };
  const put = (source: number, target: number, file: number, line: number): void => {
    pairs[waiting] = source;
    pairs[chunkLength + waiting] = target;
    places[waiting] = file;
    places[chunkLength + waiting] = line;
  };
  const advance = (): void => {
    waiting += 1;
    size += 1;
    if (waiting === chunkLength) flush();
  };
  const close = (): void => {
    open = false;
    known?.free();
  };
  const discard = (): void => {
    close();
    sql.run(`UPDATE pair_block SET first = ${discardedFirst} WHERE id = ?`, block);
  };
  const checkOpen = (): void => {
    if (!open) throw new Failure('internal', 'A pair was added to a block that is finished.');
  };

  return {
    get size() { return size; },
    get merged() { return merged; },
    add: (source, target, more = {}) => {
      checkOpen();
      if (known !== null && !known.add(source, target, size)) {
        merged += 1;
        return false;
      }
      provenance ||= more.line !== undefined;
      put(source, target, more.file ?? 0, more.line ?? 0);
      imported.forEach(({ column, values }, at) => {
        const value = more.values?.[at] ?? null;
        if (typeof value === 'string') values[waiting] = columns.labelCode(column, value);
        else values[waiting] = value ?? (column.kind === 'label' ? 0 : Number.NaN);
      });
      advance();
      return true;
    },
    append: (sources, targets) => {
      checkOpen();
      for (let at = 0; at < sources.length; at += 1) {
        put(sources[at] ?? 0, targets[at] ?? 0, 0, 0);
        for (const { column, values } of imported) values[waiting] = column.kind === 'label' ? 0 : Number.NaN;
        advance();
      }
    },
    finish: () => {
      checkOpen();
      flush();
      close();
      return sql.transaction(() => {
        sql.run(`UPDATE pair_block SET first = ${discardedFirst} WHERE ${run === null ? 'collection' : 'run'} = ? AND first >= 0`, run ?? collection);
        // People count from one, and see this number wherever a pair is named.
        const first = Math.max(1, Number(sql.value<string>("SELECT value FROM meta WHERE key = 'pairs:next'") ?? 1));
        sql.run('UPDATE pair_block SET first = ?, count = ?, reserved = ? WHERE id = ?', first, size, reservedPairs, block);
        sql.run("UPDATE meta SET value = ? WHERE key = 'pairs:next'", String(first + size + reservedPairs));
        return { first, count: size };
      });
    },
    abort: () => {
      if (open) discard();
    },
  };
};

/** Which (source, target) were there before. */
const createPairIndex = () => {
  const index = createTextIndex();
  let pairs = new Uint32Array(8_192);
  return {
    /** False where the pair was known; else it is known as number `no` from now on. */
    add: (source: number, target: number, no: number): boolean => {
      const same = (other: number): boolean => pairs[other * 2] === source && pairs[other * 2 + 1] === target;
      if (index.findOrAdd(hashPair(source, target), no, same) >= 0) return false;
      if (no * 2 === pairs.length) pairs = enlarged(pairs, pairs.length * 2);
      pairs[no * 2] = source;
      pairs[no * 2 + 1] = target;
      return true;
    },
    free: (): void => {
      index.free();
      freeAtOnce(pairs);
    },
  };
};

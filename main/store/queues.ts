import type { PairOrigin } from '../contract/pairs.ts';
import { Failure } from '../contract/errors.ts';
import type { NewQueue, QueueOrders, Queues, StoredQueue } from './api-queues.ts';
import { chunkLength, decodeValues, encodeValues } from './column-data.ts';
import { present } from './collections.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';
import { createPacer } from './pacer.ts';
import type { PairBlocks } from './pair-blocks.ts';
import type { FrozenOrder } from './views.ts';

type Row = {
  readonly id: number; readonly run: number | null; readonly collection: number | null; readonly name: string; readonly predicate: string; readonly sampling: string;
  readonly scheme: string; readonly annotators: string; readonly overlap: number; readonly blind: number; readonly edition: number; readonly created_at: number;
};

/** The queues, and the orders behind the names of their views. */
export type QueueStore = Omit<Queues, 'standing' | 'matching'> & {
  order(view: string): FrozenOrder | null;
  /** The pairs that an annotator has ever been given in a queue; some may stand in it twice. */
  given(queue: StoredQueue, annotator: number): FrozenOrder;
  /** What a killed program left half written, and queues over pairs that are deleted. */
  sweep(): void;
};

const everybody = 0;

/**
 * Frozen orders of pairs that are kept: ids in chunks, one list for everybody and one for each of those a queue is shared out among.
 *
 * Of a blind queue that was refreshed, the lists as they were at first stay too, under the annotators' numbers below zero.
 * Lists are never changed: a new edition is written beside the old one and put in its place in one small transaction, so that a kill leaves the old
 * or the new. Edition 0: not written to its end yet.
 */
export const createQueues = (sql: Sql, blocks: PairBlocks): QueueStore => {
  const fields = `SELECT queue.* FROM queue LEFT JOIN run ON run.id = queue.run LEFT JOIN collection ON collection.id = queue.collection
    WHERE edition > 0 AND coalesce(run.removed, collection.removed) = ${present}`;
  const get = (id: number): StoredQueue => {
    const row = sql.get<Row>(`${fields} AND queue.id = ?`, id);
    if (row === undefined) throw new Failure('not-found', `There is no queue ${id} in this project.`, { hint: 'It may have been removed, or the pairs it stands on.' });
    return asQueue(row);
  };
  const write = async (id: number, edition: number, { all, shares }: QueueOrders): Promise<void> => {
    const pace = createPacer();
    for (const [annotator, ids] of [[everybody, all] as const, ...shares]) {
      for (let no = 0; no * chunkLength < ids.length; no += 1) {
        sql.run('INSERT INTO queue_chunk(queue, edition, annotator, no, ids) VALUES (?, ?, ?, ?, ?)', id, edition, annotator, no, encodeValues(ids.subarray(no * chunkLength, (no + 1) * chunkLength)));
        await pace();
      }
    }
  };
  const known = (origin: PairOrigin): number => {
    const { first, count } = blocks.get(origin);
    return first + count;
  };
  const idsOf = ({ id, edition }: Pick<StoredQueue, 'id' | 'edition'>, annotator: number): Uint32Array => {
    const chunks = sql.column<Buffer>('SELECT ids FROM queue_chunk WHERE queue = ? AND edition = ? AND annotator = ? ORDER BY no', id, edition, annotator);
    const ids = new Uint32Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength / 4, 0));
    chunks.forEach((chunk, no) => ids.set(decodeValues('u32', chunk), no * chunkLength));
    return ids;
  };
  /** What an annotator was given at the beginning: in a blind queue it stays blind for them when a refresh has taken it out. */
  const givenTo = (queue: Pick<StoredQueue, 'id' | 'edition'>, annotator: number): Uint32Array => {
    const kept = idsOf(queue, -annotator);
    return kept.length > 0 ? kept : idsOf(queue, annotator);
  };
  const listOf = ({ annotators }: StoredQueue, annotator: number): number => (annotators.includes(annotator) ? annotator : everybody);

  return {
    get,
    list: () => sql.all<Row>(`${fields} ORDER BY queue.id DESC`).map(asQueue),
    create: async (queue: NewQueue, orders) => {
      const { origin } = queue;
      const [run, collection] = 'run' in origin ? [origin.run, null] : [null, origin.collection];
      const { id } = sql.run(`INSERT INTO queue(run, collection, name, predicate, sampling, scheme, annotators, overlap, blind, edition, known_until, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
        run, collection, queue.name, toStored(queue.predicate), toStored(queue.sampling), queue.scheme, toStored(queue.annotators), queue.overlap, Number(queue.blind), known(origin), queue.createdAt);
      await write(id, 1, orders);
      sql.run('UPDATE queue SET edition = 1 WHERE id = ?', id);
      return get(id);
    },
    replace: async (id, orders, positions) => {
      const { edition, origin, blind, annotators } = get(id);
      sql.run('DELETE FROM queue_chunk WHERE queue = ? AND edition > ?', id, edition);
      const until = known(origin);
      const given = blind ? annotators.map((annotator) => [-annotator, givenTo({ id, edition }, annotator)] as const) : [];
      await write(id, edition + 1, { ...orders, shares: new Map([...orders.shares, ...given]) });
      return sql.transaction(() => {
        sql.run('UPDATE queue SET edition = ?, known_until = ? WHERE id = ?', edition + 1, until, id);
        sql.run('DELETE FROM queue_chunk WHERE queue = ? AND edition <= ?', id, edition);
        for (const [annotator, at] of positions) sql.run('INSERT OR REPLACE INTO queue_position(queue, annotator, at) VALUES (?, ?, ?)', id, annotator, at);
        return get(id);
      });
    },
    rename: (id, name) => {
      get(id);
      sql.run('UPDATE queue SET name = ? WHERE id = ?', name, id);
    },
    remove: (id) => {
      get(id);
      sql.transaction(() => forget(sql, [id]));
    },
    view: (queue, annotator) => `queue-${queue.id}-${queue.edition}-${listOf(queue, annotator)}`,
    // What was split off since the very beginning belongs to it, too.
    given: (queue, annotator) => ({ origin: queue.origin, ids: givenTo(queue, annotator), until: blocks.get(queue.origin).first }),
    endBlind: (id) => {
      get(id);
      sql.run('UPDATE queue SET blind = 0 WHERE id = ?', id);
    },
    positions: (id) => sql.arrays<[number, number]>('SELECT annotator, at FROM queue_position WHERE queue = ? ORDER BY annotator', id),
    position: (id, annotator) => sql.value<number>('SELECT at FROM queue_position WHERE queue = ? AND annotator = ?', id, annotator) ?? 0,
    setPosition: (id, annotator, at) => {
      get(id);
      sql.run('INSERT OR REPLACE INTO queue_position(queue, annotator, at) VALUES (?, ?, ?)', id, annotator, at);
    },
    order: (view) => {
      const [id, edition, annotator] = /^queue-(\d+)-(\d+)-(\d+)$/.exec(view)?.slice(1).map(Number) ?? [];
      if (id === undefined || edition === undefined || annotator === undefined) return null;
      const row = sql.get<Row & { readonly known_until: number }>(`${fields} AND queue.id = ? AND edition = ?`, id, edition);
      return row === undefined ? null : { origin: asQueue(row).origin, ids: idsOf({ id, edition }, annotator), until: row.known_until };
    },
    sweep: () => sql.transaction(() => {
      const lost = sql.column<number>('SELECT id FROM queue WHERE edition = 0 OR coalesce((SELECT removed FROM run WHERE run.id = queue.run), (SELECT removed FROM collection WHERE collection.id = queue.collection)) IS NULL');
      forget(sql, lost);
      sql.run('DELETE FROM queue_chunk WHERE edition <> (SELECT edition FROM queue WHERE queue.id = queue_chunk.queue)');
    }),
  };
};

const forget = (sql: Sql, ids: readonly number[]): void => {
  for (const id of ids) {
    for (const table of ['queue_chunk', 'queue_position']) sql.run(`DELETE FROM ${table} WHERE queue = ?`, id);
    sql.run('DELETE FROM queue WHERE id = ?', id);
  }
};

const asQueue = (row: Row): StoredQueue => ({
  id: row.id, name: row.name, origin: row.run === null ? { collection: row.collection ?? 0 } : { run: row.run }, edition: row.edition,
  predicate: parseStored(row.predicate), sampling: parseStored(row.sampling), scheme: row.scheme,
  annotators: parseStored(row.annotators), overlap: row.overlap, blind: row.blind !== 0, createdAt: row.created_at,
});

import { removedByUser, toBePurged } from './collections.ts';
import type { Sql } from './database.ts';
import { sweepForgotten } from './forgotten.ts';
import { createPacer } from './pacer.ts';
import type { Pacer } from './pacer.ts';
import { discardedFirst } from './pair-blocks.ts';
import { sentenceKey } from './sentence-key.ts';
import { sentenceCount } from './sentences.ts';

/** Marks what a program that is gone was still writing; nobody sees it from then on. Returns the names of the collections. */
export const discardUnfinished = (sql: Sql): readonly string[] => sql.transaction(() => {
  const names = sql.column<string>("SELECT name FROM collection WHERE state = 'importing' AND removed <> ? AND side_of IS NULL", toBePurged);
  sql.run("UPDATE collection SET removed = ? WHERE state = 'importing' AND side_of IS NULL", toBePurged);
  sql.run(`UPDATE pair_block SET first = ${discardedFirst} WHERE first IS NULL`);
  return names;
});

/** What the user removed shall go too: collections, runs of them, their pairs. Nothing of it can be brought back afterwards. */
export const discardRemoved = (sql: Sql): void => sql.transaction(() => {
  sql.run('UPDATE collection SET removed = ? WHERE removed = ?', toBePurged, removedByUser);
  sql.run(`UPDATE run SET removed = ? WHERE removed = ?
    OR source IN (SELECT id FROM collection WHERE removed = ?) OR target IN (SELECT id FROM collection WHERE removed = ?)`, toBePurged, removedByUser, toBePurged, toBePurged);
});

/** Really deletes what is marked, in slices. */
export const purgeDiscarded = async (sql: Sql, signal?: AbortSignal): Promise<{ readonly sentences: number; readonly pairs: number }> => {
  const pace = createPacer(signal);
  sql.run(`UPDATE pair_block SET first = ${discardedFirst} WHERE first >= 0 AND (run IN (SELECT id FROM run WHERE removed = ?) OR collection IN (SELECT id FROM collection WHERE removed = ?))`, toBePurged, toBePurged);
  let pairs = 0;
  for (const block of sql.all<{ readonly id: number; readonly first: number; readonly count: number }>('SELECT id, -2 - first AS first, count FROM pair_block WHERE first < 0')) {
    if (block.first >= 0) await purgeReviews(sql, block.first, block.first + block.count, pace);
    await purgeBlock(sql, block.id, pace);
    pairs += block.count;
  }
  let sentences = 0;
  const collections = sql.column<number>('SELECT part.id FROM collection part LEFT JOIN collection whole ON whole.id = part.side_of WHERE coalesce(whole.removed, part.removed) = ? ORDER BY part.id DESC', toBePurged);
  for (const collection of collections) sentences += await purgeCollection(sql, collection, pace);
  await sweepForgotten(sql, signal);
  sql.run('DELETE FROM pair_column WHERE run IN (SELECT id FROM run WHERE removed = ?)', toBePurged);
  sql.run('DELETE FROM run WHERE removed = ?', toBePurged);
  return { sentences, pairs };
};

/** What was said and changed about pairs that are no more. */
const purgeReviews = async (sql: Sql, first: number, end: number, pace: Pacer): Promise<void> => {
  for (const table of ['edit', 'event', 'draft', 'op_text', 'pair_added']) {
    const [key, index] = reviewKeys[table] ?? ['', ''];
    while (sql.run(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table}${index} WHERE pair >= ? AND pair < ? LIMIT 4096)`, first, end).changes > 0) await pace();
  }
};
const reviewKeys: Readonly<Record<string, readonly [string, string]>> = {
  edit: ['pair, side', ''], event: ['id', ''], draft: ['annotator, pair, side', ''], op_text: ['op, pair, side', ''], pair_added: ['pair', ''],
};

const purgeBlock = async (sql: Sql, block: number, pace: Pacer): Promise<void> => {
  for (const column of sql.column<number>('SELECT id FROM pair_column WHERE block = ?', block)) {
    while (sql.run('DELETE FROM column_chunk WHERE rowid IN (SELECT rowid FROM column_chunk WHERE pair_column = ? LIMIT 8)', column).changes > 0) await pace();
    sql.transaction(() => {
      sql.run('DELETE FROM column_label WHERE pair_column = ?', column);
      sql.run('DELETE FROM column_patch WHERE pair_column = ?', column);
      sql.run('DELETE FROM op_chunk WHERE pair_column = ?', column);
      sql.run('DELETE FROM pair_column WHERE id = ?', column);
    });
  }
  while (sql.run('DELETE FROM pair_chunk WHERE rowid IN (SELECT rowid FROM pair_chunk WHERE block = ? LIMIT 8)', block).changes > 0) await pace();
  sql.run('DELETE FROM pair_block WHERE id = ?', block);
};

const purgeCollection = async (sql: Sql, collection: number, pace: Pacer): Promise<number> => {
  const total = sentenceCount(sql, collection);
  for (let end = total; end > 0; end -= 4_096) {
    const from = sentenceKey(collection, Math.max(0, end - 4_096));
    sql.transaction(() => {
      sql.run('DELETE FROM occurrence WHERE sentence >= ? AND sentence < ?', from, sentenceKey(collection, end));
      sql.run('DELETE FROM sentence WHERE id >= ? AND id < ?', from, sentenceKey(collection, end));
    });
    await pace();
  }
  sql.transaction(() => {
    sql.run('DELETE FROM malformed WHERE collection = ?', collection);
    sql.run('DELETE FROM collection WHERE id = ?', collection);
  });
  return total;
};

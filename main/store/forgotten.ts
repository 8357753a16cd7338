import type { Sql } from './database.ts';
import { createPacer } from './pacer.ts';

/**
 * Deletes, in slices, what large operations left that are no longer in the history.
 *
 * Forgetting one removes its entry only: a decision that ends the redo of a change to a million pairs must not wait for its records to be deleted.
 */
export const sweepForgotten = async (sql: Sql, signal?: AbortSignal): Promise<void> => {
  const pace = createPacer(signal);
  for (const op of strayOps(sql, 'op_text')) {
    while (sql.run('DELETE FROM op_text WHERE op = ? AND (op, pair, side) IN (SELECT op, pair, side FROM op_text WHERE op = ? LIMIT 2048)', op, op).changes > 0) await pace();
  }
  for (const op of strayOps(sql, 'op_chunk')) {
    while (sql.run('DELETE FROM op_chunk WHERE op = ? AND no IN (SELECT no FROM op_chunk WHERE op = ? LIMIT 8)', op, op).changes > 0) await pace();
  }
};

/** Operations with records and without an entry; one seek an operation. */
const strayOps = (sql: Sql, table: 'op_text' | 'op_chunk'): readonly number[] => sql.column<number>(`
  WITH RECURSIVE recorded(op) AS (
    SELECT min(op) FROM ${table} UNION ALL SELECT (SELECT min(op) FROM ${table} WHERE op > recorded.op) FROM recorded WHERE recorded.op IS NOT NULL
  ) SELECT op FROM recorded WHERE op IS NOT NULL AND op NOT IN (SELECT id FROM op)`);

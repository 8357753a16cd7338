import type { Migration } from './migration.ts';

/**
 * The second layout: judging, editing and sharing out pairs.
 *
 * `edit` holds the texts as they read now where they are not those that were imported; `op_text` both texts of
 * each change (null = the original), so that undo and redo write the overlay only; of a text that an operation changes twice the first and the last.
 * `column_patch` holds single values that are newer than their chunk: a decision writes these few bytes instead of 64 KiB and more.
 * `pair_added`: pairs made by a split; they read the sentences of the pair they come from. `pair_block.reserved`: ids free behind a block for them.
 * `event.op` null: the operation is no longer in the history, the event stands for good.
 * `pair_block.first` of a discarded block is turned (-2 - first; -1: it never had ids), so that what is kept by pair goes with it; no id is given twice (`meta`).
 * A queue's order is in chunks of 65,536 u32 ids a list; annotator 0 is everybody, else one list for each of those it is shared out among; a refresh
 * writes the next `edition`. Pairs from `known_until` on were not there when it was frozen.
 */
export const review: Migration = {
  number: 2,
  title: 'edits, annotators, decisions by annotator, events, drafts, queues, filters, schemes, checks, terms',
  up: (database) => {
    database.exec(`
      CREATE TABLE annotator(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL) STRICT;
      CREATE TABLE edit(pair INTEGER NOT NULL, side INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(pair, side)) STRICT, WITHOUT ROWID;
      CREATE TABLE op_text(
        op INTEGER NOT NULL, pair INTEGER NOT NULL, side INTEGER NOT NULL, before TEXT, after TEXT, PRIMARY KEY(op, pair, side)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE column_patch(
        pair_column INTEGER NOT NULL, chunk INTEGER NOT NULL, at INTEGER NOT NULL, value REAL, PRIMARY KEY(pair_column, chunk, at)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE pair_added(pair INTEGER PRIMARY KEY, split_from INTEGER NOT NULL) STRICT;
      ALTER TABLE pair_block ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0;
      UPDATE pair_block SET reserved = 65536 WHERE id = (SELECT id FROM pair_block WHERE first >= 0 ORDER BY first DESC, count DESC LIMIT 1);
      INSERT INTO meta(key, value) SELECT 'pairs:next', CAST(coalesce(max(first + count + reserved), 0) AS TEXT) FROM pair_block WHERE first >= 0;

      ALTER TABLE op ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX op_state ON op(state, id);
      CREATE INDEX op_bulk ON op(id) WHERE bulk = 1;
      CREATE TABLE event(
        id INTEGER PRIMARY KEY, op INTEGER, pair INTEGER NOT NULL, annotator INTEGER, kind TEXT NOT NULL, side INTEGER,
        before TEXT, after TEXT, at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX event_pair ON event(pair, id);
      CREATE TABLE draft(
        annotator INTEGER NOT NULL, pair INTEGER NOT NULL, side INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(annotator, pair, side)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE scheme(id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE queue(
        id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER, collection INTEGER, name TEXT NOT NULL, predicate TEXT NOT NULL, sampling TEXT NOT NULL,
        scheme TEXT NOT NULL, annotators TEXT NOT NULL, overlap REAL NOT NULL, blind INTEGER NOT NULL, edition INTEGER NOT NULL, known_until INTEGER NOT NULL, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE queue_chunk(
        queue INTEGER NOT NULL, edition INTEGER NOT NULL, annotator INTEGER NOT NULL, no INTEGER NOT NULL, ids BLOB NOT NULL, PRIMARY KEY(queue, edition, annotator, no)
      ) STRICT;
      CREATE TABLE queue_position(queue INTEGER NOT NULL, annotator INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(queue, annotator)) STRICT, WITHOUT ROWID;
      CREATE TABLE saved_filter(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, predicate TEXT NOT NULL, sort TEXT NOT NULL) STRICT;

      CREATE TABLE check_ignore(
        scope TEXT NOT NULL, target INTEGER NOT NULL, check_id TEXT NOT NULL, PRIMARY KEY(scope, target, check_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE terms(
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE term(terms INTEGER NOT NULL, no INTEGER NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY(terms, no)) STRICT, WITHOUT ROWID;
    `);
  },
};

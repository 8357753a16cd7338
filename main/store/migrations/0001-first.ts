import type { Migration } from './migration.ts';

/**
 * The first layout.
 *
 * `sentence.id` = collection * 2^32 + ordinal: a collection is one range of the key, in order, without an index of its own.
 * A merged sentence keeps its first occurrence in its own row and the later ones in `occurrence`.
 * `removed`: 0 = there, 1 = removed by the user (undo brings it back), 2 = to be deleted by the next purge.
 * Pairs and everything dense about them are chunks of 65,536 little-endian values; chunk n of a block or column begins at its first pair + n * 65,536.
 * `run.kind`, `source`, `target` and `cut` repeat what stands in its JSON, for questions that are asked at every page.
 * `op_chunk.data` holds what the column does not hold at the moment: old values while the operation is applied (`applied` = 1), new ones while it is reverted.
 */
export const first: Migration = {
  number: 1,
  title: 'collections, sentences, pairs, columns, operations, runs, jobs',
  up: (database) => {
    database.exec(`
      CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE collection(
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, target_language TEXT,
        state TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0, side_of INTEGER, side TEXT,
        lines INTEGER NOT NULL DEFAULT 0, empty INTEGER NOT NULL DEFAULT 0, malformed INTEGER NOT NULL DEFAULT 0,
        merged INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0,
        files TEXT NOT NULL DEFAULT '[]', columns TEXT NOT NULL DEFAULT '[]', created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE sentence(
        id INTEGER PRIMARY KEY, file INTEGER NOT NULL, line INTEGER NOT NULL, count INTEGER NOT NULL DEFAULT 1, external TEXT, body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE occurrence(
        sentence INTEGER NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, no INTEGER NOT NULL, external TEXT, PRIMARY KEY(sentence, file, line, no)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE malformed(
        collection INTEGER NOT NULL, no INTEGER NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, place INTEGER NOT NULL,
        reason TEXT NOT NULL, excerpt TEXT NOT NULL, PRIMARY KEY(collection, no)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE pair_block(
        id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER, collection INTEGER, source INTEGER NOT NULL, target INTEGER NOT NULL, first INTEGER, count INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE TABLE pair_chunk(
        block INTEGER NOT NULL, no INTEGER NOT NULL, sources BLOB NOT NULL, targets BLOB NOT NULL, files BLOB, lines BLOB, PRIMARY KEY(block, no)
      ) STRICT;
      CREATE TABLE pair_column(
        id INTEGER PRIMARY KEY AUTOINCREMENT, block INTEGER NOT NULL, run INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, producer TEXT NOT NULL, signature TEXT NOT NULL
      ) STRICT;
      CREATE INDEX pair_column_block ON pair_column(block, name);
      CREATE TABLE column_chunk(
        pair_column INTEGER NOT NULL, no INTEGER NOT NULL, minimum REAL, maximum REAL, data BLOB NOT NULL, PRIMARY KEY(pair_column, no)
      ) STRICT;
      CREATE TABLE column_label(
        pair_column INTEGER NOT NULL, code INTEGER NOT NULL, label TEXT NOT NULL, PRIMARY KEY(pair_column, code)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE op(
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, annotator TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        complete INTEGER NOT NULL DEFAULT 0, focus_pair INTEGER
      ) STRICT;
      CREATE TABLE op_record(
        op INTEGER NOT NULL, no INTEGER NOT NULL, kind TEXT NOT NULL, target INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY(op, no)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE op_chunk(
        op INTEGER NOT NULL, no INTEGER NOT NULL, pair_column INTEGER NOT NULL, chunk INTEGER NOT NULL, applied INTEGER NOT NULL,
        offsets BLOB NOT NULL, data BLOB NOT NULL, PRIMARY KEY(op, no)
      ) STRICT;

      CREATE TABLE run(
        id INTEGER PRIMARY KEY AUTOINCREMENT, removed INTEGER NOT NULL DEFAULT 0, kind TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, cut REAL, json TEXT NOT NULL
      ) STRICT;
      CREATE TABLE job(
        id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, cleared INTEGER NOT NULL DEFAULT 0, json TEXT NOT NULL, parameters TEXT NOT NULL, checkpoint TEXT
      ) STRICT;
      CREATE TABLE job_log(
        job INTEGER NOT NULL, no INTEGER NOT NULL, at INTEGER NOT NULL, level TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY(job, no)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};

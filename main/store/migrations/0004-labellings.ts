import type { Migration } from './migration.ts';

/**
 * The fourth layout: labels carried from one side of sentence pairs to the other.
 *
 * A labelling keeps its own texts, since offsets of spans mean nothing without exactly the text they were found in. `label_span.found` is what the methods say (JSON),
 * written anew by every run; `decision` and what follows it is what people say, and is written by operations only. Ids of spans are dense in a labelling and
 * `labelling * 2^32 + number`; `removed` as in `collection`.
 */
export const labellings: Migration = {
  number: 4,
  title: 'labellings: sentences, spans, what methods and people say of them',
  up: (database) => {
    database.exec(`
      CREATE TABLE labelling(
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL, settings TEXT NOT NULL,
        facts TEXT NOT NULL, state TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE label_sentence(id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, form TEXT, links TEXT) STRICT;
      CREATE TABLE label_span(
        id INTEGER PRIMARY KEY, sentence INTEGER NOT NULL, label TEXT NOT NULL, source_from INTEGER NOT NULL, source_to INTEGER NOT NULL,
        found TEXT NOT NULL, agrees INTEGER, sureness REAL NOT NULL,
        decision TEXT NOT NULL DEFAULT 'open', chosen_from INTEGER, chosen_to INTEGER, flagged INTEGER NOT NULL DEFAULT 0, annotator INTEGER, judged_at INTEGER
      ) STRICT;
      CREATE INDEX label_span_sentence ON label_span(sentence);
    `);
  },
};

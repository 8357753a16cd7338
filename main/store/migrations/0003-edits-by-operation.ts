import type { Migration } from './migration.ts';

/**
 * The third layout: an edited text stands once, in the record of the operation that wrote it.
 *
 * `edit.op`: the text is `op_text.after` of that operation, and `body` is empty; null: it is `body`. A change of a million texts writes them once instead
 * of twice, and taking it back removes a few bytes a pair.
 */
export const editsByOperation: Migration = {
  number: 3,
  title: 'edited texts stand in the record of their operation',
  up: (database) => {
    database.exec('ALTER TABLE edit ADD COLUMN op INTEGER');
  },
};

import { Failure } from '../contract/errors.ts';
import type { SavedFilters } from './api-queues.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';

type Row = { readonly id: number; readonly name: string; readonly predicate: string; readonly sort: string };

/** Filters kept by name. */
export const createSavedFilters = (sql: Sql): SavedFilters => ({
  list: () => sql.all<Row>('SELECT id, name, predicate, sort FROM saved_filter ORDER BY name').map(({ id, name, predicate, sort }) => ({ id, name, predicate: parseStored(predicate), sort: parseStored(sort) })),
  save: ({ name, predicate, sort }) => void sql.run('INSERT INTO saved_filter(name, predicate, sort) VALUES (?, ?, ?) ON CONFLICT(name) DO UPDATE SET predicate = excluded.predicate, sort = excluded.sort', name, toStored(predicate), toStored(sort)),
  remove: (id) => {
    if (sql.run('DELETE FROM saved_filter WHERE id = ?', id).changes === 0) throw new Failure('not-found', 'This filter is no longer there.');
  },
});

import type Sqlite from 'better-sqlite3';

/** One step from the layout before to the next; runs in a transaction that also writes `user_version`. A released one is never changed. */
export type Migration = { readonly number: number; readonly title: string; readonly up: (database: Sqlite.Database) => void };

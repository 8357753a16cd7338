import type { MalformedLine } from '../contract/corpora.ts';
import type { Malformed } from './api.ts';
import { collectionFiles } from './collection-files.ts';
import type { Sql } from './database.ts';

type Entry = { readonly file: number; readonly line: number; readonly column: number; readonly reason: string; readonly excerpt: string };

export const createMalformed = (sql: Sql): Malformed => ({
  writer: (collection) => {
    let waiting: Entry[] = [];
    let no = sql.value<number>('SELECT count(*) FROM malformed WHERE collection = ?', collection) ?? 0;
    const insert = 'INSERT INTO malformed(collection, no, file, line, place, reason, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?)';
    const flush = (): void => {
      const entries = waiting;
      if (entries.length === 0) return;
      sql.transaction(() => entries.forEach(({ file, line, column, reason, excerpt }, index) => sql.run(insert, collection, no + index, file, line, column, reason, excerpt)));
      no += entries.length;
      waiting = [];
    };
    return {
      add: (file, line, column, reason, excerpt) => {
        waiting.push({ file, line, column, reason, excerpt });
        if (waiting.length >= 4_096) flush();
      },
      flush,
    };
  },
  page: (collection, from, count) => {
    const files = collectionFiles(sql, collection);
    const rows = sql.all<Entry>('SELECT file, line, place AS "column", reason, excerpt FROM malformed WHERE collection = ? AND no >= ? AND no < ? ORDER BY no', collection, from, from + count);
    return {
      rows: rows.map((row): MalformedLine => ({ ...row, file: files.nameOf(row.file) })),
      total: sql.value<number>('SELECT count(*) FROM malformed WHERE collection = ?', collection) ?? 0,
    };
  },
});

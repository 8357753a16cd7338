import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** What a project says of files outside itself, as one text to look for a name in; `unknown`: it could not be asked, and may name anything. */
export type FilesNamed = string | 'unknown';

/** Files of collections (also of removed ones: undo brings them back), gold lists, parameters of jobs that may go on. */
const question = `SELECT files FROM collection UNION ALL SELECT value FROM meta WHERE key LIKE 'run:%:gold'
  UNION ALL SELECT coalesce(parameters, '') FROM job WHERE state NOT IN ('done', 'cancelled')`;

const known = new Map<string, { readonly stamp: string; readonly text: string }>();

/**
 * What a project that is not open here names.
 *
 * SQLite's own exclusive lock is held for the moment of asking, so that nothing is left beside the file (a reader without it leaves `-wal` and `-shm`), and
 * one that is open in another Dragoman is `unknown`. Nothing is written. Asked again only when the file has changed. A file that is gone names nothing.
 */
export const filesNamedIn = (path: string): FilesNamed => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return '';
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  const stamp = [found.mtimeMs, found.size, log?.mtimeMs, log?.size].join(' ');
  const before = known.get(path);
  if (before?.stamp === stamp) return before.text;
  let driver: Sqlite.Database | undefined;
  try {
    driver = new Sqlite(path, { fileMustExist: true, timeout: 50 });
    driver.pragma('locking_mode = EXCLUSIVE');
    const text = driver.prepare(question).pluck().all().join('\n');
    known.set(path, { stamp, text });
    return text;
  } catch {
    return 'unknown';
  } finally {
    driver?.close();
  }
};

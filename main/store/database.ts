import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';

/** What SQLite stores and gives back here: no bigint, which the driver turns into numbers below 2^53. */
export type Cell = number | string | Buffer | null;

/**
 * The thin layer between the rooms of the store and the driver: prepared statements kept by their text, and errors turned into `Failure`s.
 *
 * Row types are stated by the caller beside the SQL that makes them; nothing outside this folder sees them.
 */
export type Sql = {
  readonly path: string;
  readonly driver: Sqlite.Database;
  run(text: string, ...values: readonly Cell[]): { readonly changes: number; readonly id: number };
  get<Row>(text: string, ...values: readonly Cell[]): Row | undefined;
  all<Row>(text: string, ...values: readonly Cell[]): Row[];
  /** First column of the first row. */
  value<Value>(text: string, ...values: readonly Cell[]): Value | undefined;
  /** First column of all rows. */
  column<Value>(text: string, ...values: readonly Cell[]): Value[];
  /** Rows as arrays of cells: the fast way over many. */
  arrays<Row extends readonly Cell[]>(text: string, ...values: readonly Cell[]): Row[];
  /** All or nothing; may be nested. Never await inside. */
  transaction<T>(body: () => T): T;
};

export const createSql = (driver: Sqlite.Database, path: string): Sql => {
  const rows = new Map<string, Sqlite.Statement<Cell[]>>();
  const plucks = new Map<string, Sqlite.Statement<Cell[]>>();
  const raws = new Map<string, Sqlite.Statement<Cell[]>>();
  const prepared = (kept: Map<string, Sqlite.Statement<Cell[]>>, text: string): Sqlite.Statement<Cell[]> => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = driver.prepare<Cell[]>(text);
    if (kept === plucks) made.pluck(true);
    if (kept === raws) made.raw(true);
    kept.set(text, made);
    return made;
  };
  const guarded = <T>(body: () => T): T => {
    try {
      return body();
    } catch (thrown) {
      throw storeFailure(thrown, path);
    }
  };
  return {
    path,
    driver,
    run: (text, ...values) => guarded(() => {
      const { changes, lastInsertRowid } = prepared(rows, text).run(...values);
      return { changes, id: Number(lastInsertRowid) };
    }),
    get: <Row>(text: string, ...values: readonly Cell[]) => guarded(() => prepared(rows, text).get(...values) as Row | undefined),
    all: <Row>(text: string, ...values: readonly Cell[]) => guarded(() => prepared(rows, text).all(...values) as Row[]),
    value: <Value>(text: string, ...values: readonly Cell[]) => guarded(() => prepared(plucks, text).get(...values) as Value | undefined),
    column: <Value>(text: string, ...values: readonly Cell[]) => guarded(() => prepared(plucks, text).all(...values) as Value[]),
    arrays: <Row extends readonly Cell[]>(text: string, ...values: readonly Cell[]) => guarded(() => prepared(raws, text).all(...values) as Row[]),
    transaction: (body) => guarded(() => driver.transaction(body)()),
  };
};

/**
 * A driver's error as a sentence for the user; anything else passes unchanged.
 *
 * SQLite says FULL for ENOSPC only: an exhausted quota arrives as a failed write, and so does a dying disk, which is told apart by the free space.
 */
export const storeFailure = (thrown: unknown, path: string): unknown => {
  if (thrown instanceof TypeError && thrown.message === 'The database connection is not open') {
    return knownFailure('project-closed', { path });
  }
  if (!(thrown instanceof Sqlite.SqliteError)) return thrown;
  const { code, message } = thrown;
  if (code === 'SQLITE_FULL') return diskFull(path);
  if (/^SQLITE_IOERR_(WRITE|TRUNCATE|FSYNC|DIR_FSYNC)$/.test(code)) {
    return freeBytes(path) < 16 * 1024 * 1024 ? diskFull(path) : new Failure('disk-full', `The project ${path} could not be written (${message}).`, {
      detail: 'Everything committed before this moment is kept; the change that was being made is not.',
      hint: 'Check the quota of this account and the health of the disk, then try again.',
    });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return corruptProject(path, message);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return knownFailure('project-busy', { path });
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return knownFailure('project-read-only', { path });
  }
  if (code === 'SQLITE_CANTOPEN') {
    return new Failure('file-unreadable', `The project ${path} cannot be opened (${message}).`, { hint: 'Check that its folder exists and that you may read and write there.' });
  }
  return thrown;
};

export const corruptProject = (path: string, finding: string): Failure => knownFailure('project-corrupt', { path, finding });

const diskFull = (path: string): Failure => knownFailure('project-disk-full', { path });

const freeBytes = (path: string): number => {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return 0;
  }
};

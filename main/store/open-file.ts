import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { knownFailure } from '../contract/known-failures.ts';
import { corruptProject, storeFailure } from './database.ts';
import { applicationId, migrate, userVersion } from './migrate.ts';

/** Files up to this size are checked whole at each open (about a second); larger ones when SQLite stumbles, or by `quickCheck`. */
const checkedBytes = 64 * 1024 * 1024;

/** KiB of the file's pages kept in memory. */
export const cachedKibibytes = 16_384;

/** Pages in the log until they are brought into the file itself. */
export const checkpointPages = 2_000;

/**
 * The file of a project, checked, migrated, and ours alone.
 *
 * SQLite's own exclusive lock stands behind the lock file: it ends with the process whatever happens, and needs no shared memory beside the file.
 */
export const openFile = (path: string, create: boolean): { readonly driver: Sqlite.Database; readonly backup: string | null } => {
  const bytes = checkPath(path, create);
  let driver: Sqlite.Database | undefined;
  try {
    driver = new Sqlite(path, { fileMustExist: !create, timeout: 500 });
    driver.pragma('locking_mode = EXCLUSIVE');
    if (bytes !== null && bytes > 0) checkContents(driver, path, bytes);
    configure(driver, bytes ?? 0);
    return { driver, backup: migrate(driver, path) };
  } catch (thrown) {
    driver?.close();
    throw storeFailure(thrown, path);
  }
};

/** The first things SQLite finds wrong with the file; empty where nothing is. Reads all of it. */
export const quickCheck = (driver: Sqlite.Database): readonly string[] => {
  const findings = driver.pragma('quick_check(3)') as readonly { readonly quick_check: string }[];
  return findings.map(({ quick_check: finding }) => finding.replaceAll(/\s+/g, ' ')).filter((finding) => finding !== 'ok');
};

/**
 * Whether there is something that could be a project, before anything is written beside it.
 *
 * @returns its size; null where a new one is to be made.
 */
export const checkPath = (path: string, create: boolean): number | null => {
  const bytes = existsSync(path) ? statSync(path).size : null;
  if (bytes === null && !create) throw knownFailure('project-missing', { path });
  if (bytes === null && !existsSync(dirname(path))) throw knownFailure('project-folder-missing', { folder: dirname(path) });
  if (bytes !== null && !statSync(path).isFile()) throw knownFailure('project-is-folder', { path });
  if (bytes === null || bytes === 0) return bytes;
  const head = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, 16, 0);
  } finally {
    closeSync(file);
  }
  if (head.toString('latin1') !== 'SQLite format 3\0') throw corruptProject(path, 'its first bytes are not those of a project file');
  return bytes;
};

const configure = (driver: Sqlite.Database, bytes: number): void => {
  if (bytes === 0) driver.pragma('page_size = 8192');
  driver.pragma('journal_mode = WAL');
  driver.pragma('synchronous = FULL');
  driver.pragma('foreign_keys = OFF');
  driver.pragma('temp_store = MEMORY');
  driver.pragma(`cache_size = -${cachedKibibytes}`);
  driver.pragma(`wal_autocheckpoint = ${checkpointPages}`);
};

const checkContents = (driver: Sqlite.Database, path: string, bytes: number): void => {
  const tables = Number(driver.prepare('SELECT count(*) FROM sqlite_schema').pluck(true).get());
  const application = Number(driver.pragma('application_id', { simple: true }));
  if (tables > 0 && application !== applicationId) throw corruptProject(path, 'it is a database of another program, not a Dragoman project');
  if (tables === 0 && userVersion(driver) > 0) throw corruptProject(path, 'its tables are gone');
  if (bytes > checkedBytes) return;
  const findings = quickCheck(driver);
  if (findings.length > 0) throw corruptProject(path, findings.join('; '));
};

import { constants, copyFileSync, existsSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { knownFailure } from '../contract/known-failures.ts';
import { migrations as released } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';

/** "DRGM": tells a project from any other SQLite file. */
export const applicationId = 0x4452474d;

/**
 * Brings an open file to the newest layout, after copying it to `<path>.before-<number>`; a new file is simply made.
 *
 * @returns the backup's path, or null where nothing old was changed.
 */
export const migrate = (database: Sqlite.Database, path: string, migrations: readonly Migration[] = released): string | null => {
  const version = userVersion(database);
  const newest = migrations.length;
  if (version > newest) {
    throw knownFailure('project-newer', { path, version, newest });
  }
  if (version === newest) return null;
  const backup = version === 0 ? null : backUp(database, path, version + 1);
  for (const migration of migrations.slice(version)) {
    database.transaction(() => {
      migration.up(database);
      database.pragma(`user_version = ${migration.number}`);
      database.pragma(`application_id = ${applicationId}`);
    })();
  }
  return backup;
};

export const userVersion = (database: Sqlite.Database): number => Number(database.pragma('user_version', { simple: true }));

/** The file itself, not VACUUM INTO: a backup should be what was there, byte by byte. Never overwrites an earlier one. */
const backUp = (database: Sqlite.Database, path: string, number: number): string => {
  database.pragma('wal_checkpoint(TRUNCATE)');
  const stem = `${path}.before-${number}`;
  let backup = stem;
  for (let attempt = 2; existsSync(backup); attempt += 1) backup = `${stem}-${attempt}`;
  copyFileSync(path, backup, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  return backup;
};

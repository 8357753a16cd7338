import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { knownFailure } from '../contract/known-failures.ts';
import { storeFailure } from './database.ts';

/**
 * A whole copy of the open file.
 *
 * SQLite's backup in steps of 2 MB and not VACUUM INTO: that one would block the workbench for as long as the copy takes (seconds a gigabyte).
 * What is committed meanwhile is in the copy too. It grows under another name and is renamed when it is whole.
 */
export const saveCopy = async (driver: Sqlite.Database, path: string, options: { readonly overwrite?: boolean; readonly signal?: AbortSignal } = {}): Promise<{ readonly path: string; readonly bytes: number }> => {
  if (existsSync(path) && options.overwrite !== true) throw knownFailure('project-exists', { path });
  const partial = `${path}.partial`;
  try {
    rmSync(partial, { force: true });
    await driver.backup(partial, { progress: () => {
      options.signal?.throwIfAborted();
      return 256;
    } });
    renameSync(partial, path);
    return { path, bytes: statSync(path).size };
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw storeFailure(thrown, path);
  }
};

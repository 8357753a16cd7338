import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';

/** Everything of ours in a chosen folder stands in one of this name: nothing else there is ever touched. */
const ownName = 'dragoman-cache';

/** The folder of ours in the one that was chosen, made and tried; throws where nothing can be written. */
export const makeCacheFolder = (chosen: string): string => {
  if (!isAbsolute(chosen)) throw new Failure('bad-input', 'A cache folder is named by its whole path.', { hint: 'Choose a folder.' });
  const folder = basename(chosen) === ownName ? resolve(chosen) : join(resolve(chosen), ownName);
  const trial = join(folder, `.trial-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, '');
    rmSync(trial);
    return folder;
  } catch (thrown) {
    throw knownFailure('cache-unwritable', { folder: chosen, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};

/** Where models are unpacked. */
export const unpackedFolder = (cacheFolder: string): string => join(cacheFolder, 'models');

/** Where projects that are not stored beside their file have what can be made again. */
export const projectsFolder = (cacheFolder: string): string => join(cacheFolder, 'projects');

/**
 * The folder of what can be made again for a project; undefined: beside its file.
 *
 * Nothing is ever moved: a project keeps the folder it has, beside its file or in a cache folder of before. Only one that has none yet gets it where the settings say.
 */
export const workFolderOf = (project: string, chosen: string | null, cacheFolders: readonly string[]): string | undefined => {
  const path = resolve(project);
  if (isFilled(`${path}.d`)) return undefined;
  const name = `${basename(path).replace(/\.dragoman$/iu, '')}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
  const places = cacheFolders.map((folder) => join(projectsFolder(folder), name));
  return places.find(isFilled) ?? (chosen === null ? undefined : join(projectsFolder(chosen), name));
};

const isFilled = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

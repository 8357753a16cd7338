import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';

/** What can go wrong with a file, in sentences. */

/** The size of a file that can be read; a `Failure` that says why for anything else. */
export const fileSize = async (path: string): Promise<number> => {
  const found = await stat(path).catch((thrown: unknown) => { throw fileFailure(path, thrown); });
  if (found.isDirectory()) throw knownFailure('file-is-folder', { path });
  if (!found.isFile()) throw new Failure('file-unreadable', `"${path}" is not an ordinary file.`, { hint: 'Save its content to a file first.' });
  if (found.size === 0) throw emptyFile(path);
  return found.size;
};

export const emptyFile = (path: string): Failure => knownFailure('file-empty', { name: basename(path) });

/** A thrown thing of the file system as a `Failure`; other things stay what they are. */
export const fileFailure = (path: string, thrown: unknown): unknown => {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return thrown;
  switch (thrown.code) {
    case 'ENOENT': case 'ENOTDIR':
      return knownFailure('file-missing', { path });
    case 'EACCES': case 'EPERM':
      return knownFailure('file-forbidden', { path });
    case 'EIO': case 'ENXIO': case 'EBUSY': case 'ESTALE':
      return knownFailure('file-drive', { path, error: String(thrown.code) });
    case 'EISDIR':
      return knownFailure('file-is-folder', { path });
    default:
      return thrown;
  }
};

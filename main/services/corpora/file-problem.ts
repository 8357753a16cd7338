import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failure } from '../../contract/errors.ts';

/** What can go wrong with a file, in sentences. */

/** The size of a file that can be read; a `Failure` that says why for anything else. */
export const fileSize = async (path: string): Promise<number> => {
  const found = await stat(path).catch((thrown: unknown) => { throw fileFailure(path, thrown); });
  if (found.isDirectory()) throw new Failure('file-unreadable', `"${path}" is a folder, not a file.`, { hint: 'Choose the files in it.' });
  if (!found.isFile()) throw new Failure('file-unreadable', `"${path}" is not an ordinary file.`, { hint: 'Save its content to a file first.' });
  if (found.size === 0) throw emptyFile(path);
  return found.size;
};

export const emptyFile = (path: string): Failure =>
  new Failure('empty-input', `The file "${basename(path)}" is empty.`, { detail: 'Nothing was imported.', hint: 'Check whether the file was written or downloaded completely, and choose another one.' });

/** A thrown thing of the file system as a `Failure`; other things stay what they are. */
export const fileFailure = (path: string, thrown: unknown): unknown => {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return thrown;
  switch (thrown.code) {
    case 'ENOENT': case 'ENOTDIR':
      return new Failure('file-missing', `There is no file "${path}".`, { hint: 'Check the name; was the file moved or its drive removed?' });
    case 'EACCES': case 'EPERM':
      return new Failure('file-unreadable', `The file "${path}" may not be read.`, { hint: 'Ask its owner for the right to read it, or copy it to a folder of yours.' });
    case 'EIO': case 'ENXIO': case 'EBUSY': case 'ESTALE':
      return new Failure('file-unreadable', `The file "${path}" could not be read: its drive reports an error (${String(thrown.code)}).`, { hint: 'Copy the file to another drive and import the copy.' });
    case 'EISDIR':
      return new Failure('file-unreadable', `"${path}" is a folder, not a file.`, { hint: 'Choose the files in it.' });
    default:
      return thrown;
  }
};

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Collection, ImportFile } from '../../contract/corpora.ts';
import { Failure } from '../../contract/errors.ts';
import { fileSize } from './file-problem.ts';

/**
 * The files of a collection as an import asks for them, in their order: with new ones behind them they make a collection in which every old sentence
 * keeps its ordinal. Throws where a file is not what it was, because then it would not.
 */
export const filesOf = async (collection: Collection, signal: AbortSignal): Promise<ImportFile[]> => {
  if (collection.state !== 'ready') throw new Failure('conflict', `"${collection.name}" is not completely imported.`, { hint: 'Wait until the import has ended, or import its files anew.' });
  for (const file of collection.files) {
    const same = await fileSize(file.path) === file.bytes && await sha256(file.path, signal) === file.sha256;
    if (!same) throw new Failure('conflict', `"${basename(file.path)}" has changed since "${collection.name}" was imported.`, { detail: 'Nothing was imported.', hint: 'Import the new files as a collection of their own, or all of them anew.' });
  }
  const files: ImportFile[] = [];
  for (let place = 0; place < collection.files.length; place += 1) {
    const file = collection.files[place];
    if (file === undefined) continue;
    const { path, options } = file;
    if (options.layout !== 'moses') { files.push({ path, targetPath: null, options }); continue; }
    // The two halves of a Moses pair stand one behind the other.
    place += 1;
    files.push({ path, targetPath: collection.files[place]?.path ?? null, options });
  }
  return files;
};

const sha256 = async (path: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
};

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes and files of a file or folder; links are counted, not followed. What goes away meanwhile counts nothing. */
export const sizeOf = async (path: string): Promise<{ readonly bytes: number; readonly files: number }> => {
  const facts = await lstat(path).catch(() => undefined);
  if (facts === undefined) return { bytes: 0, files: 0 };
  if (!facts.isDirectory()) return { bytes: facts.size, files: 1 };
  let [bytes, files] = [0, 0];
  for (const name of await readdir(path).catch(() => [])) {
    const size = await sizeOf(join(path, name));
    bytes += size.bytes;
    files += size.files;
  }
  return { bytes, files };
};

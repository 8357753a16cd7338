import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../contract/errors.ts';

/** Takes a file that was dropped onto the page: the raw body, written under its own name into a new folder. Half a file is not kept. */
export const receiveUpload = async (request: IncomingMessage, uploadsFolder: string, offeredName: string): Promise<string> => {
  const name = basename(offeredName.replaceAll('\\', '/')).replace(/[\u0000-\u001f]/g, '');
  if (name === '' || name === '.' || name === '..') throw new Failure('bad-input', 'An upload needs a file name.');
  const folder = join(uploadsFolder, randomBytes(6).toString('hex'));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  try {
    await pipeline(request, createWriteStream(path, { flags: 'wx' }));
    return path;
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
};

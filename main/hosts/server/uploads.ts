import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../contract/errors.ts';

class TooLarge extends Error {}

/**
 * Takes a file that was dropped onto the page: the raw body, written under its own name into a new folder. Returns its path.
 *
 * Half a file is not kept; one of more than `largest` bytes is left unread from there on, and the answer is undefined.
 */
export const receiveUpload = async (request: IncomingMessage, uploadsFolder: string, offeredName: string, largest: number): Promise<string | undefined> => {
  const name = basename(offeredName.replaceAll('\\', '/')).replace(/[\u0000-\u001f]/g, '');
  if (name === '' || name === '.' || name === '..') throw new Failure('bad-input', 'An upload needs a file name.');
  const folder = join(uploadsFolder, randomBytes(6).toString('hex'));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  try {
    // The request itself stays open: the refusal goes out over its connection.
    await pipeline(request.iterator({ destroyOnReturn: false }), atMost(largest), createWriteStream(path, { flags: 'wx' }));
    return path;
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    if (thrown instanceof TooLarge) return undefined;
    throw thrown;
  }
};

const atMost = (largest: number): Transform => {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      if (seen > largest) done(new TooLarge()); else done(null, chunk);
    },
  });
};

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import type { EncoderDescription } from '../../contract/models.ts';
import { describeBundled, hashedLines } from '../../domain/models/bundled-model.ts';

/** The encoders that ship with the program, by the names of their folders. Read once, at start: a few kilobytes. */
export const readBundledModels = (folder: string): readonly EncoderDescription[] => {
  if (!existsSync(folder)) return [];
  const found: EncoderDescription[] = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name, 'model.json');
    if (!existsSync(path)) continue;
    const description = describeBundled(join(folder, name), parse(path), (checksums, names) => createHash('sha256').update(hashedLines(checksums, names)).digest('hex'));
    if (description !== undefined) found.push(description);
  }
  return found;
};

const parse = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (thrown) {
    throw new Failure('model-corrupt', `${path} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { hint: 'Install the program anew.' });
  }
};

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../../contract/errors.ts';
import { UsageError } from './exit.ts';

/** What is written behind an option, checked before any work begins. */

/** One of a few words. @throws UsageError that lists them */
export const oneOf = <const T extends string>(known: readonly T[], given: string, option: string): T => {
  const found = known.find((one) => one === given);
  if (found === undefined) throw new UsageError(`${option} ${given}: one of ${known.join(', ')}.`);
  return found;
};

/** @throws UsageError for anything but digits within the bounds */
export const wholeNumber = (given: string, option: string, least: number, most: number): number => {
  const value = Number(given);
  if (!/^\d+$/u.test(given) || value < least || value > most) throw new UsageError(`${option} ${given}: a whole number from ${least} to ${most}.`);
  return value;
};

/** The absolute path of what is there. @throws Failure `file-missing`; `file-unreadable` for a folder in a file's place and the other way round */
export const existing = (path: string, kind: 'file' | 'folder' = 'file'): string => {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new Failure('file-missing', `${path} does not exist.`);
  if (statSync(absolute).isDirectory() !== (kind === 'folder')) throw new Failure('file-unreadable', `${path} is not a ${kind}.`);
  return absolute;
};

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pathOf = (dataFolder: string, port: number): string => join(dataFolder, 'attach', `${port}.token`);

/** Writes the secret with which this user's command line attaches to the workbench on a port. Returns the file's path. */
export const writeAttachFile = (dataFolder: string, port: number, token: string): string => {
  const path = pathOf(dataFolder, port);
  mkdirSync(join(dataFolder, 'attach'), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  writeFileSync(path, token, { mode: 0o600, flag: 'wx' });
  return path;
};

/** The secret of the workbench on a port, or undefined where this user has none. */
export const readAttachFile = (dataFolder: string, port: number): string | undefined => {
  try {
    return readFileSync(pathOf(dataFolder, port), 'utf8');
  } catch {
    return undefined;
  }
};

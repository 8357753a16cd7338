import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';
import { namedFiles } from '../../domain/desktop/named-files.ts';

/**
 * Hands on what the system asks to be opened: the program's arguments, those of a second start, and `open-file` of macOS.
 *
 * Called before the app is ready, as macOS tells its files that early; `open` keeps them until a page can take them. False: another Dragoman runs, and got ours.
 */
export const takeAskedFiles = (open: (paths: readonly string[]) => void): boolean => {
  // A packaged program is its own first argument; run by `electron .` the folder is a second one.
  const own = app.isPackaged ? 1 : 2;
  const existing = (argv: readonly string[], count: number, folder: string): readonly string[] => namedFiles(argv, count, (path) => resolve(folder, path)).filter((path) => existsSync(path));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv, folder) => open(existing(argv, own, folder)));
  const first = existing(process.argv, own, process.cwd());
  if (first.length > 0) open(first);
  return true;
};

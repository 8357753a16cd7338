import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { knownFailure } from '../../contract/known-failures.ts';
import type { FileEntry } from '../../contract/project.ts';

/** How a host lets paths in: the path itself, or a Failure. The window lets everything in, the served page only its roots. */
export type FileGate = { readonly roots: readonly string[]; check(path: string): string };

export type Folder = { readonly folder: string | null; readonly parent: string | null; readonly entries: FileEntry[] };

const entry = (path: string): FileEntry | undefined => {
  try {
    const facts = statSync(path);
    const kind = facts.isDirectory() ? 'folder' : 'file';
    return { name: basename(path) || path, path, kind, bytes: kind === 'file' ? facts.size : 0, changedAt: facts.mtimeMs };
  } catch {
    return undefined;
  }
};

const isEntry = (one: FileEntry | undefined): one is FileEntry => one !== undefined;

/** One folder of the user's files, folders first; without a folder: the roots. Hidden files are left out. */
export const browse = (gate: FileGate, folder: string | null): Folder => {
  if (folder === null) return { folder: null, parent: null, entries: gate.roots.map(entry).filter(isEntry) };
  const path = gate.check(folder);
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (thrown) {
    throw knownFailure('folder-unreadable', { path, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  const entries = names.filter((name) => !name.startsWith('.')).map((name) => entry(join(path, name))).filter(isEntry)
    .sort((left, right) => (left.kind === right.kind ? left.name.localeCompare(right.name, 'en', { numeric: true }) : left.kind === 'folder' ? -1 : 1));
  const above = dirname(path);
  const parent = above !== path && gate.roots.some((root) => path !== root) && allowed(gate, above) ? above : null;
  return { folder: path, parent, entries };
};

const allowed = (gate: FileGate, path: string): boolean => {
  try {
    gate.check(path);
    return true;
  } catch {
    return false;
  }
};

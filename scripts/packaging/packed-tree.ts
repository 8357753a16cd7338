/** A packaged tree as data: every file with its size and hash, those inside `app.asar` too. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { getRawHeader } from '@electron/asar';

export type PackedFile = {
  /** From the tree's root; inside the archive "resources/app.asar/out/main/index.js". */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Where it lies: as a file, inside the archive, or beside it (a file, and an entry of the archive that points to it). */
  readonly place: 'file' | 'archived' | 'unpacked';
};

/** Sorted by path, by code unit. */
export const listTree = (folder: string, resources: string): readonly PackedFile[] => {
  const archive = join(resources, 'app.asar');
  const prefix = posix.join(relativePath(folder, resources), 'app.asar');
  const loose = filesUnder(folder).filter((path) => path !== prefix && !path.startsWith(`${prefix}.unpacked/`));
  return [...loose.map((path) => describe(folder, path, path, 'file')), ...listArchive(folder, archive, prefix)].toSorted((one, other) => (one.path < other.path ? -1 : 1));
};

/** One line a file, `sha256  bytes  path`: two packagings of the same sources give the same text. */
export const asLines = (files: readonly PackedFile[]): string => files.map(({ path, bytes, sha256 }) => `${sha256}  ${String(bytes).padStart(9)}  ${path}\n`).join('');

/** One sentence a file that is in only one of two lists, or differs. */
export const differences = (one: readonly PackedFile[], other: readonly PackedFile[]): readonly string[] => {
  const [before, after] = [new Map(one.map((file) => [file.path, file.sha256])), new Map(other.map((file) => [file.path, file.sha256]))];
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((path) => {
    if (!before.has(path)) return [`${path} is only in the second`];
    if (!after.has(path)) return [`${path} is only in the first`];
    return before.get(path) === after.get(path) ? [] : [`${path} differs`];
  });
};

type Header = ReturnType<typeof getRawHeader>['header'];
type Entry = Header['files'][string];

const listArchive = (folder: string, archive: string, prefix: string): readonly PackedFile[] => {
  if (!existsSync(archive)) return [];
  const { header, headerSize } = getRawHeader(archive);
  const bytes = readFileSync(archive);
  const walk = (entry: Entry, path: string): readonly PackedFile[] => {
    if ('files' in entry) return Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, posix.join(path, name)));
    if ('link' in entry) return [];
    if (entry.unpacked === true) return [describe(folder, posix.join(`${prefix}.unpacked`, path), posix.join(prefix, path), 'unpacked')];
    const from = 8 + headerSize + Number(entry.offset);
    const content = bytes.subarray(from, from + entry.size);
    return [{ path: posix.join(prefix, path), bytes: entry.size, sha256: hash(content), place: 'archived' }];
  };
  return walk(header, '');
};

const describe = (folder: string, at: string, path: string, place: PackedFile['place']): PackedFile => {
  const content = readFileSync(join(folder, at));
  return { path, bytes: content.length, sha256: hash(content), place };
};

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relativePath(folder, join(entry.parentPath, entry.name)));

const relativePath = (folder: string, path: string): string => path.slice(folder.length + 1).replaceAll('\\', '/');

const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * Which packages of `package-lock.json` the program ships: what the processes require, and what is bundled into the page.
 *
 * The lock, not node_modules, is walked: it names every system's native parts, and it is what an installation repeats.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageLibraries } from '../import-rules.ts';

export type LockEntry = {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

export type Lock = { readonly packages: Readonly<Record<string, LockEntry>> };

export type LockedPackage = {
  /** Where it lies, from the project's root: "node_modules/ws". */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** As the package states it; not always an SPDX expression. */
  readonly licence: string | null;
  /** Subresource integrity ("sha512-..."); null where the lock knows only the version. */
  readonly integrity: string | null;
  /** Systems it is meant for; null: all. */
  readonly systems: readonly string[] | null;
  readonly processors: readonly string[] | null;
  /** Paths of what it depends on itself. */
  readonly needs: readonly string[];
  /** Named by the project itself, not only by another package. */
  readonly direct: boolean;
  /** Bundled into the page, and not there as a package of its own. */
  readonly inPage: boolean;
};

/** What onnxruntime's install script downloads with, and what that needs: no process of the program requires them, so they stay here. */
export const installOnly: readonly string[] = [
  'adm-zip', 'global-agent', 'matcher', 'serialize-error', 'type-fest', 'globalthis', 'define-data-property', 'define-properties', 'es-define-property', 'es-errors', 'gopd',
  'has-property-descriptors', 'object-keys', 'escape-string-regexp', 'semver',
  // Headers that native packages are compiled with.
  'node-addon-api',
];

export const readLock = (root: string): Lock => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

/** Everything that goes to a user of any system, sorted by path. A package that a process needs counts as no page package, wherever else it is. */
export const shippedPackages = (lock: Lock): readonly LockedPackage[] => {
  const project = lock.packages[''] ?? {};
  const required = [...Object.keys(project.dependencies ?? {}), ...Object.keys(project.optionalDependencies ?? {})];
  const bundled = Object.keys(project.devDependencies ?? {}).filter(isPageLibrary);
  const [processes, page] = [walk(lock, required), walk(lock, bundled)];
  const direct = new Set([...required, ...bundled].map((name) => `node_modules/${name}`));
  const paths = [...new Set([...processes, ...page])].toSorted();
  return paths.map((path) => ({ ...describe(lock, path), direct: direct.has(path), inPage: !processes.has(path) })).filter(({ name }) => !installOnly.includes(name));
};

/** Those of them that go to users of one system. */
export const packagesFor = (packages: readonly LockedPackage[], { platform, arch }: { readonly platform: string; readonly arch: string }): readonly LockedPackage[] =>
  packages.filter(({ systems, processors }) => systems?.includes(platform) !== false && processors?.includes(arch) !== false);

/** The page's libraries are those that the import rule lets it import; they are devDependencies, since no process requires them. */
const isPageLibrary = (name: string): boolean => pageLibraries.some((known) => (known.endsWith('/*') ? name.startsWith(known.slice(0, -1)) : name === known));

const walk = (lock: Lock, names: readonly string[]): ReadonlySet<string> => {
  const seen = new Set<string>();
  const waiting = names.map((name) => place(lock, '', name));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (path === null || seen.has(path)) continue;
    seen.add(path);
    waiting.push(...needsOf(lock, path));
  }
  return seen;
};

const needsOf = (lock: Lock, path: string): readonly string[] => {
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[path] ?? {};
  const names = [...new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)])];
  return names.map((name) => place(lock, path, name)).filter((found) => found !== null);
};

/** Where Node would find `name` from inside `from`: its own node_modules first, then each folder above. */
const place = (lock: Lock, from: string, name: string): string | null => {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const path = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (lock.packages[path] !== undefined) return path;
    if (base === '') return null;
  }
};

const describe = (lock: Lock, path: string): Omit<LockedPackage, 'direct' | 'inPage'> => {
  const entry = lock.packages[path] ?? {};
  return {
    path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version: entry.version ?? '',
    licence: entry.license ?? null, integrity: entry.integrity ?? null, systems: entry.os ?? null, processors: entry.cpu ?? null,
    needs: needsOf(lock, path),
  };
};

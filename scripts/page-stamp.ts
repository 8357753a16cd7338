/**
 * Tells whether the built page (and the desktop program) still belongs to its sources, so that a start builds it only when it has to.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'out', 'renderer.stamp');
const programStamp = join(root, 'out', 'program.stamp');

/** Everything that ends up in the page or decides how it is built. */
const sources = ['renderer', 'main/contract', 'main/domain', 'main/rpc', 'resources/icons', 'electron.vite.config.ts', 'scripts/scaled-css.ts', 'package-lock.json'];

/** Those of the whole desktop program. */
const programSources = ['main', 'preload', ...sources.filter(source => !source.startsWith('main/'))];

/** SHA-256 over names and contents of the page's sources; tests are none of them. */
export const pageHash = (): string => hashOf(sources);

const hashOf = (paths: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
};

export function pageIsFresh(): boolean {
  return existsSync(join(root, 'out/renderer/index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === pageHash();
}

export const programHash = (): string => hashOf(programSources);

export const programIsFresh = (): boolean => existsSync(join(root, 'out/main/index.js')) && existsSync(programStamp) && readFileSync(programStamp, 'utf8') === programHash() && pageIsFresh();

/** `null`: what is there is not to be used any more. */
export const stampProgram = (hash: string | null): void => { if (hash === null) rmSync(programStamp, { force: true }); else writeFileSync(programStamp, hash); };

/**
 * A Vite plugin that leaves the stamp once the page is written, whoever started the build.
 *
 * The hash is taken before the first file is read: sources that change during a build make its result stale.
 */
export function pageStamp(): { readonly name: string; readonly buildStart: () => void; readonly writeBundle: () => void } {
  let hash = '';
  return {
    name: 'page-stamp',
    buildStart: () => {
      rmSync(stamp, { force: true });
      hash = pageHash();
    },
    writeBundle: () => writeFileSync(stamp, hash),
  };
}

function filesOf(path: string): readonly string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (/\.(ts|json)$/.test(path)) return [path];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(entry => posix.join(path, posix.relative(full.replaceAll('\\', '/'), join(entry.parentPath, entry.name).replaceAll('\\', '/'))))
    .toSorted();
}

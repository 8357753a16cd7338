/**
 * Tells whether the built page still belongs to its sources, so that a start builds it only when it has to.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'out', 'renderer.stamp');

/** Everything that ends up in the page or decides how it is built. */
const sources = ['renderer', 'main/contract', 'main/domain', 'main/rpc', 'resources/icons', 'electron.vite.config.ts', 'package-lock.json'];

/** SHA-256 over names and contents of the page's sources; tests are none of them. */
export function pageHash(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

export function pageIsFresh(): boolean {
  return existsSync(join(root, 'out/renderer/index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === pageHash();
}

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

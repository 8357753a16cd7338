/**
 * Which files of the shipped packages hold machine code, and which of them the system that is packaged for can load.
 *
 * Most packages carry the parts of every system: without this, 150 MB of other people's machine code would go along.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** As Node names them. */
export type System = { readonly platform: string; readonly arch: string };

/** The systems that the program is packaged for. */
export type Target = { readonly platform: 'linux' | 'darwin' | 'win32'; readonly arch: 'x64' | 'arm64' };

const nativePattern = /\.(?:node|dll|dylib|so(?:\.\d+)*)$/;

/** Machine code in the folders of packages, from the project's root, sorted. */
export const nativeFiles = (root: string, packages: readonly string[]): readonly string[] =>
  packages.filter((path) => existsSync(join(root, path))).flatMap((path) =>
    readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(path, name.replaceAll('\\', '/')))
      .filter((file) => nativePattern.test(file))).toSorted();

/**
 * Is this file for another system than `target`? Told by the names that packages give: `bin/napi-v6/linux/x64/`, `prebuilds/linux-x64.node`,
 * `tokenizers.linux-x64-gnu.node`, `prebuilds/darwin-arm64+x64/`. A name that says nothing was compiled here, and is kept.
 */
export const isForeign = (file: string, target: System): boolean => {
  if (/\/obj\.target\//.test(file)) return true;
  // onnxruntime's addon loads libonnxruntime.1.dylib; the same library lies beside it under its full version.
  if (/\/libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(file)) return true;
  const named = /[/.](android|darwin|freebsd|linuxmusl|linux|win32)[-/]([a-z0-9+]+)(?:-([a-z]+))?[/.]/.exec(file);
  if (named === null) return false;
  const [, system, processors = '', library = ''] = named;
  if (system !== target.platform || library.startsWith('musl')) return true;
  return !processors.split('+').includes(target.arch);
};

/**
 * What a packaged tree must hold, as pure checks on its list of files and a few of their texts: each gives the problems that it found.
 *
 * `budgets` are the sizes stated for each part, in megabytes of 10^6 bytes, with about a tenth of room: who goes beyond says why here.
 */
import { posix } from 'node:path';
import { isForeign, type System } from './native-files.ts';
import type { PackedFile } from './packed-tree.ts';

export type Problems = readonly string[];

/** The built files without which something does not start, inside the archive. */
export const programFiles = [
  'package.json', 'out/main/index.js', 'out/main/workbench.js', 'out/main/engine.js', 'out/main/inference-lane.js', 'out/main/text-worker.js', 'out/main/language-worker.js', 'out/main/replace-worker.js',
  'out/preload/index.cjs', 'out/renderer/index.html',
] as const;

type Part = { readonly part: string; readonly megabytes: number; readonly holds: (file: PackedFile) => boolean };

export const archive = 'resources/app.asar/';
const inArchive = (path: string, folder: string): boolean => path.includes(`app.asar/${folder}`);

export const budgets: readonly Part[] = [
  { part: 'models', megabytes: 125, holds: ({ path }) => /(?:^|\/)resources\/models\//i.test(path) },
  { part: 'machine code of packages', megabytes: 70, holds: ({ path, place }) => place === 'unpacked' && inArchive(path, 'node_modules/') },
  { part: 'other files of packages', megabytes: 5, holds: ({ path, place }) => place === 'archived' && inArchive(path, 'node_modules/') },
  { part: 'main processes', megabytes: 2.5, holds: ({ path }) => inArchive(path, 'out/main/') || inArchive(path, 'out/preload/') },
  { part: 'page without its faces', megabytes: 3, holds: ({ path }) => inArchive(path, 'out/renderer/') && !path.endsWith('.woff2') },
  { part: 'faces', megabytes: 14, holds: ({ path }) => inArchive(path, 'out/renderer/') && path.endsWith('.woff2') },
  { part: 'sample, licences, bill of materials', megabytes: 1.5, holds: ({ path }) => /resources\/(?:sample\/|licences|LICENCES|sbom)/i.test(path) },
];

export type Measured = { readonly part: string; readonly bytes: number; readonly budget: number };

export const measure = (files: readonly PackedFile[]): readonly Measured[] =>
  budgets.map(({ part, megabytes, holds }) => ({ part, bytes: files.filter(holds).reduce((sum, file) => sum + file.bytes, 0), budget: megabytes * 1e6 }));

/** A part over its budget, and one that is not there at all. */
export const sizeProblems = (files: readonly PackedFile[]): Problems => measure(files).flatMap(({ part, bytes, budget }) => {
  if (bytes === 0) return [`${part}: nothing is there`];
  return bytes > budget ? [`${part}: ${(bytes / 1e6).toFixed(1)} MB, more than the ${budget / 1e6} MB of the budget`] : [];
});

export const missingFiles = (files: readonly PackedFile[]): Problems => {
  const paths = new Set(files.map(({ path }) => path.replace(/^.*app\.asar\//, '')));
  return programFiles.filter((name) => !paths.has(name)).map((name) => `${name} is not in app.asar`);
};

const workerName = /new URL\((?:import\.meta\.url\.endsWith\("\.ts"\)\s*\?\s*"[^"]*"\s*:\s*)?"(\.\/[^"]+\.js)",\s*import\.meta\.url\)/g;

/**
 * Threads and processes are started by a path beside the file that asks: each must be there, and inside the archive, where its own imports are found.
 *
 * Electron reads archives in worker threads and utility processes (docs/packaging.md). A file that was moved into `chunks/` would ask in the wrong folder.
 * `sources`: the built files of the main processes, by their path from the archive's root.
 */
export const workerProblems = (files: readonly PackedFile[], sources: Readonly<Record<string, string>>): Problems => {
  const places = new Map(files.map(({ path, place }) => [path.replace(/^.*app\.asar\//, ''), place]));
  const asked = Object.entries(sources).flatMap(([path, source]) => [...source.matchAll(workerName)].map(([, name]) => ({ by: path, path: posix.join(posix.dirname(path), name ?? '') })));
  if (asked.length === 0) return ['no file asks for a worker: they are named in a way that this check does not know'];
  return asked.flatMap(({ by, path }) => {
    const place = places.get(path);
    return place === 'archived' ? [] : [place === undefined ? `${by} starts ${path}, which is not packaged` : `${by} starts ${path}, which lies beside the archive, away from what it imports`];
  });
};

/** Things that must stay at home: tests, sources, maps, settings of tools. */
export const strayFiles = (files: readonly PackedFile[]): Problems =>
  files.map(({ path }) => path).filter((path) => /\.(?:ts|tsx|map|gyp|h|hpp|cpp|o)$|\/(?:__tests__|test|tests)\/|\.test\.|\/\.git|\/(?:react|react-dom|lucide-react|@fontsource-variable|electron|vite)\/package\.json$/.test(path)).map((path) => `${path} should not be packaged`);

const native = /\.(?:node|dll|dylib|so(?:\.\d+)*)$/;

/** Machine code must lie beside the archive, where the system's loader finds it, and be meant for this system. */
export const nativeProblems = (files: readonly PackedFile[], target: System): Problems => files.filter(({ path }) => native.test(path) && path.includes('app.asar/')).flatMap(({ path, place }) => [
  ...(place === 'unpacked' ? [] : [`${path} is inside the archive, where it cannot be loaded`]),
  ...(isForeign(path, target) ? [`${path} is for another system`] : []),
]);

/** The preload runs in a sandbox: one CommonJS file that requires nothing but Electron. */
export const preloadProblems = (source: string): Problems => {
  const required = [...source.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name ?? '');
  return [
    ...(/^\s*(?:import|export)\s/m.test(source) ? ['the preload is an ES module, which a sandbox cannot load'] : []),
    ...required.filter((name) => name !== 'electron').map((name) => `the preload requires ${name}`),
    ...(required.includes('electron') ? [] : ['the preload does not require electron']),
  ];
};

/** Every script, sheet and picture of the page is one of its own files. */
export const pageProblems = (html: string, files: readonly PackedFile[]): Problems => {
  const own = new Set(files.filter(({ path }) => inArchive(path, 'out/renderer/')).map(({ path }) => path.slice(path.indexOf('out/renderer/') + 'out/renderer/'.length)));
  const named = [...html.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '').filter((address) => !address.startsWith('data:'));
  if (!named.some((address) => address.endsWith('.js'))) return ['the page loads no script'];
  return named.filter((address) => !own.has(address.replace(/^\.\//, ''))).map((address) => `the page names ${address}, which is none of its files`);
};

/** Packages that a built file imports by name, with the file: "import x from 'ws'", "require('usearch')". */
export const importedPackages = (source: string): readonly string[] => {
  const named = [...source.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\b\w*[rR]equire\w*(?:\$\d+)?\(\s*|createRequire\([^)]*\)\(\s*)["']((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[\w./-]+)?["']/g)].map(([, name]) => name ?? '');
  return [...new Set(named)].toSorted();
};

/** Every package in the archive stands in the licence bundle. */
export const licenceProblems = (files: readonly PackedFile[], listed: readonly string[]): Problems => {
  const names = files.map(({ path }) => /app\.asar\/.*node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1]).filter((name) => name !== undefined);
  return [...new Set(names)].filter((name) => !listed.includes(name)).map((name) => `${name} is packaged and not in the licence bundle`);
};

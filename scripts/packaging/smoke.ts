/**
 * Looks into a packaged program under plain Node, and tries what can be tried without Electron.
 *
 * Node cannot read inside `app.asar` as Electron can, so the archive is unpacked into a temporary folder first; that its machine code lies beside
 * it is checked on the tree itself.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { extractAll } from '@electron/asar';
import * as v from 'valibot';
import { licenceEntry } from '../../main/contract/about.ts';
import { stubMarker } from './electron-stub.ts';
import { resourcesOf, thisTarget } from './pack.ts';
import type { PackedStory } from './packed-shell.ts';
import { listTree, type PackedFile } from './packed-tree.ts';
import { importedPackages, licenceProblems, measure, missingFiles, nativeProblems, pageProblems, preloadProblems, sizeProblems, strayFiles, workerProblems } from './tree-checks.ts';

type Outcome = { readonly check: string; readonly state: 'ok' | 'FAILED' | 'absent' | 'stub'; readonly note: string };
type Tree = { readonly folder: string; readonly resources: string; readonly files: readonly PackedFile[]; /** The archive's contents. */ readonly program: string; /** For what the checks write. */ readonly scratch: string };

const here = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

const outcome = (check: string, problems: readonly string[], note: string): Outcome =>
  problems.length === 0 ? { check, state: 'ok', note } : { check, state: 'FAILED', note: [...problems.slice(0, 5), ...(problems.length > 5 ? [`and ${problems.length - 5} more`] : [])].join('\n') };

const runNode = (args: readonly string[]): { readonly ok: boolean; readonly said: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], { encoding: 'utf8', timeout: 300_000 });
  return { ok: status === 0, said: status === 0 ? stdout.trim() : (/^\w*(?:Error|Failure): .*$/m.exec(stderr)?.[0] ?? stderr.trim().slice(-400)) };
};

/** Files, places, sizes: nothing is run. */
const look = ({ folder, resources, files, program }: Tree): readonly Outcome[] => {
  const archived = (name: string): string => (existsSync(join(program, name)) ? readFileSync(join(program, name), 'utf8') : '');
  const bundle = v.safeParse(v.object({ entries: v.array(licenceEntry) }), existsSync(join(resources, 'licences.json')) ? JSON.parse(readFileSync(join(resources, 'licences.json'), 'utf8')) : null);
  const parts = bundle.success ? bundle.output.entries.map(({ name }) => name) : [];
  return [
    outcome('program files', missingFiles(files), 'entries of all processes, the workers, preload, page'),
    outcome('workers', workerProblems(files, mainSources(program)), 'every thread and process is started by a path inside the archive that is there'),
    outcome('nothing else', strayFiles(files), 'no tests, sources, maps or libraries that are bundled'),
    outcome('machine code', nativeProblems(files, thisTarget()), `${files.filter(({ path, place }) => place === 'unpacked' && /\.(?:node|so|dll|dylib)/.test(path)).length} files beside the archive, all for this system`),
    outcome('preload', [...preloadProblems(archived('out/preload/index.cjs')), ...parseProblems(archived('out/preload/index.cjs'))], 'one CommonJS file, requires only electron'),
    outcome('page', pageProblems(archived('out/renderer/index.html'), files), 'all that it names is there'),
    outcome('imports', importProblems(program), 'every package that the built files name can be found'),
    outcome('licences', [...(bundle.success ? [] : ['licences.json is not there or has another shape']), ...licenceProblems(files, parts)], `${parts.length} parts, every packaged library among them`),
    outcome('bill of materials', existsSync(join(resources, 'sbom.cdx.json')) ? [] : ['sbom.cdx.json is not there'], 'CycloneDX 1.6'),
    outcome('models', modelProblems(resources), readdirSync(join(resources, 'models')).join(', ')),
    outcome('sizes', sizeProblems(files), 'within the budgets below'),
    existsSync(join(folder, stubMarker)) ? { check: 'electron', state: 'stub', note: 'a stub stands for the binary: nothing was started in it, no fuse is flipped' } : outcome('electron', [], 'a real one; not started here'),
  ];
};

const parseProblems = (source: string): readonly string[] => {
  try {
    return new Script(source) instanceof Script ? [] : ['it cannot be parsed'];
  } catch (error) {
    return [`it cannot be parsed: ${String(error)}`];
  }
};

/** The built files of the main processes, by their path in the archive. */
const mainSources = (program: string): Readonly<Record<string, string>> => Object.fromEntries(readdirSync(join(program, 'out/main'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js')).map((name) => [`out/main/${name.replaceAll('\\', '/')}`, readFileSync(join(program, 'out/main', name), 'utf8')]));

/** Resolves each package that a built file names from where that file lies; electron comes with the binary. */
const importProblems = (program: string): readonly string[] => {
  const need = createRequire(join(program, 'out/main/index.js'));
  const names = Object.values(mainSources(program)).flatMap(importedPackages);
  return [...new Set(names)].filter((name) => name !== 'electron' && !builtinModules.includes(name)).filter((name) => (need.resolve.paths(name) ?? []).every((path) => !existsSync(join(path, name, 'package.json'))))
    .map((name) => `${name} is imported and not packaged`);
};

const modelProblems = (resources: string): readonly string[] => readdirSync(join(resources, 'models')).flatMap((id) => {
  const folder = join(resources, 'models', id);
  const { files } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as { readonly files: Readonly<Record<string, { readonly sha256: string }>> };
  return Object.entries(files).flatMap(([name, { sha256 }]) => {
    if (!existsSync(join(folder, name))) return [`${id}/${name} is not there`];
    return createHash('sha256').update(readFileSync(join(folder, name))).digest('hex') === sha256 ? [] : [`${id}/${name} differs from its checksum`];
  });
});

/** Each native package in a process of its own. hnswlib-node may be absent, and says so. */
const loadNatives = ({ program, resources, scratch }: Tree): readonly Outcome[] =>
  ['better-sqlite3', 'onnxruntime-node', 'tokenizers', 'usearch', 'hnswlib-node', 'sentencex'].map((name) => {
    if (name === 'hnswlib-node' && !existsSync(join(program, 'node_modules/hnswlib-node/build/Release/addon.node'))) {
      return { check: name, state: 'absent', note: 'optional: it could not be compiled where this was packaged; usearch stands in' };
    }
    const { ok, said } = runNode([here('packed-natives.ts'), name, program, resources, join(scratch, 'natives')]);
    return outcome(name, ok ? [] : [said], said);
  });

/** The packaged workbench and engine, with a stand-in for the shell: the sample project is imported and mined. */
const mineSample = ({ program, resources, scratch }: Tree): Outcome => {
  const { ok, said } = runNode([here('packed-shell.ts'), program, resources, join(scratch, 'data')]);
  if (!ok) return outcome('workbench and engine', [said], '');
  const story = JSON.parse(said.split('\n').at(-1) ?? '') as PackedStory;
  const problems = [
    ...story.models.filter(({ state }) => state !== 'ready').map(({ id, state }) => `model ${id} is ${state}`),
    ...story.jobs.filter(({ state }) => state !== 'done').map(({ title, state, failure }) => `${title}: ${state}${failure === null ? '' : `, ${failure}`}`),
    ...(story.collections === 7 ? [] : [`${story.collections} collections instead of 7`]),
    ...(story.licences > 50 ? [] : [`the program finds ${story.licences} entries in its licence bundle`]),
    // 190 pairs of the sample are translations; what is kept of German and English must be near that.
    ...(story.pairs > 150 && story.pairs < 230 ? [] : [`${story.pairs} pairs were kept of about 190`]),
  ];
  return outcome('workbench and engine', problems, `sample project: ${story.sentences} sentences imported, German and English mined, ${story.pairs} pairs kept`);
};

const print = (outcomes: readonly Outcome[], files: readonly PackedFile[]): void => {
  for (const { check, state, note } of outcomes) console.log(`${check.padEnd(22)} ${state.padEnd(7)} ${note.replaceAll('\n', `\n${' '.repeat(31)}`)}`);
  console.log(`\n${'part'.padEnd(38)} ${'MB'.padStart(7)} ${'budget'.padStart(7)}`);
  for (const { part, bytes, budget } of measure(files)) console.log(`${part.padEnd(38)} ${(bytes / 1e6).toFixed(1).padStart(7)} ${(budget / 1e6).toFixed(1).padStart(7)}`);
  console.log(`${'all files, without Electron where a stub stands for it'.padEnd(38)} ${(files.reduce((sum, file) => sum + file.bytes, 0) / 1e6).toFixed(1).padStart(7)}  in ${files.length} files`);
};

/** Runs every check on the tree in `folder`; returns whether all is well. */
export const smokePackaged = (folder: string): boolean => {
  const resources = resourcesOf(folder);
  if (!existsSync(join(resources, 'app.asar'))) {
    console.log(`There is no packaged program in ${folder}. Make one first: npm run package -- --dir`);
    return false;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'dragoman-smoke-'));
  try {
    const program = join(scratch, 'program');
    extractAll(join(resources, 'app.asar'), program);
    const tree: Tree = { folder, resources, files: listTree(folder, resources), program, scratch };
    const outcomes = [...look(tree), ...loadNatives(tree), mineSample(tree)];
    print(outcomes, tree.files);
    return outcomes.every(({ state }) => state !== 'FAILED');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

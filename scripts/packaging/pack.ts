/**
 * Builds the program and packs it for this system.
 *
 * An installer needs Electron's binary, which electron-builder fetches where it is not there. `--dir` makes do without: then a stub stands
 * for it, which is said, and lies in the tree as `ELECTRON-IS-A-STUB.txt`. Other systems are packaged on themselves, since npm installs
 * each system's native parts there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from '../electron-binary.mjs';
import { outputFolder, packagingConfiguration, productName } from './configuration.ts';
import { writeElectronStub } from './electron-stub.ts';
import { shippedFuses, testedFuses } from './fuses.ts';
import { readLock, shippedPackages } from './locked-packages.ts';
import { nativeFiles, type Target } from './native-files.ts';
import { writeSbom } from './sbom.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where every native package has a build. */
const targets: readonly Target[] = [{ platform: 'linux', arch: 'x64' }, { platform: 'linux', arch: 'arm64' }, { platform: 'darwin', arch: 'arm64' }, { platform: 'win32', arch: 'x64' }];

/** The system this runs on. Throws on one that there are no native parts for. */
export const thisTarget = (): Target => {
  const found = targets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  if (found === undefined) throw new Error(`There is no package for ${process.platform} on ${process.arch}: onnxruntime, usearch or sentencex has no build for it.`);
  return found;
};

/** The folder of an unpacked Electron; null: there is none. Told by files; the package itself is never loaded. */
const electronFolder = (): string | null => {
  const program = findElectron(root);
  if (program === null) return null;
  const bundle = program.lastIndexOf('Electron.app');
  return bundle === -1 ? dirname(program) : program.slice(0, bundle);
};

/** Makes `out/`: the three parts of the program, with the licence bundle that the page's build writes, and the bill of materials. */
const build = (): void => {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build-program.ts')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The program could not be built, so nothing was packaged.');
  writeSbom(root, thisTarget());
};

export type PackageOptions = {
  /** The unpacked tree only, no installers. */
  readonly directoryOnly: boolean;
  /** With the one fuse that Playwright needs: never shipped. */
  readonly tested?: boolean;
};

/** Packs and returns the folder of the unpacked tree. */
export const packageProgram = async ({ directoryOnly, tested = false }: PackageOptions): Promise<string> => {
  const target = thisTarget();
  build();
  const found = electronFolder();
  const stub = found === null && directoryOnly;
  if (stub && target.platform !== 'linux') throw new Error('There is no Electron here, and a stub of it only for Linux. Fetch it first: npx electron --version');
  if (stub) process.stderr.write('Dragoman: there is no Electron binary here; the tree is made with a stub in its place, and will not start.\n');
  const electron = stub ? writeElectronStub(root, join(root, outputFolder, 'electron-stub')) : found;
  const natives = nativeFiles(root, shippedPackages(readLock(root)).map(({ path }) => path));
  const config = packagingConfiguration({ target, natives, electronFolder: electron, stub, fuses: tested ? testedFuses : shippedFuses });
  // Loaded only here: the configuration's tests need none of it.
  const { build: pack } = await import('electron-builder');
  await pack({ projectDir: root, config, publish: 'never', dir: directoryOnly, [target.arch]: true });
  return unpackedFolder(target);
};

/** electron-builder's names of the unpacked tree. */
export const unpackedFolder = ({ platform, arch }: Target): string => {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  const name = { linux: `linux${suffix}-unpacked`, win32: `win${suffix}-unpacked`, darwin: `mac${suffix}` }[platform];
  return join(root, outputFolder, name);
};

/** Where `resources/` is inside the tree. */
export const resourcesOf = (folder: string): string =>
  existsSync(join(folder, `${productName}.app`)) ? join(folder, `${productName}.app/Contents/Resources`) : join(folder, 'resources');

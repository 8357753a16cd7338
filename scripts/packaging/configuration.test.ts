import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import config from '../../electron.vite.config.ts';
import { packagingConfiguration, resourceFolders, writtenResources } from './configuration.ts';
import { programFiles } from './tree-checks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const linux = { platform: 'linux', arch: 'x64' } as const;
const natives = ['node_modules/tokenizers/tokenizers.linux-x64-gnu.node', 'node_modules/tokenizers/tokenizers.win32-x64-msvc.node'];
const real = packagingConfiguration({ target: linux, natives, electronFolder: null, stub: false });
const stubbed = packagingConfiguration({ target: linux, natives, electronFolder: '/stub', stub: true });

it('keeps machine code beside the archive and leaves out that of other systems', () => {
  expect(real.asar).toBe(true);
  expect(real.asarUnpack).toEqual(['**/*.{node,so,so.*,dylib,dll}']);
  expect(real.files).toContain('!node_modules/tokenizers/tokenizers.win32-x64-msvc.node');
  expect(real.files).not.toContain('!node_modules/tokenizers/tokenizers.linux-x64-gnu.node');
});

it('flips the fuses of a real Electron and leaves only the stub alone', () => {
  expect(real.afterPack).toBeTypeOf('function');
  expect(real.electronDist).toBeUndefined();
  expect(stubbed.afterPack).toBeUndefined();
  expect(stubbed.electronDist).toBe('/stub');
});

it('has the models and the sample beside the archive, and what is written about licences', () => {
  const copied = (real.extraResources as readonly { readonly from: string; readonly to: string; readonly filter?: unknown }[]);
  expect(copied.map(({ from, to }) => [from, to])).toEqual([...resourceFolders.map((name) => [`resources/${name}`, name]), ...Object.entries(writtenResources)]);
  expect(copied.every(({ filter }) => filter === undefined)).toBe(true);
  for (const name of resourceFolders) expect(existsSync(`${root}resources/${name}`)).toBe(true);
});

it('packs no native part anew, looks for no update, and installs on Windows for one user, with questions', () => {
  expect(real).toMatchObject({ npmRebuild: false, publish: null, nsis: { oneClick: false, perMachine: false, allowElevation: false } });
});

it('makes a Debian package before an AppImage, a disk image and a zip for the Mac', () => {
  expect(real.linux?.target).toEqual(['deb', 'AppImage']);
  expect(real.mac?.target).toEqual(['dmg', 'zip']);
});

it('names pictures and scripts that are there', () => {
  for (const path of [real.linux?.icon, real.mac?.icon, real.win?.icon, real.nsis?.include]) expect(existsSync(`${root}${String(path)}`)).toBe(true);
});

it('asks the packaged tree for every entry that the build makes', () => {
  const built = config as unknown as { readonly main: { readonly build: { readonly rolldownOptions: { readonly input: Readonly<Record<string, string>> } } } };
  const entries = Object.keys(built.main.build.rolldownOptions.input).map((name) => `out/main/${name}.js`);
  expect(programFiles.filter((name) => name.startsWith('out/main/')).toSorted()).toEqual(entries.toSorted());
});

it('lets no package of electron-builder run an install script', () => {
  const { allowScripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { readonly allowScripts: Readonly<Record<string, boolean>> };
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly optional?: boolean }>> };
  const scripted = Object.entries(packages).filter(([, entry]) => entry.hasInstallScript === true).map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(scripted.filter((name) => name !== 'fsevents' && allowScripts[name] === undefined)).toEqual([]);
  expect(Object.entries(allowScripts).filter(([, allowed]) => allowed).map(([name]) => name)).toEqual(['node', 'hnswlib-node']);
});

/**
 * electron-builder's configuration, made for one system and one processor at a time: plain data from what was gathered, so that tests can read it.
 *
 * ```
 * resources/app.asar            out/ and the packages, as one file
 * resources/app.asar.unpacked/  machine code, which the system's loader must find as files
 * resources/models, sample/     beside the archive: read by path, one of them 74 MB
 * resources/licences.json ...   licence bundle and SBOM
 * ```
 */
import type { Configuration } from 'electron-builder';
import { chromiumLocales } from './electron-stub.ts';
import { linuxAssociations, linuxMimeTypes, macAssociations, windowsAssociations } from './file-types.ts';
import { flipFusesAfterPack, shippedFuses, type FuseStates } from './fuses.ts';
import { installOnly } from './locked-packages.ts';
import { isForeign, type Target } from './native-files.ts';

export const productName = 'Dragoman';
export const executableName = 'dragoman';
export const outputFolder = 'dist';

export type PackagingInput = {
  readonly target: Target;
  /** Machine code in the shipped packages, from the project's root (`nativeFiles`). */
  readonly natives: readonly string[];
  /** A folder with an unpacked Electron; null: electron-builder fetches it. */
  readonly electronFolder: string | null;
  /** The folder holds the stub: there is no binary whose fuses could be flipped. */
  readonly stub: boolean;
  readonly fuses?: FuseStates;
};

/** What is copied beside the archive: from -> under `resources/`. */
export const resourceFolders = ['models', 'sample'] as const;
export const writtenResources = { 'out/licences.json': 'licences.json', 'out/LICENCES.txt': 'LICENCES.txt', 'out/sbom.cdx.json': 'sbom.cdx.json' } as const;

/** Sources and build files inside packages that nothing loads. */
const unneeded = [
  '!**/node_modules/better-sqlite3/{deps,src}/**', '!**/node_modules/hnswlib-node/{src,build/Makefile,build/*.gypi,build/*.mk,build/binding.Makefile,build/config.gypi}',
  '!**/node_modules/usearch/{numkong,include,c,cpp,cmake}/**', '!**/node_modules/usearch/javascript/{*.ts,*.cpp,*.js,*.json}',
  // Only the smallest table of n-grams is used (main/domain/text/detect-language.ts).
  '!**/node_modules/eld/src/ngrams/{small,medium,large}.js', '!**/node_modules/eld/src/saveLanguageSubset.dev.js',
  `!**/node_modules/{${installOnly.join(',')}}/**`, '!**/node_modules/onnxruntime-node/script/**',
  // CUDA's part is everybody's own extra step: an installer is the same, whoever makes it.
  '!**/node_modules/onnxruntime-node/bin/**/{lib,}onnxruntime_providers_*',
  // Copies for bundlers and browsers.
  '!**/node_modules/onnxruntime-common/{lib,dist/esm}/**', '!**/node_modules/sentencex/example*', '!**/node_modules/diff/dist/**',
  '!**/node_modules/**/*.{map,md,markdown,ts,cts,mts,gyp,gypi,flow,h,hpp,c,cpp,o,d,tgz}', '!**/node_modules/**/{test,tests,__tests__,example,examples,benchmark}/**', '!**/node_modules/**/{test.js,.*}',
];

export const packagingConfiguration = ({ target, natives, electronFolder, stub, fuses = shippedFuses }: PackagingInput): Configuration => ({
  appId: 'app.dragoman.workbench',
  productName,
  copyright: 'MIT licence',
  directories: { output: outputFolder, buildResources: 'resources/icons' },
  // Debian wants both, and the project has neither yet: `.invalid` can never belong to anybody else.
  extraMetadata: { homepage: 'https://dragoman.invalid', author: { name: 'The Dragoman authors', email: 'authors@dragoman.invalid' } },
  files: [
    'package.json', 'out/main/**', 'out/preload/**', 'out/renderer/**', '!**/*.stamp',
    ...unneeded,
    ...natives.filter((file) => isForeign(file, target)).map((file) => `!${file}`),
  ],
  extraResources: [
    // Whole folders: a model's checksums cover the script that made it too.
    ...resourceFolders.map((folder) => ({ from: `resources/${folder}`, to: folder })),
    ...Object.entries(writtenResources).map(([from, to]) => ({ from, to })),
  ],
  asar: true,
  asarUnpack: ['**/*.{node,so,so.*,dylib,dll}'],
  // Every native package speaks Node-API and brings its binaries: nothing is compiled for Electron.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: [...chromiumLocales],
  ...(electronFolder === null ? {} : { electronDist: electronFolder }),
  ...(stub ? {} : { afterPack: flipFusesAfterPack(fuses, executableName) }),
  // No update is ever looked for, so none is described.
  publish: null,
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  linux: {
    // Debian's package first: it brings the AppArmor profile that Ubuntu 24.04 wants for Chromium's sandbox; an AppImage cannot (docs/packaging.md).
    target: ['deb', 'AppImage'],
    category: 'Office', synopsis: 'Parallel-corpus mining and machine translation', executableName, syncDesktopName: true,
    icon: 'resources/icons/linux', fileAssociations: [...linuxAssociations], mimeTypes: [...linuxMimeTypes],
    desktop: { entry: { Keywords: 'corpus;parallel;translation;bitext;alignment;', StartupNotify: 'true' } },
  },
  deb: { recommends: ['fonts-noto-core', 'fonts-noto-cjk'] },
  mac: {
    target: ['dmg', 'zip'], category: 'public.app-category.productivity', icon: 'resources/icons/dragoman.icns', fileAssociations: [...macAssociations],
    hardenedRuntime: true, notarize: false, darkModeSupport: true, electronLanguages: chromiumLocales.map((locale) => locale.slice(0, 2)),
  },
  win: { target: ['nsis'], icon: 'resources/icons/dragoman.ico', fileAssociations: [...windowsAssociations] },
  nsis: {
    oneClick: false, perMachine: false, allowElevation: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false,
    include: 'resources/installer/open-with.nsh', differentialPackage: false,
  },
});

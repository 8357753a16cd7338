/**
 * What is shipped and is no npm package: the program itself, Electron, code inside packages, models, sample, fonts' licence.
 *
 * Code inside packages is listed by hand, since nothing says it by machine; a test holds every file named here to be there.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from './native-files.ts';
import type { Part } from './parts.ts';
import { standardText } from './standard-text.ts';

type Inside = Omit<Part, 'texts' | 'version'> & {
  /** The package it is in. */
  readonly inside: string;
  /** Licence file, from the project's root; null: the standard text. */
  readonly file: string | null;
  readonly platform?: 'win32';
};

const third = 'https://github.com/microsoft/onnxruntime/blob/v1.30.0/ThirdPartyNotices.txt';

export const insidePackages: readonly Inside[] = [
  { kind: 'library', name: 'SQLite', inside: 'better-sqlite3', licence: 'blessing', by: 'D. Richard Hipp and others', address: 'https://www.sqlite.org', note: 'Public domain; compiled into better-sqlite3.', file: null },
  { kind: 'library', name: 'hnswlib', inside: 'hnswlib-node', licence: 'Apache-2.0', by: 'Yury Malkov and others', address: 'https://github.com/nmslib/hnswlib', note: 'Compiled into hnswlib-node, which is optional.', file: 'node_modules/hnswlib-node/src/hnswlib/LICENSE' },
  { kind: 'library', name: 'NumKong', inside: 'usearch', licence: 'Apache-2.0', by: 'Ash Vardanian', address: 'https://github.com/ashvardanian/NumKong', note: 'Compiled into usearch.', file: 'node_modules/usearch/numkong/LICENSE' },
  { kind: 'library', name: 'ONNX Runtime', inside: 'onnxruntime-node', licence: 'MIT', by: 'Microsoft Corporation', address: 'https://onnxruntime.ai', note: `The library inside onnxruntime-node. The package leaves out the notices of what is in it in turn: ${third}`, file: null },
  { kind: 'library', name: 'DirectML', inside: 'onnxruntime-node', licence: 'LicenseRef-Microsoft-DirectML', by: 'Microsoft Corporation', address: 'https://www.nuget.org/packages/Microsoft.AI.DirectML/', note: 'DirectML.dll, redistributed unchanged as its terms allow; they are at the address given.', file: null, platform: 'win32' },
  { kind: 'library', name: 'DirectX Shader Compiler', inside: 'onnxruntime-node', licence: 'NCSA', by: 'Microsoft Corporation and the LLVM project', address: 'https://github.com/microsoft/DirectXShaderCompiler', note: 'dxcompiler.dll and dxil.dll.', file: null, platform: 'win32' },
];

export const bundledParts = (root: string, target: System): readonly Part[] => [ourselves(root), electron(root), ...insideParts(root, target), ...models(root), ...ownData(root)];

const readJson = (path: string): { readonly version?: string } => JSON.parse(readFileSync(path, 'utf8')) as { readonly version?: string };

const ourselves = (root: string): Part => ({
  kind: 'program', name: 'Dragoman', version: readJson(join(root, 'package.json')).version ?? null, licence: 'MIT', by: 'The Dragoman authors', address: null, note: null,
  texts: [standardText('MIT', 'the Dragoman authors')],
});

const electron = (root: string): Part => ({
  kind: 'runtime', name: 'Electron', version: readJson(join(root, 'node_modules/electron/package.json')).version ?? null, licence: 'MIT', by: 'Electron contributors, GitHub Inc.', address: 'https://www.electronjs.org',
  note: 'With Chromium, Node and FFmpeg; their licences are in LICENSES.chromium.html beside the program. In the served workbench it takes no part.',
  texts: [readFileSync(join(root, 'node_modules/electron/LICENSE'), 'utf8')],
});

const insideParts = (root: string, { platform }: System): readonly Part[] =>
  insidePackages
    .filter((part) => (part.platform === undefined || part.platform === platform) && existsSync(join(root, 'node_modules', part.inside)))
    .map((part) => ({
      kind: part.kind, name: part.name, version: null, licence: part.licence, by: part.by, address: part.address, note: part.note, texts: [textOf(root, part)],
    }));

const textOf = (root: string, part: Inside): string => {
  if (part.file !== null) return readFileSync(join(root, part.file), 'utf8');
  if (part.licence.startsWith('LicenseRef-')) return `${part.name}: Microsoft's licence terms, to be read at ${part.address ?? ''}`;
  return standardText(part.licence, part.by ?? part.name);
};

type ModelFile = { readonly title: string; readonly licence: string; readonly source?: { readonly originalModel?: string; readonly package?: string; readonly version?: string } };

/** Each folder of resources/models with its `model.json`; a LICENSE beside it is its text. */
const models = (root: string): readonly Part[] =>
  readdirSync(join(root, 'resources/models')).toSorted().map((id) => {
    const folder = join(root, 'resources/models', id);
    const { title, licence, source } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as ModelFile;
    const original = source?.originalModel ?? title;
    const own = join(folder, 'LICENSE');
    return {
      kind: 'model', name: id, version: source?.version ?? null, licence, by: original, address: null, note: `${title}, made from ${original}${source?.package === undefined ? '' : ` as published in ${source.package}`}.`,
      texts: [existsSync(own) ? readFileSync(own, 'utf8') : standardText(licence, `the authors of ${original}`)],
    };
  });

const ownData = (root: string): readonly Part[] => [
  { kind: 'data', name: 'Sample project', version: null, licence: 'CC0-1.0', by: 'The Dragoman authors', address: null, note: 'Sentences of a harbour town that does not exist.', texts: [standardText('CC0-1.0', '')] },
  { kind: 'font', name: 'Owners of the faces', version: null, licence: 'OFL-1.1', by: null, address: 'https://openfontlicense.org', note: 'The SIL Open Font License with the owners of every face in the page.', texts: [readFileSync(join(root, 'resources/fonts/OFL.txt'), 'utf8')] },
];

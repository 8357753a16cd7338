/**
 * The bill of materials of what is shipped: `out/sbom.cdx.json`, CycloneDX 1.6.
 *
 * From the same parts as the licence bundle, with the lock's checksums and dependencies; models and sample are components too. Nothing in it
 * changes from run to run: no time, no serial number. npm's own `npm sbom` knows neither what is bundled into the page nor the models.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { partsFor } from './licences.ts';
import { packagesFor, readLock, shippedPackages, type LockedPackage } from './locked-packages.ts';
import type { System } from './native-files.ts';
import type { Kind, Part } from './parts.ts';

const types: Readonly<Record<Kind, Enums.ComponentType>> = {
  program: Enums.ComponentType.Application, runtime: Enums.ComponentType.Framework, library: Enums.ComponentType.Library,
  font: Enums.ComponentType.Library, model: Enums.ComponentType.MachineLearningModel, data: Enums.ComponentType.Data,
};

/** Checksums of a model's files, as its `model.json` states them; the component has no single file. */
export type ModelFiles = Readonly<Record<string, readonly { readonly name: string; readonly sha256: string }[]>>;

/** The document as text: what is shipped to `target`, with npm packages described by `packages`. */
export const sbomOf = (parts: readonly Part[], packages: readonly LockedPackage[], models: ModelFiles): string => {
  const bom = new Models.Bom();
  const byPath = new Map<string, Models.Component>();
  for (const part of parts) {
    const locked = packages.find(({ name, version }) => name === part.name && version === part.version);
    const component = describe(part, locked, models[part.name] ?? []);
    if (part.kind === 'program') bom.metadata.component = component;
    else bom.components.add(component);
    for (const { path, name, version } of packages) if (name === part.name && version === part.version) byPath.set(path, component);
  }
  for (const { path, needs, direct } of packages) {
    const self = byPath.get(path);
    if (direct && self !== undefined) bom.metadata.component?.dependencies.add(self.bomRef);
    for (const needed of needs) {
      const component = byPath.get(needed);
      if (component !== undefined) self?.dependencies.add(component.bomRef);
    }
  }
  return new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 1 });
};

const describe = (part: Part, locked: LockedPackage | undefined, files: ModelFiles[string]): Models.Component => {
  const purl = locked === undefined ? undefined : packageUrl(part.name, locked.version);
  const component = new Models.Component(types[part.kind], part.name, {
    bomRef: purl ?? `${part.kind}:${part.name}`,
    licenses: new Models.LicenseRepository([licenceOf(part.licence)]),
    scope: part.name === 'hnswlib-node' ? Enums.ComponentScope.Optional : Enums.ComponentScope.Required,
    ...(part.version === null ? {} : { version: part.version }),
    ...(part.by === null ? {} : { author: part.by }),
    ...(part.note === null ? {} : { description: part.note }),
    ...(purl === undefined ? {} : { purl }),
  });
  if (part.address !== null) component.externalReferences.add(new Models.ExternalReference(part.address, Enums.ExternalReferenceType.Website));
  const checksum = locked?.integrity?.match(/^sha512-(.+)$/)?.[1];
  if (checksum !== undefined) component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(checksum, 'base64').toString('hex'));
  for (const { name, sha256 } of files) {
    const file = new Models.Component(Enums.ComponentType.File, name, { bomRef: `model:${part.name}/${name}` });
    file.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
    component.components.add(file);
  }
  return component;
};

const licenceOf = (licence: string): Models.License => {
  if (licence.startsWith('LicenseRef-')) return new Models.NamedLicense(licence);
  return new Models.LicenseExpression(licence);
};

/** https://github.com/package-url/purl-spec: "@scope/name" -> "pkg:npm/%40scope/name@1.0.0". */
export const packageUrl = (name: string, version: string): string => `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;

const readModels = (root: string): ModelFiles => Object.fromEntries(readdirSync(join(root, 'resources/models')).toSorted().map((id) => {
  const folder = join(root, 'resources/models', id);
  return [id, ['model.onnx', 'tokenizer.json', 'tokenizer.json.gz'].flatMap((name) => checksumOf(join(folder, name), name))];
}));

const checksumOf = (path: string, name: string): readonly { readonly name: string; readonly sha256: string }[] => {
  try {
    return [{ name, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') }];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** Writes the document; returns its text. */
export const writeSbom = (root: string, target: System): string => {
  const text = sbomOf(partsFor(root, target), packagesFor(shippedPackages(readLock(root)), target), readModels(root));
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out/sbom.cdx.json'), `${text}\n`);
  return text;
};

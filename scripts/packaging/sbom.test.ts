import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { afterAll, expect, it } from 'vitest';
import { packagesFor, readLock, shippedPackages } from './locked-packages.ts';
import { packageUrl, writeSbom } from './sbom.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = { platform: process.platform, arch: process.arch };

/** A root of its own, so that no file of the checkout is written. */
const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
for (const name of ['node_modules', 'resources', 'package.json', 'package-lock.json']) symlinkSync(join(root, name), join(folder, name));
mkdirSync(join(folder, 'out'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Component = { readonly type: string; readonly name: string; readonly version?: string; readonly purl?: string; readonly hashes?: readonly { readonly alg: string; readonly content: string }[]; readonly components?: readonly Component[] };
const text = writeSbom(folder, target);
const bom = JSON.parse(text) as { readonly metadata: { readonly component: Component }; readonly components: readonly Component[]; readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[] };
const locked = packagesFor(shippedPackages(readLock(root)), target).filter(({ path }) => existsSync(join(root, path)));

it('is a CycloneDX document by the official schema', async () => {
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
});

it('has the shipped packages of the lock, with version and checksum, and no others', () => {
  const fromLock = [...new Set(locked.map(({ name, version }) => packageUrl(name, version)))].toSorted();
  expect(bom.components.flatMap(({ purl }) => purl ?? []).toSorted()).toEqual(fromLock);
  for (const { name, version, integrity } of locked) {
    const found = bom.components.find((component) => component.purl === packageUrl(name, version));
    expect(found?.hashes?.[0]?.content ?? null, name).toBe(integrity === null ? null : Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex'));
  }
});

it('says what depends on what', () => {
  const usearch = bom.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/usearch@'));
  expect(usearch?.dependsOn?.some((ref) => ref.startsWith('pkg:npm/node-gyp-build@'))).toBe(true);
  expect(bom.dependencies.find(({ ref }) => ref === 'program:Dragoman')?.dependsOn?.length).toBeGreaterThan(20);
});

it('has the models with the checksums of their files, and the program as what it describes', () => {
  const models = bom.components.filter(({ type }) => type === 'machine-learning-model');
  expect(models.map(({ name }) => name)).toEqual(['multilingual-e5-small', 'use-multilingual-v3']);
  for (const model of models) {
    const stated = JSON.parse(readFileSync(join(root, 'resources/models', model.name, 'model.json'), 'utf8')) as { readonly files: Readonly<Record<string, { readonly sha256: string }>> };
    expect(model.components?.length).toBe(2);
    for (const file of model.components ?? []) expect(file.hashes?.[0]?.content).toBe(stated.files[file.name]?.sha256);
  }
  expect(bom.metadata.component).toMatchObject({ type: 'application', name: 'Dragoman' });
});

it('is the same every time', () => {
  expect(writeSbom(folder, target)).toBe(text);
});

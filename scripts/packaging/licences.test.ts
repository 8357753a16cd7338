import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { licenceEntry } from '../../main/contract/about.ts';
import { isAllowed, normalLicence } from './allowed-licences.ts';
import { insidePackages } from './bundled-parts.ts';
import { bundleOf, partsFor, plainText } from './licences.ts';
import { packagesFor, readLock, shippedPackages } from './locked-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = { platform: process.platform, arch: process.arch };
const shipped = shippedPackages(readLock(root));
const parts = partsFor(root, target);
const bundle = bundleOf({ name: 'Dragoman', version: '1.2.3', licence: 'MIT' }, parts);

it('finds every shipped package of every system under a licence that is allowed', () => {
  expect(shipped.length).toBeGreaterThan(80);
  expect(shipped.filter(({ licence }) => !isAllowed(normalLicence(licence))).map(({ name, licence }) => `${name}: ${String(licence)}`)).toEqual([]);
});

it('finds every model, font, sample and vendored part under one too', () => {
  expect([...parts, ...insidePackages].filter(({ licence }) => !isAllowed(licence)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});

it('allows one licence of a choice, and no other', () => {
  expect(['(MIT OR GPL-3.0-only)', 'MIT AND Apache-2.0'].every(isAllowed)).toBe(true);
  expect(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'AGPL-3.0-or-later', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'LicenseRef-Something', null].some(isAllowed)).toBe(false);
});

it('lists what the processes require, what is bundled into the page, and what is no package', () => {
  const names = bundle.entries.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Dragoman', 'Electron', 'better-sqlite3', 'SQLite', 'react', 'react-aria', '@fontsource-variable/source-serif-4', 'multilingual-e5-small', 'use-multilingual-v3', 'Sample project']));
  expect(names.filter((name) => ['vite', 'vitest', 'typescript', 'electron-builder', 'adm-zip'].includes(name))).toEqual([]);
  expect(new Set(bundle.entries.map(({ kind, name, version }) => `${kind} ${name} ${String(version)}`)).size).toBe(bundle.entries.length);
});

it('lists every installed package of this system', () => {
  const listed = new Set(bundle.entries.map(({ name }) => name));
  expect(packagesFor(shipped, target).filter(({ path, name }) => existsSync(join(root, path)) && !listed.has(name))).toEqual([]);
});

it('has the shape that the program reads, each entry with texts, each text with an owner', () => {
  expect(v.is(v.array(licenceEntry), bundle.entries)).toBe(true);
  expect(bundle.entries.filter(({ texts }) => texts.length === 0 || texts.some((key) => (bundle.texts[key] ?? '').length < 40)).map(({ name }) => name)).toEqual([]);
  const used = new Set(bundle.entries.flatMap(({ texts }) => texts));
  expect(Object.keys(bundle.texts).filter((key) => !used.has(key))).toEqual([]);
  expect(Object.values(bundle.texts).filter((text) => /<(?:year|copyright holders|owner)>/i.test(text))).toEqual([]);
});

it('names code inside packages by files that are there', () => {
  expect(insidePackages.filter(({ inside, file }) => file !== null && existsSync(join(root, 'node_modules', inside)) && !existsSync(join(root, file))).map(({ name }) => name)).toEqual([]);
});

it('says on Windows what Microsoft ships under terms of its own', () => {
  expect(partsFor(root, { platform: 'win32', arch: 'x64' }).map(({ name }) => name)).toContain('DirectML');
  expect(partsFor(root, { platform: 'linux', arch: 'x64' }).map(({ name }) => name)).not.toContain('DirectML');
});

it('can be read without the program', () => {
  const text = plainText(bundle);
  expect(text).toContain('multilingual-e5-small 0.3.0: MIT');
  expect(text.split('Permission is hereby granted').length).toBeGreaterThan(20);
});

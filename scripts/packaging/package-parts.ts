/** The licences of the npm packages that are shipped, as parts of the licence bundle. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { normalLicence } from './allowed-licences.ts';
import { packagesFor, readLock, shippedPackages, type LockedPackage } from './locked-packages.ts';
import type { System } from './native-files.ts';
import type { Part } from './parts.ts';
import { standardText } from './standard-text.ts';

type Person = string | { readonly name?: string };
type Manifest = { readonly author?: Person; readonly contributors?: readonly Person[]; readonly homepage?: string; readonly repository?: string | { readonly url?: string } };

export const packageParts = (root: string, target: System): readonly Part[] =>
  packagesFor(shippedPackages(readLock(root)), target).flatMap((locked) => partOf(root, locked)).filter(unlessSeen());

/** Two copies of one version in the tree are one entry. */
const unlessSeen = (): ((part: Part) => boolean) => {
  const seen = new Set<string>();
  return ({ name, version }) => {
    const key = `${name}@${version ?? ''}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  };
};

/** An optional package that could not be installed here is not shipped either: no part. */
const partOf = (root: string, locked: LockedPackage): readonly Part[] => {
  const folder = join(root, locked.path);
  const manifest = readManifest(folder);
  if (manifest === null) return [];
  const licence = normalLicence(locked.licence);
  if (licence === null) throw new Error(`${locked.name} ${locked.version} states no licence in package-lock.json.`);
  const by = nameOf(manifest.author) ?? nameOf(manifest.contributors?.[0]);
  const own = licenceFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return [{
    kind: locked.name.startsWith('@fontsource') ? 'font' : 'library', name: locked.name, version: locked.version, licence, by, address: addressOf(manifest),
    note: own.length > 0 ? null : 'The package has no licence file; this is the standard text of the licence that it states.',
    texts: own.length > 0 ? own : [standardText(licence, by ?? `the authors of ${locked.name}`)],
  }];
};

const readManifest = (folder: string): Manifest | null => {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null;
  }
};

const licenceFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?:licen[cs]e|copying|notice|copyright)/i.test(entry.name) && !/\.(?:js|json|ts)$/.test(entry.name))
    .map(({ name }) => name).toSorted();

/** "Jane Doe <jane@example.org> (https://...)" -> "Jane Doe". */
const nameOf = (person: Person | undefined): string | null => {
  const stated = typeof person === 'string' ? person : person?.name;
  const name = stated?.replace(/\s*[<(].*$/, '').trim();
  return name === undefined || name === '' ? null : name;
};

/** A web address out of what package.json says: "git+https://github.com/a/b.git" -> "https://github.com/a/b", "a/b" -> the same. */
const addressOf = ({ homepage, repository }: Manifest): string | null => {
  const stated = homepage ?? (typeof repository === 'string' ? repository : repository?.url);
  if (stated === undefined) return null;
  if (/^[\w.-]+\/[\w.-]+$/.test(stated)) return `https://github.com/${stated}`;
  const address = stated.replace(/^git\+/, '').replace(/^git:\/\//, 'https://').replace(/^(?:ssh:\/\/)?git@github\.com[:/]/, 'https://github.com/').replace(/^github:/, 'https://github.com/').replace(/\.git$/, '');
  return address.startsWith('http') ? address : null;
};

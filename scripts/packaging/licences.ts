/**
 * The licence bundle: who wrote what the program is made of, and under which terms. `npm run licences` writes
 *
 *   out/licences.json   what the About sheet shows; beside the archive of the packaged program: resources/licences.json
 *   out/LICENCES.txt    the same to be read without the program
 *
 * ```json
 * {
 *   "format": 1,
 *   "program": { "name": "Dragoman", "version": "0.1.0", "licence": "MIT" },
 *   "entries": [
 *     { "kind": "library", "name": "ws", "version": "8.23.0", "licence": "MIT", "by": "Einar Otto Stangvik", "address": "https://github.com/websockets/ws",
 *       "note": null, "texts": ["5d1c0a..."] }
 *   ],
 *   "texts": { "5d1c0a...": "Copyright (c) 2011 ..." }
 * }
 * ```
 *
 * The types are in `parts.ts`; the program reads it by `main/contract/about.ts`. `entries` are sorted by kind in the order of {@link kinds}, then by name; no name and version of a kind stands twice. `licence` is an SPDX expression,
 * or one of `vendorTerms`. `texts` holds each text once, under the first 16 digits of its SHA-256; every entry names one or more. `version`, `by`,
 * `address` and `note` may be null; `note` is a sentence for people.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledParts } from './bundled-parts.ts';
import { packageParts } from './package-parts.ts';
import type { System } from './native-files.ts';
import { kinds, type LicenceBundle, type Part } from './parts.ts';

/** Every part that goes to a user of `target`, as far as it is installed here. */
export const partsFor = (root: string, target: System): readonly Part[] => [...bundledParts(root, target), ...packageParts(root, target)].toSorted(inOrder);

const inOrder = (one: Part, other: Part): number => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || compare(one.name, other.name) || compare(one.version ?? '', other.version ?? '');

/** By code unit: the same everywhere, whatever the machine's language. */
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Parts as the bundle: every text once, under its hash. */
export const bundleOf = (program: LicenceBundle['program'], parts: readonly Part[]): LicenceBundle => {
  const texts = new Map<string, string>();
  const entries = parts.map((part) => ({ ...part, texts: part.texts.map((text) => keep(texts, text)) }));
  return { format: 1, program, entries, texts: Object.fromEntries([...texts].toSorted(([one], [other]) => compare(one, other))) };
};

const keep = (texts: Map<string, string>, text: string): string => {
  const plain = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  const key = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  texts.set(key, plain);
  return key;
};

/** The bundle as one text: an overview, then each text under the names of those it belongs to. */
export const plainText = ({ program, entries, texts }: LicenceBundle): string => {
  const line = (part: Part): string => `${part.name}${part.version === null ? '' : ` ${part.version}`}: ${part.licence}${part.by === null ? '' : `, ${part.by}`}${part.note === null ? '' : `\n    ${part.note}`}`;
  const overview = kinds.flatMap((kind) => {
    const lines = entries.filter((part) => part.kind === kind).map((part) => `  ${line(part)}`);
    return lines.length === 0 ? [] : [kind, ...lines, ''];
  });
  const sections = Object.entries(texts).map(([key, text]) => {
    const names = entries.filter((part) => part.texts.includes(key)).map(({ name }) => name);
    return `${'='.repeat(80)}\n${names.join(', ')}\n${'-'.repeat(80)}\n${text}`;
  });
  return [`${program.name} ${program.version}: ${program.licence}. What it is made of, and under which terms.`, '', ...overview, ...sections].join('\n');
};

/** Writes both files; returns the bundle. */
export const writeLicences = (root: string, target: System): LicenceBundle => {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string; readonly license: string };
  const bundle = bundleOf({ name: 'Dragoman', version, licence: license }, partsFor(root, target));
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out/licences.json'), `${JSON.stringify(bundle, null, 1)}\n`);
  writeFileSync(join(root, 'out/LICENCES.txt'), plainText(bundle));
  return bundle;
};

/** A Vite plugin that leaves the bundle beside the page, whoever builds it: the About sheet of every host reads it. */
export const licenceBundle = (root: string): { readonly name: string; readonly apply: 'build'; readonly writeBundle: () => void } => ({
  name: 'licence-bundle',
  apply: 'build',
  writeBundle: () => void writeLicences(root, process),
});

/** The text of a licence where its owner left none, from SPDX's list. */
import { createRequire } from 'node:module';

const requirePackage = createRequire(import.meta.url);

/** Licences whose standard text is right for everybody, or has a gap for the owner. The others name somebody in particular (ISC does). */
const known = ['MIT', 'Apache-2.0', 'CC0-1.0', 'blessing', 'NCSA'];

/** Throws for a licence that is not `known`. */
export const standardText = (licence: string, owner: string): string => {
  if (!known.includes(licence)) throw new Error(`${owner}: there is no licence file, and ${licence} has no text that fits every owner. Add the text by hand.`);
  const { licenseText } = requirePackage(`spdx-license-list/licenses/${licence}.json`) as { readonly licenseText: string };
  return licenseText
    .replace('Copyright (c) <year> <copyright holders>', `Copyright (c) ${owner}`)
    .replace('Copyright (c) <Year> <Owner Organization Name>', `Copyright (c) ${owner}`)
    .replace(/Developed by: <[^\n]*\n/, `Developed by: ${owner}\n`);
};

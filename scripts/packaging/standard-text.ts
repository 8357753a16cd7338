/** The text of a licence where its owner left none, from SPDX's list. */
import { createRequire } from 'node:module';

const requirePackage = createRequire(import.meta.url);

/** Licences whose standard text is right for everybody, or has a place for the owner. ISC's names its first owner, who is replaced; others name somebody in particular. */
const known = ['MIT', 'ISC', 'Apache-2.0', 'CC0-1.0', 'blessing', 'NCSA'];

/** Throws for a licence that is not `known`. */
export const standardText = (licence: string, owner: string): string => {
  if (!known.includes(licence)) throw new Error(`${owner}: there is no licence file, and ${licence} has no text that fits every owner. Add the text by hand.`);
  const { licenseText } = requirePackage(`spdx-license-list/licenses/${licence}.json`) as { readonly licenseText: string };
  return licenseText
    .replace('Copyright (c) <year> <copyright holders>', `Copyright (c) ${owner}`)
    .replace('Copyright (c) <Year> <Owner Organization Name>', `Copyright (c) ${owner}`)
    .replace(/Copyright \(c\) 2004-2010 by Internet Systems Consortium.*\n.*Internet Software Consortium/, `Copyright (c) ${owner}`)
    .replaceAll(/\bISC(?= DISCLAIMS| BE LIABLE)/g, 'THE AUTHOR')
    .replace(/Developed by: <[^\n]*\n/, `Developed by: ${owner}\n`);
};

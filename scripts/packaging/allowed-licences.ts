/**
 * The licences that anything shipped may be under; a test fails on every other one.
 *
 * All of them allow use, change and redistribution in a program under MIT. MPL-2.0 asks for its own files' sources only, and none are changed here.
 */
import satisfies from 'spdx-satisfies';

export const allowedLicences: readonly string[] = [
  'MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0', 'Zlib', 'Unlicense', 'BlueOak-1.0.0', 'blessing', 'NCSA', 'OFL-1.1', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0',
];

/** How some packages write a licence that SPDX writes otherwise. */
const corrections: Readonly<Record<string, string>> = { 'Apache 2.0': 'Apache-2.0', 'Apache License 2.0': 'Apache-2.0', 'BSD 3-Clause': 'BSD-3-Clause' };

/** What one vendor ships under terms of its own, with what those terms say; for one system each. */
export const vendorTerms: Readonly<Record<string, string>> = {
  'LicenseRef-Microsoft-DirectML': 'Windows only: Microsoft lets DirectML.dll be redistributed with a program, unchanged.',
};

/** SPDX expression of a stated licence; null where none is stated. */
export const normalLicence = (stated: string | null): string | null => (stated === null ? null : (corrections[stated] ?? stated));

/** "(MIT OR CC0-1.0)" is allowed when one of the two is, "MIT AND GPL-3.0" when both are; what SPDX cannot read is not. */
export const isAllowed = (licence: string | null): boolean => {
  if (licence === null) return false;
  if (vendorTerms[licence] !== undefined) return true;
  try {
    return satisfies(licence, [...allowedLicences]);
  } catch {
    return false;
  }
};

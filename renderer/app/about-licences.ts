import type { LicenceEntry } from '../../main/contract/about.ts';

export const keyOfEntry = ({ kind, name, version }: LicenceEntry): string => JSON.stringify([kind, name, version]);

/** The entries that have every word of a question in their name, licence, author or note; upper and lower case alike. */
export const findLicences = (entries: readonly LicenceEntry[], question: string): readonly LicenceEntry[] => {
  const words = question.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return words.length === 0 ? entries : entries.filter((entry) => {
    const said = [entry.name, entry.version, entry.licence, entry.by, entry.note].join('\n').toLowerCase();
    return words.every((word) => said.includes(word));
  });
};

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importOptions } from '../../main/contract/corpora.ts';
import { importable, linuxAssociations, linuxMimeTypes, macAssociations, windowsAssociations, windowsOpenWith } from './file-types.ts';

it('owns only the project file, on every system', () => {
  for (const associations of [linuxAssociations, windowsAssociations]) expect(associations.map(({ ext }) => ext)).toEqual(['dragoman']);
  expect(macAssociations.filter(({ rank }) => rank === 'Owner').map(({ ext }) => ext)).toEqual(['dragoman']);
  expect(macAssociations.filter(({ rank }) => rank !== 'Owner').every(({ rank, role }) => rank === 'Alternate' && role === 'Viewer')).toBe(true);
});

it('offers itself for every packing that the importer reads', () => {
  const packings = importOptions.entries.compression.options.filter((name) => name !== 'none');
  expect(importable.flatMap(({ extensions }) => extensions)).toEqual(expect.arrayContaining(packings));
  expect(linuxMimeTypes).toHaveLength(importable.length);
});

it('tells Windows the same extensions', () => {
  const script = readFileSync(new URL('../../resources/installer/open-with.nsh', import.meta.url), 'utf8');
  expect([...script.matchAll(/insertmacro dragomanSupports "(\w+)"/g)].map(([, extension]) => extension)).toEqual(windowsOpenWith);
});

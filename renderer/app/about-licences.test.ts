import { expect, test } from 'vitest';
import type { LicenceEntry } from '../../main/contract/about.ts';
import { findLicences } from './about-licences.ts';

const entry = (name: string, licence: string, by: string | null = null): LicenceEntry => ({ kind: 'library', name, version: '1.0.0', licence, by, address: null, note: null, texts: [] });
const all = [entry('ws', 'MIT', 'Einar Otto Stangvik'), entry('usearch', 'Apache-2.0', 'Ash Vardanian'), entry('react', 'MIT')];
const names = (question: string): readonly string[] => findLicences(all, question).map((each) => each.name);

test('parts are found by name, licence and author, with every word of the question', () => {
  expect(names('')).toEqual(['ws', 'usearch', 'react']);
  expect(names('mit')).toEqual(['ws', 'react']);
  expect(names('APACHE vardanian')).toEqual(['usearch']);
  expect(names('mit vardanian')).toEqual([]);
});

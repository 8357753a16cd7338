import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createAbout } from './index.ts';

const base = mkdtempSync(join(tmpdir(), 'dragoman-about-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const call = { signal: new AbortController().signal };
const bundle = {
  format: 1, program: { name: 'Dragoman', version: '0.1.0', licence: 'MIT' },
  entries: [{ kind: 'library', name: 'ws', version: '8.23.0', licence: 'MIT', by: 'Einar Otto Stangvik', address: null, note: null, texts: ['5d1c'] }],
  texts: { '5d1c': 'Copyright (c) 2011' },
};
const program = (name: string): { readonly folder: string; readonly about: ReturnType<typeof createAbout> } => {
  const folder = join(base, name);
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'out'), { recursive: true });
  return { folder, about: createAbout({ resourcesFolder: join(folder, 'resources') }) };
};

describe('the licences of the program', () => {
  test('are absent without a bundle, and it is said where it was looked for', async () => {
    const { folder, about } = program('bare');
    expect(await about['about.licences']({}, call)).toEqual({ entries: null, file: join(folder, 'out', 'licences.json') });
    expect(await about['about.licenceTexts']({ texts: ['5d1c'] }, call)).toEqual(['']);
  });

  test.each(['out/licences.json', 'resources/licences.json', 'licences.json'])('are read from %s, texts on demand', async (place) => {
    const { folder, about } = program(place.replaceAll('/', '-'));
    writeFileSync(join(folder, place), JSON.stringify(bundle));
    expect(await about['about.licences']({}, call)).toEqual({ file: join(folder, place), entries: bundle.entries });
    expect(await about['about.licenceTexts']({ texts: ['5d1c', 'none'] }, call)).toEqual(['Copyright (c) 2011', '']);
  });

  test('that cannot be read say so', async () => {
    const { folder, about } = program('broken');
    writeFileSync(join(folder, 'out/licences.json'), '{"format": 2}');
    expect(() => about['about.licences']({}, call)).toThrow('cannot be read');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, expect, it } from 'vitest';
import { binaryOf, fuseConfiguration, shippedFuses, testedFuses } from './fuses.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const numbers = Object.values(FuseV1Options).filter((value) => typeof value === 'number');

/** The place in an Electron binary that holds the fuses: a mark, the version of the list, its length, one sign a fuse. */
const binaryWith = (count: number): string => {
  const path = join(folder, `electron-${count}`);
  writeFileSync(path, Buffer.concat([Buffer.from('code before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, count]), Buffer.from('0'.repeat(count)), Buffer.from(' code behind')]));
  return path;
};

it('names every fuse that the library knows', () => {
  expect(Object.keys(shippedFuses).map(Number).toSorted()).toEqual(numbers.toSorted());
});

it('shuts what would run foreign code, and leaves the tests one door that is never shipped', () => {
  expect(shippedFuses).toMatchObject({
    [FuseV1Options.RunAsNode]: false, [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false, [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false, [FuseV1Options.OnlyLoadAppFromAsar]: true, [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  });
  const differing = numbers.filter((fuse) => shippedFuses[fuse as FuseV1Options] !== testedFuses[fuse as FuseV1Options]);
  expect(differing).toEqual([FuseV1Options.EnableNodeCliInspectArguments]);
});

it('flips them in a binary', async () => {
  const path = binaryWith(numbers.length);
  await flipFuses(path, fuseConfiguration(shippedFuses, 'linux'));
  const wire = await getCurrentFuseWire(path);
  for (const fuse of numbers as FuseV1Options[]) expect(wire[fuse], FuseV1Options[fuse]).toBe(shippedFuses[fuse] ? FuseState.ENABLE : FuseState.DISABLE);
});

it('refuses a binary with a fuse that has no name here', async () => {
  await expect(flipFuses(binaryWith(numbers.length + 1), fuseConfiguration(shippedFuses, 'linux'))).rejects.toThrow(/fuse/i);
});

it('finds the binary of each system, and signs a Mac program anew', () => {
  const at = (electronPlatformName: string): string => binaryOf({ appOutDir: '/out', electronPlatformName, productName: 'Dragoman', executableName: 'dragoman' }).replaceAll('\\', '/');
  expect([at('linux'), at('win32'), at('darwin')]).toEqual(['/out/dragoman', '/out/Dragoman.exe', '/out/Dragoman.app']);
  expect([fuseConfiguration(shippedFuses, 'darwin').resetAdHocDarwinSignature, fuseConfiguration(shippedFuses, 'linux').resetAdHocDarwinSignature]).toEqual([true, false]);
});

/**
 * A folder that has the shape of an unpacked Electron and no Electron in it, so that a packaged tree can be made where the binary cannot be had.
 *
 * What stands for the binary is a shell script that says so and fails: nobody can take such a tree for a program. Never used for installers.
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lies in every tree made from the stub; `smoke-packaged` names it. */
export const stubMarker = 'ELECTRON-IS-A-STUB.txt';

const says = 'This is not Electron but a stub that stands for it: the tree shows what would be packaged, and starts nothing.';

/** The languages of the program: electron-builder keeps these of Chromium's own texts and drops the others. */
export const chromiumLocales = ['en-US', 'de', 'ar'] as const;

/** Writes the stub for Linux and returns its folder. */
export const writeElectronStub = (root: string, folder: string): string => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\necho "${says}" >&2\nexit 1\n`);
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, stubMarker), `${says}\n`);
  copyFileSync(join(root, 'node_modules/electron/LICENSE'), join(folder, 'LICENSE'));
  for (const locale of [...chromiumLocales, 'fr']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  return folder;
};

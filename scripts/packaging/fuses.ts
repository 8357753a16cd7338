/**
 * Electron's fuses: what the shipped binary can never be talked into, whoever starts it and with whatever arguments.
 *
 * Flipped by `@electron/fuses` itself in electron-builder's `afterPack`: electron-builder 26 brings an older list and cannot name the last
 * one. `Record` over the library's enum asks for every fuse by name, and `strictlyRequireAllFuses` refuses a binary that has more of them.
 *
 * @see https://www.electronjs.org/docs/latest/tutorial/fuses
 */
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, type FuseConfig } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';

export type FuseStates = Readonly<Record<FuseV1Options, boolean>>;

export const shippedFuses: FuseStates = {
  /** No plain Node hidden in the program; utility processes do not need it. */
  [FuseV1Options.RunAsNode]: false,
  /** Nothing is kept in cookies; should that change, they are encrypted with the system's key. */
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  /** The archive's header is checked against the hash in the binary (macOS and Windows; Linux has no check). */
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  /** There is no separate snapshot for the main process. */
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  /** The page lives under app://; file:// is an ordinary web address to it. */
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  /** Memory checks of WebAssembly by signal handler, Electron's default: sentence detection and xz are WebAssembly and faster with it. */
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** Playwright drives a window through Node's inspector; a build that is tested in that way keeps this one fuse, and is never shipped. */
export const testedFuses: FuseStates = { ...shippedFuses, [FuseV1Options.EnableNodeCliInspectArguments]: true };

export const fuseConfiguration = (states: FuseStates, platform: string): FuseConfig => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // Changing the binary breaks the signature that Electron comes with; Apple silicon starts nothing without one.
  resetAdHocDarwinSignature: platform === 'darwin',
  ...states,
});

/** Where the packed program's binary is, before it is signed. */
export const binaryOf = ({ appOutDir, electronPlatformName, productName, executableName }: { readonly appOutDir: string; readonly electronPlatformName: string; readonly productName: string; readonly executableName: string }): string => {
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productName}.app`);
  return join(appOutDir, electronPlatformName === 'win32' ? `${productName}.exe` : executableName);
};

/** electron-builder's `afterPack`: once for each processor. The two halves of a universal Mac program are flipped before they are joined. */
export const flipFusesAfterPack = (states: FuseStates, executableName: string) => async ({ appOutDir, electronPlatformName, packager }: AfterPackContext): Promise<void> => {
  await flipFuses(binaryOf({ appOutDir, electronPlatformName, productName: packager.appInfo.productFilename, executableName }), fuseConfiguration(states, electronPlatformName));
};

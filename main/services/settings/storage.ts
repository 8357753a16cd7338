import { rename, rm } from 'node:fs/promises';
import type { CleanedUp, KeptReason, StorageKind, StoragePart } from '../../contract/settings.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import type { Jobs } from '../jobs/index.ts';
import type { ModelsService } from '../models/index.ts';
import { sizeOf } from './folder-size.ts';
import { projectThings } from './storage-project.ts';
import { sharedThings } from './storage-shared.ts';

/** A file or folder that stays or goes as a whole. */
export type Thing = { readonly kind: StorageKind; readonly folder: string; readonly path: string; /** null: it may go. */ readonly keep: KeptReason | null };

export type StorageInput = {
  readonly project: () => Project | undefined;
  readonly jobs: Jobs;
  readonly models: Pick<ModelsService, 'encoder'>;
  readonly dataFolder: string;
  readonly unpackedFolders: () => readonly string[];
  /** Folders of what can be made again, of projects opened lately other than the open one. */
  readonly otherFolders: () => readonly string[];
  /** Files of the projects opened lately other than the open one. */
  readonly otherProjects: () => readonly string[];
  readonly now: () => number;
};

/** What lies on the disk, and the clean-up. */
export const createStorage = (input: StorageInput): Pick<PartOf<WorkbenchContract, 'settings'>, 'settings.storage' | 'settings.cleanUp'> => {
  const things = (): readonly Thing[] => [...projectThings(input), ...sharedThings(input)];
  return {
    'settings.storage': async () => {
      const parts: StoragePart[] = [];
      for (const thing of things()) add(parts, thing, await sizeOf(thing.path));
      return { parts: parts.filter((part) => part.bytes > 0 || part.free.files > 0) };
    },
    'settings.cleanUp': async ({ kinds }) => {
      const freed: CleanedUp['freed'] = [];
      let failed = 0;
      for (const thing of things().filter((one) => one.keep === null && kinds.includes(one.kind))) {
        // Another job may have begun since the list was made.
        if (!things().some((one) => one.path === thing.path && one.keep === null)) continue;
        const size = await takeAway(thing.path);
        if (size === undefined) { failed += 1; continue; }
        const before = freed.find((one) => one.kind === thing.kind);
        if (before === undefined) freed.push({ kind: thing.kind, ...size });
        else { before.bytes += size.bytes; before.files += size.files; }
      }
      return { freed, failed };
    },
  };
};

const add = (parts: StoragePart[], { kind, folder, keep }: Thing, { bytes, files }: { readonly bytes: number; readonly files: number }): void => {
  let part = parts.find((one) => one.kind === kind);
  if (part === undefined) {
    part = { kind, folder, bytes: 0, files: 0, free: { bytes: 0, files: 0 }, kept: [] };
    parts.push(part);
  }
  part.bytes += bytes;
  part.files += files;
  if (keep === null) {
    part.free.bytes += bytes;
    part.free.files += files;
    return;
  }
  const reason = part.kept.find((one) => one.why === keep);
  if (reason === undefined) part.kept.push({ why: keep, bytes });
  else reason.bytes += bytes;
};

/** Its name goes at once, before anybody can open it, then its bytes; undefined where the system does not let it go. */
const takeAway = async (path: string): Promise<{ readonly bytes: number; readonly files: number } | undefined> => {
  const going = `${path}.going`;
  try {
    await rename(path, going);
    const size = await sizeOf(going);
    await rm(going, { recursive: true, force: true });
    return size;
  } catch {
    return undefined;
  }
};

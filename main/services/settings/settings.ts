import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { knownFailure } from '../../contract/known-failures.ts';
import type { MachineSettings, SettingsNow } from '../../contract/settings.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { FileGate } from '../project/index.ts';
import { makeCacheFolder, unpackedFolder, workFolderOf } from './cache-folders.ts';
import { openSettingsFile } from './settings-file.ts';

export type MachineSettingsService = {
  readonly part: Pick<PartOf<WorkbenchContract, 'settings'>, 'settings.read' | 'settings.change'>;
  read(): MachineSettings;
  /** Where models are unpacked from the next start of the engine on. */
  unpackedFolder(): string;
  /** All folders models may have been unpacked in. */
  unpackedFolders(): readonly string[];
  /** Where a project has what can be made again; undefined: beside its file. */
  workFolderOf(project: string): string | undefined;
};

export type SettingsInput = { readonly dataFolder: string; readonly gate: FileGate; /** `DRAGOMAN_CACHE`: overrides the settings. */ readonly cacheOverride?: string | undefined };

/** The settings of this machine: read from their file whenever they are needed, so that every host says the same. */
export const createSettings = ({ dataFolder, gate, cacheOverride }: SettingsInput): MachineSettingsService => {
  const file = openSettingsFile(dataFolder);
  const usual = join(dataFolder, 'cache');
  const unpacked = (): string => cacheOverride ?? unpackedFolder(file.read().cacheFolder ?? usual);
  const now = (): SettingsNow => ({ settings: file.read(), cores: availableParallelism(), file: file.path, cacheFolder: unpacked(), problem: file.problem() });
  return {
    read: file.read,
    unpackedFolder: unpacked,
    unpackedFolders: () => [...new Set([unpacked(), ...file.cacheFolders().map(unpackedFolder), unpackedFolder(usual)])],
    workFolderOf: (project) => workFolderOf(project, file.read().cacheFolder, file.cacheFolders()),
    part: {
      'settings.read': now,
      'settings.change': (part) => {
        const cores = availableParallelism();
        if (part.threads !== undefined && part.threads !== null && part.threads > cores) throw knownFailure('too-many-threads', { cores });
        file.change(part.cacheFolder === undefined || part.cacheFolder === null ? part : { ...part, cacheFolder: makeCacheFolder(gate.check(part.cacheFolder)) });
        return now();
      },
    },
  };
};

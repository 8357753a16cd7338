import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptReason } from '../../contract/settings.ts';
import { filesNamedIn } from '../../store/files-named.ts';
import type { StorageInput, Thing } from './storage.ts';

/** What belongs to no project, or to one that is not open. */
export const sharedThings = (input: Omit<StorageInput, 'models'>): readonly Thing[] => [
  ...input.unpackedFolders().flatMap((folder) => unpackedThings(folder, input)),
  ...uploadThings(join(input.dataFolder, 'uploads'), input),
  ...input.otherFolders().map((folder): Thing => ({ kind: 'other-projects', folder, path: folder, keep: 'other-project' })),
  ...windowThings(input.dataFolder),
];

/** Only files that unpacking makes (named after a checksum): a folder that was chosen may hold others. */
const unpackedName = /^[0-9a-f]{32}-.+$/u;

const unpackedThings = (folder: string, { jobs }: Pick<StorageInput, 'jobs'>): readonly Thing[] => {
  const busy = jobs.records().some(({ job }) => ['queued', 'running', 'pausing', 'cancelling'].includes(job.state));
  return namesIn(folder).filter((name) => unpackedName.test(name)).map((name) => ({ kind: 'unpacked', folder, path: join(folder, name), keep: busy ? 'job' : null }));
};

const day = 86_400_000;

/**
 * A page may be about to import what it has just sent; a job that goes on reads its files again, a collection that grows or an export that is replayed those it was
 * imported from, and a gold list is read whenever figures are asked for. The same holds for projects opened lately; where one of them cannot be asked, everything stays.
 */
const uploadThings = (folder: string, { jobs, project, otherProjects, now }: Pick<StorageInput, 'jobs' | 'project' | 'otherProjects' | 'now'>): readonly Thing[] => {
  const waiting = JSON.stringify(jobs.records().filter(({ job }) => job.state !== 'done' && job.state !== 'cancelled').map(({ params }) => params));
  const open = project();
  const named = [...(open?.runs.list() ?? []).map((run) => open?.meta(`run:${run.id}:gold`) ?? ''), JSON.stringify((open?.collections.list() ?? []).map(({ files }) => files))].join('\n');
  // Asked only for what nothing else keeps: each is a file to be opened.
  const isAnothers = (name: string): boolean => otherProjects().map(filesNamedIn).some((text) => text === 'unknown' || text.includes(name));
  return namesIn(folder).map((name): Thing => {
    const path = join(folder, name);
    const keep: KeptReason | null = now() - changedAt(path) < day ? 'recent' : waiting.includes(name) ? 'job' : named.includes(name) ? 'explain' : isAnothers(name) ? 'other-project' : null;
    return { kind: 'uploads', folder, path, keep };
  });
};

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Chromium's own, in the folder that the window shares with us. It holds them open and keeps them small by itself. */
const windowCaches = ['Cache', 'Code Cache', 'GPUCache', 'DawnGraphiteCache', 'DawnWebGPUCache', 'ShaderCache', 'GrShaderCache'];
const windowThings = (folder: string): readonly Thing[] => windowCaches.map((name) => join(folder, name)).filter((path) => existsSync(path)).map((path) => ({ kind: 'window', folder, path, keep: 'window' }));

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

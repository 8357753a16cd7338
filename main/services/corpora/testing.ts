import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collection, ImportOptions, ImportPreview } from '../../contract/corpora.ts';
import type { Job } from '../../contract/jobs.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
import { openProject } from '../../store/project.ts';
import { createJobs, projectJobStore, type Jobs } from '../jobs/index.ts';
import { createCorporaService } from './index.ts';

/** What the tests and the benchmark of this room share: a real project in a temporary folder, real jobs. */
export type Desk = {
  readonly folder: string;
  readonly project: Project;
  readonly jobs: Jobs;
  readonly corpora: PartOf<WorkbenchContract, 'corpora'>;
  /** Every state of every job, in the order they were told. */
  readonly told: readonly Job[];
  write(name: string, content: string | Uint8Array): string;
  inspect(...paths: string[]): Promise<ImportPreview[]>;
  /** Imports files as the inspector proposes, with changes, and waits for the end. */
  bring(paths: readonly string[], changes?: Partial<ImportOptions>): Promise<{ readonly job: Job; readonly collection: number }>;
  get(collection: number): Collection;
  texts(collection: number): readonly string[];
  close(): void;
};

const call = { signal: new AbortController().signal };

export const openDesk = (): Desk => {
  const folder = mkdtempSync(join(tmpdir(), 'dragoman-corpora-'));
  const project = openProject(join(folder, 'test.dragoman'), { create: true });
  const told: Job[] = [];
  const jobs = createJobs({ store: () => projectJobStore(project), tell: (job) => told.push(job), now: () => performance.now() });
  const corpora = createCorporaService({ project: () => project, jobs, gate: { check: (path) => path }, annotator: 'tester' });
  const inspect = async (...paths: string[]): Promise<ImportPreview[]> => corpora['corpora.inspect']({ paths }, call);
  return {
    folder, project, jobs, corpora, told, inspect,
    write: (name, content) => { const path = join(folder, name); writeFileSync(path, content); return path; },
    bring: async (paths, changes = {}) => {
      const previews = await inspect(...paths);
      const files = previews.map(({ file }) => ({ ...file, options: { ...file.options, ...changes } }));
      const { job, collection } = await corpora['corpora.import']({ name: 'test', files }, call);
      const ended = await jobs.settled(job);
      return { job: ended, collection: ended.collection ?? collection };
    },
    get: (collection) => project.collections.get(collection),
    texts: (collection) => project.sentences.texts(collection, 0, Math.min(65_536, project.sentences.count(collection))),
    close: () => { project.close(); rmSync(folder, { recursive: true, force: true }); },
  };
};

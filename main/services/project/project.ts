import { mkdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, extname, join } from 'node:path';
import type { HostCapabilities } from '../../contract/host.ts';
import type { HostFacts, ProjectStatus } from '../../contract/project.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import { openProject } from '../../store/project.ts';
import type { Jobs } from '../jobs/index.ts';
import { browse, type FileGate } from './browse.ts';
import type { CurrentProject } from './current-project.ts';
import { recentProjects } from './recent-projects.ts';
import { readSpecimen, type Sample } from './sample.ts';

export type ProjectServiceInput = {
  readonly current: CurrentProject;
  readonly jobs: Jobs;
  readonly gate: FileGate;
  readonly capabilities: HostCapabilities;
  readonly version: string;
  readonly dataFolder: string;
  readonly sampleFolder: string;
  readonly sample: Sample;
  readonly engineState: () => HostFacts['engine'];
  /** Where other processes reach this workbench; goes into the project's lock. */
  readonly address: () => string | null;
  readonly now: () => number;
};

const ending = '.dragoman';

/** The user's own copy of the sample project. */
export const sampleProjectPath = (dataFolder: string): string => join(dataFolder, `Sample${ending}`);

/** Opening, closing, history and host facts. */
export const createProjectService = (input: ProjectServiceInput) => {
  const { current, jobs, gate } = input;
  const recent = recentProjects(join(input.dataFolder, 'recent.json'));

  const remember = (): void => {
    const project = current.orNone();
    if (project === undefined) return;
    const languages = new Set(project.collections.list().flatMap((one) => [one.language, ...(one.targetLanguage === null ? [] : [one.targetLanguage])]));
    recent.remember({ path: project.path, name: project.name, openedAt: input.now(), languages: [...languages].sort(), ...project.totals() });
  };

  const close = async (): Promise<ProjectStatus> => {
    const project = current.orNone();
    if (project !== undefined) {
      await jobs.suspend();
      remember();
      current.set(undefined);
      project.close();
    }
    return current.status();
  };

  const open = async (path: string, create: boolean): Promise<ProjectStatus> => {
    if (current.orNone()?.path === path) return current.status();
    await close();
    if (create) mkdirSync(dirname(path), { recursive: true });
    const project = openProject(path, { create, address: input.address() });
    current.set(project);
    remember();
    void project.purge().catch(() => undefined);
    return current.status();
  };

  const named = (path: string): string => (extname(path) === ending ? path : `${path}${ending}`);

  const part: PartOf<WorkbenchContract, 'project'> = {
    'project.status': () => current.status(),
    'project.recent': () => recent.list(),
    'project.specimen': () => readSpecimen(input.sampleFolder),
    'project.create': ({ path }) => open(gate.check(named(path)), true),
    'project.open': ({ path }) => open(gate.check(path), false),
    'project.openSample': async ({ mine }) => {
      await open(sampleProjectPath(input.dataFolder), true);
      const started = await input.sample(current.get(), mine);
      return { status: current.status(), jobs: started };
    },
    'project.close': close,
    'project.saveCopy': async ({ path }, { signal }) => {
      const target = gate.check(named(path));
      const copy = await current.get().saveCopy(target, { signal });
      return { path: copy.path, bytes: copy.bytes };
    },
    'project.history': ({ before, count }) => [...current.get().operations.history(before, count)],
    'project.undo': async () => ({ undone: await current.get().operations.undo() }),
    'project.redo': async () => ({ redone: await current.get().operations.redo() }),
    'project.hostFacts': () => ({
      version: input.version, ...input.capabilities, cores: availableParallelism(), memoryBytes: totalmem(), platform: process.platform, engine: input.engineState(),
    }),
    'project.browse': ({ folder }) => browse(gate, folder),
  };

  return {
    part,
    open,
    close,
    /** Opens a project for the command line: made when it is missing. */
    openOrCreate: (path: string) => open(named(path), true),
  };
};

/** The gate of hosts that run with their user's own rights and no page. */
export const openGate = (roots: readonly string[]): FileGate => ({ roots, check: (path) => path });


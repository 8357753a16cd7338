import { mkdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, extname, join } from 'node:path';
import type { HostCapabilities } from '../../contract/host.ts';
import type { HistoryEntry, HostFacts, ProjectStatus } from '../../contract/project.ts';
import type { WorkbenchContract } from '../../contract/workbench.ts';
import type { PartOf } from '../../rpc/server.ts';
import type { Project } from '../../store/api.ts';
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
  /** Where a project has what can be made again; undefined: beside its file. */
  readonly workFolderOf: (path: string) => string | undefined;
  readonly now: () => number;
  /** Everything about pairs and the history has changed behind an answer. */
  readonly touched: () => void;
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
    const folder = input.workFolderOf(path);
    const project = openProject(path, { create, address: input.address(), ...(folder === undefined ? {} : { folder }) });
    current.set(project);
    remember();
    void project.purge().catch(() => undefined);
    return current.status();
  };

  const hostFacts = (): HostFacts => ({
    version: input.version, ...input.capabilities, cores: availableParallelism(), memoryBytes: totalmem(), platform: process.platform, engine: input.engineState(),
  });

  const named = (path: string): string => (extname(path) === ending ? path : `${path}${ending}`);

  /** A cancelled step goes back behind its answer: pages are told again once it is over. */
  const moved = async (project: Project, signal: AbortSignal, step: (operations: Project['operations']) => Promise<HistoryEntry | null>): Promise<HistoryEntry | null> => {
    try {
      return await step(project.operations);
    } finally {
      if (signal.aborted) void project.operations.settled().then(input.touched, () => undefined);
    }
  };

  const part: Omit<PartOf<WorkbenchContract, 'project'>, 'project.saveDiagnostics'> = {
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
    'project.undo': async (_, { signal }) => ({ undone: await moved(current.get(), signal, (operations) => operations.undo(signal)) }),
    'project.redo': async (_, { signal }) => ({ redone: await moved(current.get(), signal, (operations) => operations.redo(signal)) }),
    'project.hostFacts': () => hostFacts(),
    'project.browse': ({ folder }) => browse(gate, folder),
  };

  return {
    part,
    hostFacts,
    open,
    close,
    /** Files of projects opened lately. */
    recentPaths: (): readonly string[] => recent.list().map((one) => one.path),
    /** Opens a project for the command line: made when it is missing. */
    openOrCreate: (path: string) => open(named(path), true),
  };
};

/** The gate of hosts that run with their user's own rights and no page. */
export const openGate = (roots: readonly string[]): FileGate => ({ roots, check: (path) => path });


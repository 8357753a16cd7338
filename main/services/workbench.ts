import { join, resolve, sep } from 'node:path';
import type { Channel, HostCapabilities, ProcessHost } from '../contract/host.ts';
import type { EventName, PayloadOf } from '../contract/method.ts';
import type { Loss } from '../contract/shell.ts';
import { workbenchContract, type WorkbenchContract } from '../contract/workbench.ts';
import { isAtRest } from '../domain/jobs/job-state.ts';
import { combine, serve, type Implementation, type Served } from '../rpc/server.ts';
import { sideFolder } from '../store/project.ts';
import { createAbout } from './about/index.ts';
import { createCorporaService } from './corpora/index.ts';
import { createEngineLink } from './engine/index.ts';
import { createExportService } from './export/index.ts';
import { createJobs, memoryJobStore, projectJobStore } from './jobs/index.ts';
import { createLabellingsService } from './labellings/index.ts';
import { createMineService } from './mine/index.ts';
import { createModelsService } from './models/index.ts';
import { createPairsService } from './pairs/index.ts';
import { createDiagnostics, createProjectService, createSample, currentProject, sampleProjectPath, type FileGate } from './project/index.ts';
import { createCheckFollowUp, createChecksService, createLinksService, createQueuesService, createReviewService, createTeamService } from './review/index.ts';
import { createProjectionService } from './projection/index.ts';
import { createSettings, createStorage } from './settings/index.ts';
import { createTranslateService } from './translate/index.ts';

export type WorkbenchInput = {
  readonly processHost: ProcessHost;
  readonly capabilities: HostCapabilities;
  readonly gate: FileGate;
  readonly version: string;
  /** Recent projects, added models, the sample's copy. */
  readonly dataFolder: string;
  /** Models and the sample that ship. */
  readonly resourcesFolder: string;
  readonly annotator: string;
  readonly now: () => number;
  /** Contract checks of outputs too; on in tests. */
  readonly checkOutputs?: boolean;
  readonly onFailure?: (name: string, thrown: unknown) => void;
  /** Ends of workbench processes before this one, where the host starts it again: for the diagnostic bundle. */
  readonly earlierEnds?: readonly Loss[];
  /** Told by the host once it listens. */
  readonly address?: () => string | null;
};

export type Workbench = {
  readonly implementation: Implementation<WorkbenchContract>;
  readonly jobs: ReturnType<typeof createJobs>;
  readonly projects: ReturnType<typeof createProjectService>;
  readonly current: ReturnType<typeof currentProject>;
  /** Serves the contract over a channel until it closes. */
  serve(channel: Channel): Served<WorkbenchContract>;
  /** Pauses what runs, closes the project, ends the engine. */
  close(): Promise<void>;
};

/** The workbench: owns the project file and the jobs, asks the engine, answers pages and commands. Every host has one. */
export const createWorkbench = (input: WorkbenchInput): Workbench => {
  const pages = new Set<Served<WorkbenchContract>>();
  const tellAll = <N extends EventName<WorkbenchContract>>(name: N, payload: PayloadOf<WorkbenchContract[N]>): void => {
    for (const page of pages) page.tell(name, payload);
    if (name === 'project.touched' && 'touches' in payload && payload.touches.includes('pairs')) checkWhatChanged();
  };
  const wait = (milliseconds: number): Promise<void> => new Promise((go) => { setTimeout(go, milliseconds); });

  const sampleFolder = join(input.resourcesFolder, 'sample');
  const gate = withOwnFiles(input.gate, [sampleFolder, join(input.dataFolder, 'uploads')], [sampleProjectPath(input.dataFolder)]);
  const current = currentProject();
  const withoutProject = memoryJobStore(input.now);
  const jobs = createJobs({
    store: () => { const project = current.orNone(); return project === undefined ? withoutProject : projectJobStore(project); },
    now: input.now,
    tell: (job) => {
      tellAll('jobs.changed', job);
      if (isAtRest(job.state)) tellAll('project.touched', { touches: ['project', 'collections', 'pairs', 'runs', 'labels', 'history'] });
    },
  });
  const settings = createSettings({ dataFolder: input.dataFolder, gate, cacheOverride: process.env['DRAGOMAN_CACHE'] });
  const engine = createEngineLink({ host: input.processHost, wait, environment: () => ({ DRAGOMAN_CACHE: settings.unpackedFolder() }), onLost: (reason) => { input.onFailure?.('engine', new Error(reason)); tellAll('project.touched', { touches: ['engine'] }); }, onBack: () => tellAll('project.touched', { touches: ['engine'] }) });
  const models = createModelsService({ engine, resourcesFolder: join(input.resourcesFolder, 'models'), dataFolder: input.dataFolder, threads: () => settings.read().threads });
  const corpora = createCorporaService({ project: current.get, jobs, gate, annotator: input.annotator });
  const mine = createMineService({ project: current.get, engine, models, jobs, gate, machine: settings, annotator: input.annotator, now: input.now, version: input.version });
  const exports = createExportService({ project: current.get, jobs, gate, models, version: input.version });
  const checkWhatChanged = createCheckFollowUp({ project: current.orNone, jobs });
  const reviews = createReviewService({ project: current.get, now: input.now, touched: () => tellAll('project.touched', { touches: ['pairs', 'history'] }) });
  const signal = new AbortController().signal;
  const projects = createProjectService({
    current, jobs, gate, capabilities: input.capabilities, version: input.version, dataFolder: input.dataFolder,
    sampleFolder, workFolderOf: settings.workFolderOf, engineState: engine.state, address: input.address ?? (() => null), now: input.now,
    touched: () => tellAll('project.touched', { touches: ['collections', 'pairs', 'runs', 'history'] }),
    sample: createSample({
      folder: sampleFolder,
      importFile: async (name, path, options) => corpora['corpora.import']({ name, files: [{ path, targetPath: null, options }] }, { signal }),
      settled: jobs.settled,
      mine: mine.mineSample,
      onError: (thrown) => input.onFailure?.('project.openSample', thrown),
    }),
  });

  const otherProjects = (): readonly string[] => projects.recentPaths().filter((path) => path !== current.orNone()?.path);
  const storage = createStorage({
    project: current.orNone, jobs, models, dataFolder: input.dataFolder, unpackedFolders: settings.unpackedFolders, now: input.now,
    otherProjects, otherFolders: () => otherProjects().map((path) => settings.workFolderOf(path) ?? sideFolder(path)),
  });

  const diagnostics = createDiagnostics({
    current, jobs, gate, host: projects.hostFacts, models: models.list, dataFolder: input.dataFolder, earlierEnds: input.earlierEnds ?? [], now: input.now,
  });

  const implementation = tellTouches(combine(workbenchContract, [projects.part, jobs.part, corpora, createPairsService({ project: current.get, jobs }), models.part, mine.part, exports, reviews, createQueuesService({ project: current.get, now: input.now }), createChecksService({ project: current.get, jobs, gate }), createLinksService({ project: current.get, engine, models }), createLabellingsService({ project: current.get, gate, now: input.now }), createTeamService({ project: current.get, now: input.now, gate, annotator: input.annotator }), settings.part, storage, createTranslateService({ project: current.get, engine, jobs, gate, machine: settings }), createProjectionService({ project: current.get, annotator: input.annotator, engine, models, jobs, gate, machine: settings }), createAbout({ resourcesFolder: input.resourcesFolder }), diagnostics]), tellAll);
  return {
    implementation, jobs, projects, current,
    serve: (channel) => {
      const page = serve(channel, workbenchContract, implementation, { checkOutputs: input.checkOutputs ?? false, ...(input.onFailure === undefined ? {} : { onFailure: input.onFailure }) });
      pages.add(page);
      checkWhatChanged();
      channel.onClose(() => pages.delete(page));
      return page;
    },
    close: async () => {
      await projects.close();
      engine.close();
    },
  };
};

/** What the program brought along or received itself is let in on every host: the bundled sample and its project, and files dropped onto the page. */
const withOwnFiles = (gate: FileGate, folders: readonly string[], files: readonly string[]): FileGate => ({
  roots: gate.roots,
  check: (path) => {
    const plain = resolve(path);
    return files.includes(plain) || folders.some((folder) => plain.startsWith(folder + sep)) ? plain : gate.check(path);
  },
});

/** After a command: tells every page what it touched, as the contract says. */
const tellTouches = (implementation: Implementation<WorkbenchContract>, tellAll: (name: 'project.touched', payload: { touches: string[] }) => void): Implementation<WorkbenchContract> => {
  const wrapped: Record<string, unknown> = {};
  for (const [name, perform] of Object.entries(implementation) as [keyof typeof implementation, (input: unknown, call: unknown) => unknown][]) {
    const method = workbenchContract[name];
    wrapped[name] = method.kind !== 'command' || method.touches.length === 0 ? perform : async (given: unknown, call: unknown) => {
      const value = await perform(given, call);
      tellAll('project.touched', { touches: [...method.touches] });
      return value;
    };
  }
  return wrapped as Implementation<WorkbenchContract>;
};

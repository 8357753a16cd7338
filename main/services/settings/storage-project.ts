import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Job } from '../../contract/jobs.ts';
import { minePlan, type MinePlan, type Run } from '../../contract/mine.ts';
import type { KeptReason } from '../../contract/settings.ts';
import type { Project } from '../../store/api.ts';
import { encodePlanOf, vectorKey, vectorKeyStart, vectorsFolder } from '../engine/index.ts';
import type { JobRecord } from '../jobs/index.ts';
import type { ModelsService } from '../models/index.ts';
import type { StorageInput, Thing } from './storage.ts';

/** What the open project has in its folder: vectors, files of runs, and the rest, which stays. */
export const projectThings = ({ project: open, jobs, models }: Pick<StorageInput, 'project' | 'jobs' | 'models'>): readonly Thing[] => {
  const project = open();
  if (project === undefined) return [];
  const unfinished = jobs.records().filter(({ job }) => mayGoOn(job));
  const busy = unfinished.some(({ job }) => isUnderWay(job));
  const rest = namesIn(project.folder).filter((name) => name !== 'vectors' && name !== 'runs');
  return [
    ...vectorThings(project, models, unfinished, busy),
    ...runThings(project, unfinished, busy),
    ...rest.map((name): Thing => ({ kind: 'results', folder: project.folder, path: join(project.folder, name), keep: 'explain' })),
  ];
};

const isUnderWay = ({ state }: Job): boolean => ['queued', 'running', 'pausing', 'cancelling'].includes(state);
const mayGoOn = (job: Job): boolean => isUnderWay(job) || ['paused', 'interrupted', 'failed'].includes(job.state);

const vectorThings = (project: Project, models: Pick<ModelsService, 'encoder'>, unfinished: readonly JobRecord[], busy: boolean): readonly Thing[] => {
  const folder = vectorsFolder(project);
  const listed = vectorsOf(models, project.runs.list().filter((run) => run.state !== 'cancelled').map((run) => run.plan));
  const waiting = vectorsOf(models, unfinished.flatMap((record) => planOf(project, record)));
  return namesIn(folder).map((name): Thing => {
    const inUse = listed.keys.has(name);
    const keep: KeptReason | null = busy || waiting.keys.has(name) || waiting.starts.some((start) => name.startsWith(start)) ? 'job' : listed.starts.some((start) => name.startsWith(start)) ? 'encoder' : null;
    return { kind: inUse || keep === 'encoder' ? 'vectors' : 'spare-vectors', folder, path: join(folder, name), keep };
  });
};

/** The folders that plans name; for an encoder that is no longer here, how the names of its folders begin: without it they could not be made again. */
const vectorsOf = (models: Pick<ModelsService, 'encoder'>, plans: readonly MinePlan[]): { readonly keys: ReadonlySet<string>; readonly starts: readonly string[] } => {
  const keys = new Set<string>();
  const starts = new Set<string>();
  for (const plan of plans) {
    for (const planned of plan.encoders) {
      const encoder = encoderOf(models, planned.id);
      if (encoder === undefined || encoder.hash !== planned.hash) starts.add(vectorKeyStart(planned.id));
      else keys.add(vectorKey(encoder, encodePlanOf(plan, planned)));
    }
  }
  return { keys, starts: [...starts] };
};

const encoderOf = (models: Pick<ModelsService, 'encoder'>, id: string) => {
  try { return models.encoder(id); } catch { return undefined; }
};

const withRun = v.object({ run: v.number() });
const withPlan = v.object({ plan: minePlan });

const planOf = (project: Project, { params }: JobRecord): readonly MinePlan[] => {
  const named = v.safeParse(withRun, params);
  const run = named.success ? runOf(project, named.output.run) : undefined;
  const own = v.safeParse(withPlan, params);
  return [...(run === undefined ? [] : [run.plan]), ...(own.success ? [own.output.plan] : [])];
};

const runThings = (project: Project, unfinished: readonly JobRecord[], busy: boolean): readonly Thing[] => {
  const folder = join(project.folder, 'runs');
  const listed = new Set(project.runs.list().map((run) => run.id));
  const waiting = new Set(unfinished.flatMap(({ params }) => { const named = v.safeParse(withRun, params); return named.success ? [named.output.run] : []; }));
  return namesIn(folder).map((name): Thing => {
    const run = runOf(project, Number(name));
    const keep: KeptReason | null = busy || waiting.has(Number(name)) ? 'job'
      : run === undefined || run.state === 'cancelled' ? null : listed.has(run.id) ? 'explain' : 'undo';
    return { kind: keep === null ? 'ended-runs' : 'results', folder, path: join(folder, name), keep };
  });
};

/** Removed ones too, as long as undo could bring them back. */
const runOf = (project: Project, id: number): Run | undefined => {
  try { return project.runs.get(id, { removed: true }); } catch { return undefined; }
};

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

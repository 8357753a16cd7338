import type { Project } from '../../store/api.ts';
import type { JobRecord, JobStore } from './jobs.ts';

type Kept = { readonly params: unknown; readonly plannedSeconds: readonly number[] };

const asKept = (value: unknown): Kept => {
  if (typeof value !== 'object' || value === null || !('plannedSeconds' in value) || !Array.isArray(value.plannedSeconds)) return { params: null, plannedSeconds: [] };
  return { params: 'params' in value ? value.params : null, plannedSeconds: value.plannedSeconds.map(Number) };
};

/** Jobs in the project file. */
export const projectJobStore = (project: Project): JobStore => {
  const recordOf = (job: JobRecord['job']): JobRecord => ({ job, ...asKept(project.jobs.parameters(job.id)), checkpoint: project.jobs.checkpoint(job.id) });
  return {
    list: () => project.jobs.list().map(recordOf),
    save: ({ job, checkpoint }) => project.jobs.save(job, checkpoint),
    create: ({ job, params, plannedSeconds }) => project.jobs.create(job, { params, plannedSeconds } satisfies Kept).id,
    appendLog: (job, level, text) => { project.jobLog.append(job, level, text); },
    log: (job, after, count) => {
      const page = project.jobLog.page(job, after, count);
      return { lines: [...page.lines], total: page.total };
    },
    clear: () => project.jobs.clear(),
  };
};

import type { Job } from '../contract/jobs.ts';
import type { WorkbenchContract } from '../contract/workbench.ts';
import { isAtRest } from '../domain/jobs/job-state.ts';
import type { Client } from '../rpc/client.ts';
import type { WorkbenchFacts } from './shell-messages.ts';

export type Before = { /** The project that was open; '' for none. */ readonly project: string; readonly resume: boolean };

/** After a crash: opens what was open, and resumes the jobs that the crash interrupted, in the order they were started. What the user had paused stays paused. */
export const goOn = async (client: Client<WorkbenchContract>, { project, resume }: Before): Promise<void> => {
  if (project === '') return;
  await client.call('project.open', { path: project });
  if (!resume) return;
  const jobs = await client.call('jobs.list', {});
  for (const { id } of jobs.filter((job) => job.state === 'interrupted').toSorted((a, b) => a.id - b.id)) await client.call('jobs.resume', { job: id });
};

/** Tells the shell what it has to know, at every change: the open project, how many jobs run, how far they are. */
export const tellFacts = (client: Client<WorkbenchContract>, project: () => string | null, tell: (facts: WorkbenchFacts) => void): void => {
  const running = new Map<number, Job>();
  let told = '';
  const update = (): void => {
    const jobs = [...running.values()];
    const facts: WorkbenchFacts = { project: project(), running: jobs.length, progress: jobs.reduce((sum, job) => sum + job.progress, 0) / Math.max(1, jobs.length) };
    const text = JSON.stringify(facts);
    if (text !== told) tell(facts);
    told = text;
  };
  client.on('jobs.changed', (job) => {
    if (isAtRest(job.state)) running.delete(job.id); else running.set(job.id, job);
    update();
  });
  client.on('project.touched', () => {
    if (project() === null) running.clear();
    update();
  });
};

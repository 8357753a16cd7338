import * as v from 'valibot';
import type { Job } from '../../contract/jobs.ts';
import type { PairOrigin } from '../../contract/pairs.ts';
import { isEnded } from '../../domain/jobs/job-state.ts';
import type { Project } from '../../store/api.ts';
import type { Jobs } from '../jobs/index.ts';
import { checksJob } from './checks-job.ts';
import { checksParameters } from './checks-run.ts';

/**
 * Has the pairs checked again that a change of many texts, or its undo, has left unchecked: to be called whenever pairs may have changed.
 *
 * Several changes behind each other are one job, which goes on until nothing is left. One that somebody paused or cancelled stays so until pairs change again,
 * or the project is opened again.
 */
export const createCheckFollowUp = ({ project, jobs }: { readonly project: () => Project | undefined; readonly jobs: Jobs }): (() => void) => {
  const seen = new WeakMap<Project, number>();
  const look = (opened: Project): void => {
    if (opened !== project()) return;
    const isFirst = !seen.has(opened);
    seen.set(opened, opened.checks.uncheckedVersion());
    for (const { origin, count } of opened.checks.unchecked()) {
      const job = followUpOf(jobs, origin);
      if (job === undefined || job.state === 'failed') jobs.start(checksJob(opened, origin, count, { changed: true }));
      else if (isFirst && (job.state === 'paused' || job.state === 'interrupted')) jobs.resume(job.id);
    }
  };
  let waits = false;
  return () => {
    const opened = project();
    if (opened === undefined || waits || seen.get(opened) === opened.checks.uncheckedVersion()) return;
    waits = true;
    // A change that is still being made, or taken back, would be checked twice.
    void opened.operations.settled().then(() => { waits = false; look(opened); }).catch(() => undefined);
  };
};

/** The job that checks what was changed of these pairs and has not ended yet. */
export const followUpOf = (jobs: Jobs, origin: PairOrigin): Job | undefined => jobs.find(({ job, params }) => {
  const given = job.kind === 'check' && !isEnded(job.state) ? v.safeParse(checksParameters, params) : undefined;
  return given?.success === true && given.output.changed === true && JSON.stringify(given.output.origin) === JSON.stringify(origin);
})?.job;

import type { JobState } from '../../contract/jobs.ts';

/** What can happen to a job. `stop` = its work has ended because it was asked to; `lose` = the program or the machine went away. */
export type JobEvent = 'start' | 'pause' | 'cancel' | 'resume' | 'stop' | 'finish' | 'fail' | 'lose';

const table: Readonly<Record<JobState, Partial<Readonly<Record<JobEvent, JobState>>>>> = {
  queued: { start: 'running', pause: 'paused', cancel: 'cancelled', lose: 'interrupted' },
  running: { pause: 'pausing', cancel: 'cancelling', finish: 'done', fail: 'failed', lose: 'interrupted' },
  pausing: { stop: 'paused', cancel: 'cancelling', finish: 'done', fail: 'failed', lose: 'paused' },
  paused: { resume: 'queued', cancel: 'cancelled' },
  cancelling: { stop: 'cancelled', finish: 'done', fail: 'cancelled', lose: 'cancelled' },
  interrupted: { resume: 'queued', cancel: 'cancelled' },
  failed: { resume: 'queued', cancel: 'cancelled' },
  cancelled: {},
  done: {},
};

/** The state after an event, or undefined where the event means nothing in that state. */
export const nextState = (state: JobState, event: JobEvent): JobState | undefined => table[state][event];

/** Nothing more will happen by itself. */
export const isAtRest = (state: JobState): boolean => ['paused', 'interrupted', 'failed', 'cancelled', 'done'].includes(state);
export const isEnded = (state: JobState): boolean => state === 'done' || state === 'cancelled';

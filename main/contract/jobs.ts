import * as v from 'valibot';
import { command, event, nothing, query } from './method.ts';
import { failureData } from './errors.ts';

/** Everything that takes longer than a second. Every job ends in exactly one of done, failed, cancelled. */
export const jobState = v.picklist(['queued', 'running', 'pausing', 'paused', 'cancelling', 'cancelled', 'done', 'failed', 'interrupted']);
export type JobState = v.InferOutput<typeof jobState>;

export const jobStage = v.object({
  name: v.string(),
  /** Key into the string catalogue's `stage.*`, with the language or collection it works on as `subject`. */
  subject: v.optional(v.string()),
  state: v.picklist(['waiting', 'running', 'done', 'skipped']),
  done: v.number(),
  total: v.number(),
  unit: v.picklist(['sentences', 'tiles', 'pairs', 'lines', 'bytes', 'steps', 'vectors']),
  /** Planned share of the job's time, 0..1; shares of a job add up to 1. */
  share: v.number(),
  /** Units a second, over the last seconds; 0 when unknown. */
  rate: v.number(),
  /** Wall-clock seconds spent in this stage over all resumes. */
  seconds: v.number(),
  /** One plain sentence of what it does or did, e.g. "tile 4 of 16, exact, both directions". */
  note: v.optional(v.string()),
});
export type JobStage = v.InferOutput<typeof jobStage>;

export const job = v.object({
  id: v.number(),
  kind: v.picklist(['import', 'mine', 'score-bitext', 'embed', 'export', 'probe', 'replay', 'check', 'detect-languages', 'translate', 'label']),
  title: v.string(),
  /** The collection or file that the title names: whoever speaks another language words the title from `kind` and this. Absent where the title is a name itself. */
  subject: v.optional(v.string()),
  state: jobState,
  stages: v.array(jobStage),
  /** Share of the planned time that is done, 0..1. */
  progress: v.number(),
  secondsLeft: v.nullable(v.number()),
  startedAt: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  /** The run, collection or file it makes. */
  run: v.nullable(v.number()),
  collection: v.nullable(v.number()),
  pausable: v.boolean(),
  failure: v.nullable(failureData),
});
export type Job = v.InferOutput<typeof job>;

export const logLine = v.object({ no: v.number(), at: v.number(), level: v.picklist(['info', 'warning', 'error']), text: v.string() });
export type LogLine = v.InferOutput<typeof logLine>;

const oneJob = v.strictObject({ job: v.number() });
const effects = { undoable: false, touches: ['jobs'] } as const;

export const jobsContract = {
  'jobs.list': query(nothing, v.array(job)),
  'jobs.get': query(oneJob, job),
  'jobs.log': query(v.strictObject({ job: v.number(), after: v.number(), count: v.pipe(v.number(), v.maxValue(500)) }), v.object({ lines: v.array(logLine), total: v.number() })),
  'jobs.pause': command(oneJob, job, effects),
  /** Also restarts an interrupted or failed job from its last checkpoint. */
  'jobs.resume': command(oneJob, job, effects),
  'jobs.cancel': command(oneJob, job, effects),
  /** Forgets ended jobs in the list; what they made stays. */
  'jobs.clear': command(nothing, v.object({ cleared: v.number() }), effects),
  /** Told at most every 100 ms a job, and always at a change of state. */
  'jobs.changed': event(job),
} as const;

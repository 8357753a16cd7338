import type { Failure } from '../contract/errors.ts';
import { knownFailure } from '../contract/known-failures.ts';
import type { Job, JobState, LogLine } from '../contract/jobs.ts';
import type { JobLog, Jobs } from './api.ts';
import type { Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';

type Row = { readonly id: number; readonly json: string };

export type JobStore = Jobs & {
  /** Jobs whose program is gone: those that ran or waited are `interrupted` now, those that were being cancelled are `cancelled`. Their titles. */
  interruptRunning(): readonly string[];
};

export const createJobs = (sql: Sql): JobStore => {
  const cell = (id: number, name: 'parameters' | 'checkpoint'): unknown => {
    const text = sql.value<string | null>(`SELECT ${name} FROM job WHERE id = ?`, id);
    if (text === undefined) throw unknownJob(id);
    return text === null ? null : parseStored<unknown>(text);
  };
  const save = (job: Job, checkpoint?: unknown): void => {
    const known = checkpoint === undefined
      ? sql.run('UPDATE job SET state = ?, json = ? WHERE id = ?', job.state, toStored(job), job.id)
      : sql.run('UPDATE job SET state = ?, json = ?, checkpoint = ? WHERE id = ?', job.state, toStored(job), toStored(checkpoint), job.id);
    if (known.changes === 0) throw unknownJob(job.id);
  };
  return {
    create: (job, parameters) => ({ ...job, id: sql.run('INSERT INTO job(state, json, parameters) VALUES (?, ?, ?)', job.state, toStored(job), toStored(parameters)).id }),
    save,
    get: (id) => {
      const row = sql.get<Row>('SELECT id, json FROM job WHERE id = ?', id);
      if (row === undefined) throw unknownJob(id);
      return asJob(row);
    },
    list: () => sql.all<Row>('SELECT id, json FROM job WHERE cleared = 0 ORDER BY id DESC').map(asJob),
    parameters: (id) => cell(id, 'parameters'),
    checkpoint: (id) => cell(id, 'checkpoint'),
    clear: () => sql.run("UPDATE job SET cleared = 1 WHERE cleared = 0 AND state IN ('done', 'failed', 'cancelled')").changes,
    interruptRunning: () => sql.transaction(() => {
      const rows = sql.all<Row>("SELECT id, json FROM job WHERE state IN ('queued', 'running', 'pausing', 'cancelling') ORDER BY id");
      return rows.map(asJob).map((job) => {
        const state: JobState = job.state === 'cancelling' ? 'cancelled' : 'interrupted';
        save({ ...job, state, secondsLeft: null, endedAt: state === 'cancelled' ? Date.now() : job.endedAt });
        return state === 'cancelled' ? `The job “${job.title}” was being cancelled; it is cancelled now.` : `The job “${job.title}” was interrupted; it can be resumed.`;
      });
    }),
  };
};

export const createJobLog = (sql: Sql): JobLog => ({
  append: (job, level, text) => {
    const no = (sql.value<number | null>('SELECT max(no) FROM job_log WHERE job = ?', job) ?? 0) + 1;
    const line: LogLine = { no, at: Date.now(), level, text };
    sql.run('INSERT INTO job_log(job, no, at, level, text) VALUES (?, ?, ?, ?, ?)', job, no, line.at, level, text);
    return line;
  },
  page: (job, after, count) => ({
    lines: sql.all<LogLine>('SELECT no, at, level, text FROM job_log WHERE job = ? AND no > ? ORDER BY no LIMIT ?', job, after, count),
    total: sql.value<number>('SELECT count(*) FROM job_log WHERE job = ?', job) ?? 0,
  }),
});

const unknownJob = (id: number): Failure => knownFailure('unknown-job', { id });

const asJob = ({ id, json }: Row): Job => ({ ...parseStored<Job>(json), id });

import type { LogLine } from '../../contract/jobs.ts';
import { isEnded } from '../../domain/jobs/job-state.ts';
import type { JobRecord, JobStore } from './jobs.ts';

/** Jobs while no project is open (probing a model, replaying a manifest): they live as long as the process. */
export const memoryJobStore = (now: () => number): JobStore => {
  const records = new Map<number, JobRecord>();
  const logs = new Map<number, LogLine[]>();
  let last = 0;
  return {
    list: () => [...records.values()],
    save: (record) => { records.set(record.job.id, structuredClone(record)); },
    create: ({ job, ...more }) => {
      last += 1;
      records.set(last, structuredClone({ ...more, checkpoint: null, job: { ...job, id: last } }));
      return last;
    },
    appendLog: (job, level, text) => {
      const lines = logs.get(job) ?? [];
      lines.push({ no: lines.length + 1, at: now(), level, text });
      logs.set(job, lines);
    },
    log: (job, after, count) => {
      const lines = logs.get(job) ?? [];
      return { lines: lines.filter((line) => line.no > after).slice(0, count), total: lines.length };
    },
    clear: () => {
      const ended = [...records.values()].filter((record) => isEnded(record.job.state)).map((record) => record.job.id);
      for (const job of ended) { records.delete(job); logs.delete(job); }
      return ended.length;
    },
  };
};

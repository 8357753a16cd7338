import { expect, test } from 'vitest';
import { Failure } from '../../contract/errors.ts';
import type { Job } from '../../contract/jobs.ts';
import { createJobs, memoryJobStore, type JobControl, type JobWork } from './index.ts';

const turn = (milliseconds = 1): Promise<void> => new Promise((go) => { setTimeout(go, milliseconds); });

const open = (run: (control: JobControl, checkpoint: unknown) => Promise<void>, more: Partial<JobWork> = {}) => {
  const store = memoryJobStore(() => performance.now());
  const told: Job[] = [];
  const jobs = createJobs({ store: () => store, tell: (job) => told.push(job), now: () => performance.now() });
  jobs.register('mine', { pausable: true, lane: 'engine', run: (control, _params, checkpoint) => run(control, checkpoint), ...more });
  const start = (): number => jobs.start({ kind: 'mine', title: 'Mine', params: {}, stages: [{ name: 'encode', unit: 'sentences', seconds: 3 }, { name: 'neighbours', unit: 'tiles', seconds: 1 }] });
  return { jobs, told, start, store };
};

const untilAborted = (signal: AbortSignal): Promise<never> => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => reject(new Error('stopped'))); });

test('a job goes through its stages and ends done', async () => {
  const { jobs, start, told } = open(async (control) => {
    const encode = control.stage('encode');
    encode.start(10);
    encode.progress(5);
    encode.finish();
    const neighbours = control.stage('neighbours');
    neighbours.start(2);
    neighbours.finish();
  });
  const job = await jobs.settled(start());
  expect(job).toMatchObject({ state: 'done', progress: 1, secondsLeft: null, failure: null });
  expect(job.stages.map((stage) => stage.state)).toEqual(['done', 'done']);
  expect(told.some((one) => one.state === 'running' && one.progress === 0.75)).toBe(true);
});

test('pause stops the work, resume hands the checkpoint back', async () => {
  const seen: unknown[] = [];
  const { jobs, start } = open(async (control, checkpoint) => {
    seen.push(checkpoint);
    if (checkpoint !== null) return;
    control.checkpoint({ block: 3 });
    await untilAborted(control.signal);
  });
  const id = start();
  await turn(5);
  await jobs.part['jobs.pause']({ job: id }, { signal: new AbortController().signal });
  expect((await jobs.settled(id)).state).toBe('paused');
  jobs.resume(id);
  expect((await jobs.settled(id)).state).toBe('done');
  expect(seen).toEqual([null, { block: 3 }]);
});

test('cancel ends the job and drops what it half made', async () => {
  const dropped: number[] = [];
  const { jobs, start } = open((control) => untilAborted(control.signal), { cancelled: (_params, job) => { dropped.push(job.id); } });
  const id = start();
  await turn(5);
  await jobs.cancel(id);
  expect((await jobs.settled(id)).state).toBe('cancelled');
  expect(dropped).toEqual([id]);
});

test('a failure is kept with its hint, and the job can be tried again', async () => {
  let tries = 0;
  const { jobs, start } = open(async () => {
    tries += 1;
    if (tries === 1) throw new Failure('disk-full', 'The disk is full.', { hint: 'Free some space and resume the job.' });
  });
  const id = start();
  expect(await jobs.settled(id)).toMatchObject({ state: 'failed', failure: { code: 'disk-full', hint: 'Free some space and resume the job.' } });
  jobs.resume(id);
  expect((await jobs.settled(id)).state).toBe('done');
});

test('jobs of one lane run one after another', async () => {
  let running = 0;
  let most = 0;
  const { jobs, start } = open(async () => {
    running += 1;
    most = Math.max(most, running);
    await turn(5);
    running -= 1;
  });
  await Promise.all([start(), start(), start()].map((id) => jobs.settled(id)));
  expect(most).toBe(1);
});

test('progress is told at most every 100 ms, changes of state at once', async () => {
  const { jobs, start, told } = open(async (control) => {
    const stage = control.stage('encode');
    stage.start(1000);
    for (let done = 0; done < 1000; done += 1) stage.progress(done);
    await turn(150);
  });
  await jobs.settled(start());
  expect(told.length).toBeLessThan(12);
  expect(told.at(-1)?.state).toBe('done');
});

test('suspending pauses what runs and what waits', async () => {
  const { jobs, start } = open((control) => untilAborted(control.signal));
  const ids = [start(), start()];
  await turn(5);
  await jobs.suspend();
  expect(ids.map((id) => jobs.get(id).state)).toEqual(['paused', 'paused']);
});

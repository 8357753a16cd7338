import { expect, test } from 'vitest';
import type { Job, JobStage } from '../../../../main/contract/jobs.ts';
import { headline, placeWords, rulerStages } from './job-progress.ts';

const stage = (part: Partial<JobStage>): JobStage => ({ name: 'neighbours', state: 'waiting', done: 0, total: 0, unit: 'tiles', share: 0.25, rate: 0, seconds: 0, ...part });
const job: Job = {
  id: 4, kind: 'mine', title: 'crawl-de to crawl-en', state: 'running', progress: 0.63, secondsLeft: 90, startedAt: 0, endedAt: null, run: 12, collection: null, pausable: true, failure: null,
  stages: [
    stage({ name: 'encode-source', subject: 'de', state: 'done', unit: 'sentences', done: 25_140, total: 25_140, seconds: 62 }),
    stage({ state: 'running', done: 4, total: 16, rate: 1 / 7, note: 'tile 4 of 16, exact, both directions' }),
    stage({ name: 'margin', unit: 'pairs' }),
  ],
};

test('time left is the headline while it runs, the state where it does not', () => {
  expect(headline(job)).toBe('1\u00A0min\u00A030\u00A0s left');
  expect(headline({ ...job, secondsLeft: 0.4 })).toBe('Nearly done');
  expect(headline({ ...job, state: 'paused' })).toBe('Paused');
  expect(headline({ ...job, state: 'failed' })).toBe('Stopped');
  expect(headline(undefined)).toBe('Waiting for the job before it');
});

test('the running stage is named with its place', () => {
  expect(placeWords(job)).toBe('Neighbours, stage 2 of 3');
});

test('each stage says what it did, does or should take', () => {
  const [done, running, waiting] = rulerStages(job, 120);
  expect(done).toMatchObject({ state: 'done', title: 'Encode de', details: ['25\u00A0140 in 1\u00A0min\u00A002\u00A0s', '405 a second'] });
  expect(running).toMatchObject({ state: 'running', done: 0.25, details: ['tile 4 of 16, exact, both directions', '7\u00A0s a tile'] });
  expect(waiting).toMatchObject({ state: 'waiting', details: ['about 30\u00A0s', ''] });
});

test('a paused job is hatched where it stands', () => {
  expect(rulerStages({ ...job, state: 'paused' }, 120)[1]?.state).toBe('halted');
});

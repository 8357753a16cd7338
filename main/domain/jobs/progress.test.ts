import { expect, test } from 'vitest';
import type { JobStage } from '../../contract/jobs.ts';
import { isAtRest, nextState } from './job-state.ts';
import { jobProgress, secondsLeft } from './progress.ts';

const stage = (more: Partial<JobStage>): JobStage => ({ name: 'encode', state: 'waiting', done: 0, total: 100, unit: 'sentences', share: 0.5, rate: 0, seconds: 0, ...more });

test('progress weighs each stage by its planned share', () => {
  expect(jobProgress([stage({ share: 0.8, state: 'running', done: 50 }), stage({ share: 0.2 })])).toBeCloseTo(0.4);
  expect(jobProgress([stage({ state: 'skipped' }), stage({ state: 'done' })])).toBe(1);
  expect(jobProgress([])).toBe(0);
});

test('time left is the running stage by its rate and the waiting ones by the plan', () => {
  expect(secondsLeft([stage({ state: 'running', done: 60, rate: 20 }), stage({})], [5, 10])).toBeCloseTo(12);
});

test('the plan of waiting stages stretches with what the finished ones took', () => {
  expect(secondsLeft([stage({ state: 'done', seconds: 20 }), stage({})], [10, 10])).toBeCloseTo(20);
  expect(secondsLeft([stage({ state: 'done', seconds: 1000 }), stage({})], [10, 10])).toBeCloseTo(30);
});

test('nothing is said while nothing is known', () => {
  expect(secondsLeft([stage({})], [0])).toBeNull();
});

test('a paused job resumes through the queue, an ended one does not move', () => {
  expect(nextState('running', 'pause')).toBe('pausing');
  expect(nextState('pausing', 'stop')).toBe('paused');
  expect(nextState('paused', 'resume')).toBe('queued');
  expect(nextState('done', 'resume')).toBeUndefined();
  expect(nextState('cancelling', 'finish')).toBe('done');
  expect(isAtRest('interrupted')).toBe(true);
  expect(isAtRest('pausing')).toBe(false);
});

import { describe, expect, test } from 'vitest';
import type { JobStage } from '../../../main/contract/jobs.ts';
import { job } from '../../stores/testing.ts';
import { detailWords, rateWords, stageName, stateWord, timeLeft } from './job-words.ts';

const stage = (part: Partial<JobStage> = {}): JobStage => ({ name: 'neighbours', state: 'running', done: 4, total: 16, unit: 'tiles', share: 0.5, rate: 1 / 7, seconds: 28, ...part });
const plain = (words: string): string => words.replaceAll('\u00A0', ' ');

describe('the words of a job', () => {
  test('name stage, place, what is done and the better of rate and time each', () => {
    const running = job({ stages: [stage({ name: 'encode', subject: 'de', state: 'done' }), stage()] });
    expect(plain(detailWords(running))).toBe('Neighbours, stage 2 of 2, 4 of 16 tiles, 7 s a tile');
  });

  test('take the stage’s own sentence where it has one', () => {
    expect(plain(detailWords(job({ stages: [stage({ note: 'tile 4 of 16, exact', rate: 0 })] })))).toBe('Neighbours, stage 1 of 1, tile 4 of 16, exact');
  });

  test('give no rate while paused', () => expect(plain(detailWords(job({ state: 'paused', stages: [stage()] })))).toBe('Neighbours, stage 1 of 1, 4 of 16 tiles'));

  test('say what came out of a job that is done', () => {
    expect(plain(detailWords(job({ state: 'done', stages: [stage({ name: 'write', subject: 'pairs.tmx', state: 'done', done: 11204, total: 11204, unit: 'pairs' })] })))).toBe('Write pairs.tmx: 11 204 pairs');
  });

  test('say where the time of a run went', () => {
    const stages = [stage({ name: 'encode', subject: 'de', state: 'done', seconds: 9 }), stage({ state: 'done', seconds: 2 }), stage({ name: 'margin', state: 'done', seconds: 0.01 })];
    expect(plain(detailWords(job({ state: 'done', run: 1, stages })))).toBe('Encode de 9 s, Neighbours 2 s');
  });

  test('keep the name of a stage that the catalogue does not know', () => expect(stageName(stage({ name: 'polish' }))).toBe('polish'));

  test('say the time left only when somebody knows it', () => {
    expect(timeLeft(job())).toBe('');
    expect(plain(timeLeft(job({ secondsLeft: 90 })))).toBe('1 min 30 s left');
    expect(timeLeft(job({ secondsLeft: 0.2 }))).toBe('nearly done');
    expect(stateWord(job())).toBe('running');
  });

  test('say how long it took', () => expect(plain(stateWord(job({ state: 'done', startedAt: 0, endedAt: 3100 })))).toMatch(/^3\.1 s, done \d\d:\d\d$/u));
});

test('fast things are counted a second, slow ones timed', () => {
  expect(plain(rateWords({ rate: 405.2, unit: 'sentences' }))).toBe('405 a second');
  expect(plain(rateWords({ rate: 0.5, unit: 'tiles' }))).toBe('2 s a tile');
  expect(rateWords({ rate: 3, unit: 'steps' })).toBe('');
});

import type { Job, JobStage } from '../../../main/contract/jobs.ts';
import { listed, t, tIfAny } from '../../strings/catalogue.ts';
import { bytes, count, percent, rate } from '../../strings/numbers.ts';
import { clock, duration } from '../../strings/times.ts';

/** What a job is doing, in words. */

/** "1 min 30 s left", or nothing while nobody knows. Never "0 s left" of something that goes on. */
export const timeLeft = (job: Job): string => (job.secondsLeft === null ? '' : job.secondsLeft < 1 ? t('job.nearlyDone') : t('job.left', { time: duration(job.secondsLeft) }));

export const stageName = (stage: JobStage): string => tIfAny(`stage.${stage.name}`, stage.name, { subject: stage.subject ?? '' }).trim();

/** The word at the end of a job's first line. */
export const stateWord = (job: Job): string => {
  switch (job.state) {
    case 'running': return timeLeft(job) || t('job.state.running');
    case 'done': return job.endedAt === null || job.startedAt === null ? t('job.state.done') : job.endedAt - job.startedAt < 50 ? t('job.doneAt', { at: clock(job.endedAt) }) : t('job.doneIn', { time: duration((job.endedAt - job.startedAt) / 1000, true), at: clock(job.endedAt) });
    default: return t(`job.state.${job.state}`);
  }
};

/** Its second line: the stage, its place among the stages, what it does, its rate. */
export const detailWords = (job: Job): string => {
  const running = job.stages.find((stage) => stage.state === 'running');
  // What mining found stands in its run; here, where its time went.
  if (job.state === 'done' && job.run !== null) return listed(longest(job).map((stage) => t('job.took', { name: stageName(stage), time: duration(stage.seconds, true) })));
  if (job.state === 'done') {
    return listed(job.stages.filter((stage) => stage.state === 'done' && (stage.note !== undefined || (stage.total > 0 && stage.unit !== 'steps'))).slice(-2).map((stage) => stage.note ?? t('job.made', { name: stageName(stage), what: countOf(stage) })));
  }
  if (running === undefined) return job.state === 'queued' ? t('job.waits') : t('job.planned', { share: percent(job.progress) });
  const place = t('job.stageOf', { name: stageName(running), place: job.stages.indexOf(running) + 1, count: job.stages.length });
  return listed([place, running.note ?? (running.total > 0 ? doneOf(running) : ''), job.state === 'running' ? rateWords(running) : ''].filter((words) => words !== ''));
};

/** The three stages that took longest, in their order; what took less than a tenth of a second is not worth a word. */
const longest = (job: Job): readonly JobStage[] => {
  const kept = job.stages.toSorted((a, b) => b.seconds - a.seconds).slice(0, 3).filter((stage) => stage.seconds >= 0.1);
  return job.stages.filter((stage) => kept.includes(stage));
};

/** "405 a second", or the seconds one takes where that is the better number. */
export const rateWords = (stage: Pick<JobStage, 'rate' | 'unit'>): string => {
  if (stage.rate <= 0 || stage.unit === 'steps') return '';
  if (stage.rate < 1) return t('job.each', { time: duration(1 / stage.rate, true), unit: t(`job.one.${stage.unit}`) });
  return t('job.rate', { rate: stage.unit === 'bytes' ? bytes(stage.rate) : rate(stage.rate) });
};

const doneOf = (stage: JobStage): string => (stage.unit === 'bytes'
  ? t('job.ofBytes', { done: bytes(stage.done), total: bytes(stage.total) })
  : t('job.of', { done: stage.done, total: stage.total, unit: t(`job.unit.${stage.unit}`) }));

const countOf = (stage: JobStage): string => (stage.unit === 'bytes' ? bytes(stage.done) : t('job.counted', { number: count(stage.done), unit: t(`job.unit.${stage.unit}`) }));

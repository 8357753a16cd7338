import type { Job, JobStage } from '../../../../main/contract/jobs.ts';
import { listed, t, tIfAny } from '../../../strings/catalogue.ts';
import { count, rate } from '../../../strings/numbers.ts';
import { clock, duration } from '../../../strings/times.ts';
import type { RulerStage } from '../../../widgets/progress.tsx';

/** What a mining job is doing, in the words and numbers of its page. */

export const stageTitle = (stage: Pick<JobStage, 'name' | 'subject'>): string => tIfAny(`stage.${stage.name}`, stage.name, { subject: stage.subject ?? '' }).trim();

/** The largest words of the page: how long it will take, or why nobody knows. */
export const headline = (job: Job | undefined): string => {
  if (job === undefined) return t('mine.running.waits');
  switch (job.state) {
    case 'running': return job.secondsLeft === null ? t('mine.running.starts') : job.secondsLeft < 1 ? t('mine.running.nearlyDone') : t('mine.running.left', { time: duration(job.secondsLeft) });
    case 'queued': return t('mine.running.waits');
    case 'pausing': return t('mine.running.pausing');
    case 'paused': return t('mine.running.paused');
    case 'cancelling': return t('mine.running.cancelling');
    case 'cancelled': return t('mine.running.cancelled');
    case 'failed': return t('mine.running.failed');
    case 'interrupted': return t('mine.running.interrupted');
    case 'done': return t('mine.running.done');
  }
};

/** "Finding neighbours, stage 3 of 5" */
export const placeWords = (job: Job): string => {
  const running = job.stages.findIndex((stage) => stage.state === 'running');
  const stage = job.stages[running];
  return stage === undefined ? '' : t('mine.running.stageOf', { name: stageTitle(stage), place: running + 1, count: job.stages.length });
};

/** "started 09:42, ends about 09:46" */
export const clockWords = (job: Job, now: number): string => {
  if (job.startedAt === null) return '';
  if (job.endedAt !== null) return t('mine.running.ended', { start: clock(job.startedAt), end: clock(job.endedAt) });
  if (job.state !== 'running' || job.secondsLeft === null) return t('mine.running.started', { start: clock(job.startedAt) });
  return t('mine.running.endsAbout', { start: clock(job.startedAt), end: clock(now + job.secondsLeft * 1000) });
};

const speedWords = (stage: JobStage): string => {
  if (stage.rate <= 0 || stage.unit === 'steps') return '';
  if (stage.rate < 1) return tIfAny(`mine.each.${stage.unit}`, '', { time: duration(1 / stage.rate, true) });
  return t('mine.running.rate', { rate: rate(stage.rate) });
};

/** Two lines under a stage: what it did or does, and how fast. A stage that waits says how long it should take. */
const details = (stage: JobStage, planned: number): readonly string[] => {
  if (stage.state === 'done') return [stage.total > 1 ? t('mine.running.doneIn', { done: count(stage.total), time: duration(stage.seconds, true) }) : t('mine.running.took', { time: duration(stage.seconds, true) }), stage.seconds > 0 && stage.total > 1 ? t('mine.running.rate', { rate: rate(stage.total / stage.seconds) }) : ''];
  if (stage.state === 'skipped') return [t('mine.running.skipped'), ''];
  if (stage.state === 'waiting') return [planned >= 0.1 ? t('mine.running.about', { time: duration(planned, true) }) : t('mine.running.moment'), ''];
  const progress = stage.total > 0 ? t('mine.running.of', { done: count(stage.done), total: count(stage.total) }) : '';
  return [stage.note ?? progress, stage.note === undefined ? speedWords(stage) : listed([stage.total > 1 && stage.unit === 'sentences' ? progress : '', speedWords(stage)].filter((words) => words !== ''))];
};

export const rulerStages = (job: Job, plannedSeconds: number): readonly RulerStage[] => {
  const halted = job.state !== 'running';
  return job.stages.map((stage, index) => ({
    key: `${index}-${stage.name}`,
    title: stageTitle(stage),
    state: stage.state === 'running' ? (halted ? 'halted' : 'running') : stage.state === 'skipped' ? 'done' : stage.state,
    share: stage.share,
    done: stage.total > 0 ? stage.done / stage.total : 0,
    details: details(stage, stage.share * plannedSeconds),
  }));
};

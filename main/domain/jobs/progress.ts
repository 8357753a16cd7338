import type { JobStage } from '../../contract/jobs.ts';

/** Share of one stage that is done, 0..1. */
export const stageShareDone = (stage: JobStage): number => {
  if (stage.state === 'done' || stage.state === 'skipped') return 1;
  if (stage.total <= 0) return 0;
  return Math.min(1, Math.max(0, stage.done / stage.total));
};

/**
 * Share of the planned time that is done, 0..1.
 *
 * Each stage counts with its planned share, so that the ruler advances evenly: half of a long stage is more than all of a short one.
 * Worked example: shares .8 (half done) and .2 (waiting) give .4.
 */
export const jobProgress = (stages: readonly JobStage[]): number => {
  const shares = stages.reduce((sum, stage) => sum + stage.share, 0);
  if (shares <= 0) return 0;
  return stages.reduce((sum, stage) => sum + stage.share * stageShareDone(stage), 0) / shares;
};

/**
 * Seconds until the end, or null while nothing is known.
 *
 * The running stage tells its own by its measured rate; the waiting ones are taken from the plan, stretched by how much the
 * finished stages took longer (or shorter) than planned, between a third and threefold.
 *
 * @param planned seconds the plan gave each stage, in the order of `stages`
 */
export const secondsLeft = (stages: readonly JobStage[], planned: readonly number[]): number | null => {
  let plannedDone = 0;
  let spentDone = 0;
  for (const [index, stage] of stages.entries()) {
    if (stage.state !== 'done') continue;
    plannedDone += planned[index] ?? 0;
    spentDone += stage.seconds;
  }
  const stretch = plannedDone > 0.5 ? Math.min(3, Math.max(1 / 3, spentDone / plannedDone)) : 1;
  let left = 0;
  let known = false;
  for (const [index, stage] of stages.entries()) {
    if (stage.state === 'done' || stage.state === 'skipped') { known = true; continue; }
    const plan = (planned[index] ?? 0) * stretch;
    if (stage.state === 'running' && stage.rate > 0 && stage.total > 0) {
      left += Math.max(0, stage.total - stage.done) / stage.rate;
      known = true;
    } else {
      left += plan * (1 - stageShareDone(stage));
      if (plan > 0) known = true;
    }
  }
  return known ? left : null;
};

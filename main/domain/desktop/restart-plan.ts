import type { WorkbenchState } from '../../contract/shell.ts';

export type Restart = { /** Milliseconds to wait before. */ readonly after: number; readonly kept: WorkbenchState['kept'] };

/** Ends that are further back than this, ms, are forgotten. */
const memory = 5 * 60_000;

/**
 * How the workbench is started again after its latest end; undefined: not by itself any more.
 *
 * Each end in a row takes one thing away that may have caused it: first everything comes back, then the project without its jobs, then nothing is opened.
 * `ends`: times of all ends nobody asked for, the latest last.
 */
export const restartPlan = (ends: readonly number[], now: number): Restart | undefined => {
  const lately = ends.filter((at) => now - at < memory).length;
  return lately === 0 ? { after: 0, kept: 'project-and-jobs' } : steps[lately - 1];
};

const steps: readonly Restart[] = [{ after: 250, kept: 'project-and-jobs' }, { after: 1_000, kept: 'project' }, { after: 4_000, kept: 'nothing' }];

/** Whether a page that ended is loaded again: three times within a minute, then not by itself. */
export const mayLoadAgain = (ends: readonly number[], now: number): boolean => ends.filter((at) => now - at < 60_000).length <= 3;

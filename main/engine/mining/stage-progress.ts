import type * as v from 'valibot';
import type { mineProgress } from '../../contract/engine.ts';

export type MineProgress = v.InferOutput<typeof mineProgress>;
export type TellProgress = (item: MineProgress) => Promise<void>;

/** An item is told at most this often, and at the end of a stage. */
const everyMilliseconds = 200;

/** Progress of one stage: counts on, measures the rate, and keeps quiet in between. */
export const stageProgress = (tell: TellProgress, stage: MineProgress['stage'], unit: MineProgress['unit'], note?: string): ((done: number, total: number) => Promise<void>) => {
  const state = { startedAt: Date.now(), toldAt: 0, first: -1 };
  return async (done, total) => {
    const now = Date.now();
    if (state.first < 0) state.first = done;
    if (done < total && now - state.toldAt < everyMilliseconds) return;
    state.toldAt = now;
    const seconds = (now - state.startedAt) / 1000;
    await tell({ stage, done, total, unit, rate: seconds > 0 ? (done - state.first) / seconds : 0, ...(note === undefined ? {} : { note }) });
  };
};

import type { Steps } from '../../domain/mine/steps.ts';
import { breathe, throwIfCancelled } from '../run-queue.ts';

/** How long steps are taken before messages are let in. */
const sliceMilliseconds = 10;

/** Takes the steps of a long computation, letting messages in every few milliseconds and stopping where the call is cancelled. */
export const inSteps = async <Result>(steps: Steps<Result>, signal?: AbortSignal, progress?: (share: number) => void | Promise<void>): Promise<Result> => {
  for (;;) {
    const until = performance.now() + sliceMilliseconds;
    let next = steps.next();
    while (next.done !== true && performance.now() < until) next = steps.next();
    if (next.done === true) return next.value;
    await progress?.(next.value);
    await breathe();
    throwIfCancelled(signal);
  }
};

import { setImmediate as nextTurn } from 'node:timers/promises';

export type Pacer = () => Promise<void>;

/**
 * Call between slices of long work: gives the event loop a turn whenever it has been busy for 16 ms (or as many as stated), and throws once the signal is aborted.
 *
 * Yielding by the clock and not by the row keeps slices short on slow machines and costs nothing on fast ones. All pacers share the clock, which begins
 * anew with each turn: walks that run side by side divide a turn among them instead of each taking a whole one.
 */
export const createPacer = (signal?: AbortSignal, milliseconds = 16): Pacer => {
  clock.watch();
  return async () => {
    signal?.throwIfAborted();
    clock.watch();
    if (performance.now() - clock.turnBegan < milliseconds) return;
    await nextTurn();
    signal?.throwIfAborted();
  };
};

/** When this turn of the event loop began, as long as anybody asks. */
const clock = (() => {
  let turnBegan = 0;
  let isRunning = false;
  let isAsked = false;
  const turn = (): void => {
    turnBegan = performance.now();
    isRunning = isAsked;
    isAsked = false;
    // Queued before all that waits for the next turn, so that it is the first to run in it.
    if (isRunning) setImmediate(turn);
  };
  return {
    get turnBegan() { return turnBegan; },
    watch: (): void => {
      isAsked = true;
      if (isRunning) return;
      isRunning = true;
      turnBegan = performance.now();
      setImmediate(turn);
    },
  };
})();

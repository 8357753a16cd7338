import { Failure } from '../contract/errors.ts';

/**
 * The one queue through which every inference of this process goes.
 *
 * Two onnxruntime sessions must never run at once: on WebGPU that crashes the process (onnxruntime#32561), on the CPU they fight for the same cores.
 * `interactive` work (a hover, a preview, a search) goes before `batch` work; a batch task should take at most 250 ms so that it gets in soon.
 */
export type Priority = 'interactive' | 'batch';

export type RunQueue = {
  /** Runs `task` when it is its turn. An aborted signal takes a waiting task out of the queue; a running one ends by itself. */
  run<T>(priority: Priority, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  readonly waiting: () => number;
};

type Waiting = { start(): Promise<void>; readonly abandon: () => boolean };

export const cancelled = (): Failure => new Failure('cancelled', 'Cancelled.', { detail: 'Everything finished before this moment is kept.' });

export const throwIfCancelled = (signal: AbortSignal | undefined): void => { if (signal?.aborted === true) throw cancelled(); };

/** Lets messages in, so that a long computation can be asked, told and cancelled. */
export const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

export const createRunQueue = (): RunQueue => {
  const queues: Readonly<Record<Priority, Waiting[]>> = { interactive: [], batch: [] };
  let busy = false;

  const drain = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (;;) {
      const next = queues.interactive.shift() ?? queues.batch.shift();
      if (next === undefined) break;
      if (!next.abandon()) await next.start();
      await breathe();
    }
    busy = false;
  };

  const run = <T>(priority: Priority, task: () => Promise<T>, signal?: AbortSignal): Promise<T> => new Promise<T>((resolve, reject) => {
    const onAbort = (): void => { reject(cancelled()); };
    if (signal?.aborted === true) { onAbort(); return; }
    signal?.addEventListener('abort', onAbort, { once: true });
    const done = (): void => { signal?.removeEventListener('abort', onAbort); };
    queues[priority].push({
      abandon: () => signal?.aborted === true,
      start: async () => {
        done();
        try { resolve(await task()); } catch (thrown) { reject(thrown); }
      },
    });
    void drain();
  });

  return { run, waiting: () => queues.interactive.length + queues.batch.length };
};

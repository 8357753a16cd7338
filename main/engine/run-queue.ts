import { Failure } from '../contract/errors.ts';

/**
 * The one queue through which every inference of this process goes.
 *
 * Two onnxruntime sessions must never run at once on WebGPU, which crashes the process (onnxruntime#32561), and on the CPU they fight for the same cores:
 * tasks run alone, but for those of the same lanes, which share the cores among them. `interactive` work (a hover, a preview, a search) goes before `batch`
 * work; a batch task should take at most 250 ms so that it gets in soon.
 */
export type Priority = 'interactive' | 'batch';

/** What may run side by side: this many tasks that name the same object. */
export type Lanes = { readonly lanes: number };

export type RunQueue = {
  /** Runs `task` when it is its turn. An aborted signal takes a waiting task out of the queue; a running one ends by itself. */
  run<T>(priority: Priority, task: () => Promise<T>, signal?: AbortSignal, lanes?: Lanes): Promise<T>;
  readonly waiting: () => number;
};

type Waiting = { readonly lanes: Lanes | undefined; start(): Promise<void>; readonly abandon: () => boolean };

export const cancelled = (): Failure => new Failure('cancelled', 'Cancelled.', { detail: 'Everything finished before this moment is kept.' });

export const throwIfCancelled = (signal: { readonly aborted: boolean } | undefined): void => { if (signal?.aborted === true) throw cancelled(); };

/** Lets messages in, so that a long computation can be asked, told and cancelled. */
export const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

export const createRunQueue = (): RunQueue => {
  const queues: Readonly<Record<Priority, Waiting[]>> = { interactive: [], batch: [] };
  let running = 0;
  let sharing: Lanes | undefined;

  const mayStart = ({ lanes }: Waiting): boolean => running === 0 || (lanes !== undefined && lanes === sharing && running < lanes.lanes);

  const drain = (): void => {
    for (;;) {
      const queue = queues.interactive.length > 0 ? queues.interactive : queues.batch;
      const [next] = queue;
      if (next === undefined || !mayStart(next)) return;
      queue.shift();
      if (next.abandon()) continue;
      running += 1;
      sharing = next.lanes;
      void next.start().then(breathe).then(() => {
        running -= 1;
        drain();
      });
    }
  };

  const run = <T>(priority: Priority, task: () => Promise<T>, signal?: AbortSignal, lanes?: Lanes): Promise<T> => new Promise<T>((resolve, reject) => {
    const onAbort = (): void => { reject(cancelled()); };
    if (signal?.aborted === true) { onAbort(); return; }
    signal?.addEventListener('abort', onAbort, { once: true });
    const done = (): void => { signal?.removeEventListener('abort', onAbort); };
    queues[priority].push({
      lanes,
      abandon: () => signal?.aborted === true,
      start: async () => {
        done();
        try { resolve(await task()); } catch (thrown) { reject(thrown); }
      },
    });
    drain();
  });

  return { run, waiting: () => queues.interactive.length + queues.batch.length };
};

import { createPacer } from './pacer.ts';

/**
 * One walk over many rows that several questions wait for.
 *
 * The page asks for rows, count, facets and histogram of one filter at once: the work is done once, goes on as long as anybody waits for it, stops
 * when the last one has turned away, and is taken up again from there.
 */
export type SharedScan = {
  /** Rows below this one are done. */
  readonly done: number;
  readonly isComplete: boolean;
  complete(signal: AbortSignal | undefined): Promise<void>;
  /** Begins one step and waits for nothing, unless somebody is at it. Only for steps that are over when they return. */
  advance(): void;
};

/** @param step does the rows from one to before another; up to three steps run at once. */
export const createSharedScan = (total: number, slice: number, step: (from: number, end: number, signal: AbortSignal) => Promise<void>): SharedScan => {
  let done = 0;
  let waiting = 0;
  let work: { readonly stop: AbortController; readonly promise: Promise<void> } | null = null;

  const walk = async (signal: AbortSignal): Promise<void> => {
    // Short, because several walks run at once: both sides of a pair, and the filters of a page.
    const pace = createPacer(signal, 6);
    const running: { readonly end: number; readonly step: Promise<void> }[] = [];
    let asked = done;
    while (done < total) {
      for (; asked < total && running.length < 3; asked += slice) {
        const promise = step(asked, Math.min(total, asked + slice), signal);
        promise.catch(() => undefined);
        running.push({ end: Math.min(total, asked + slice), step: promise });
      }
      const first = running.shift();
      await first?.step;
      signal.throwIfAborted();
      done = first?.end ?? total;
      await pace();
    }
  };
  const begin = () => {
    const stop = new AbortController();
    const promise = walk(stop.signal).finally(() => { if (work?.stop === stop) work = null; });
    promise.catch(() => undefined);
    return { stop, promise };
  };

  return {
    get done() { return done; },
    get isComplete() { return done >= total; },
    advance: () => {
      if (work !== null || done >= total) return;
      const end = Math.min(total, done + slice);
      void step(done, end, new AbortController().signal);
      done = end;
    },
    complete: async (signal) => {
      signal?.throwIfAborted();
      if (done >= total) return;
      waiting += 1;
      work ??= begin();
      try {
        await orAborted(work.promise, signal);
      } finally {
        waiting -= 1;
        if (waiting === 0) {
          work?.stop.abort();
          work = null;
        }
      }
    },
  };
};

const orAborted = async (promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> => {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

import type { Changer, Changes } from './bulk-changes.ts';

/** Pairs looked at together: the more, the closer together their sentences stand in the file. */
const windowLength = 32_768;

/**
 * What an action would do to pairs, some ten thousand at a time, in their order.
 *
 * While `body` is busy with some, the next are read, and the changer's thread works at them.
 */
export const eachChange = async (
  changer: Changer, ids: Uint32Array, { signal, wanted = true }: { readonly signal: AbortSignal; /** How the texts would read, too. */ readonly wanted?: boolean },
  body: (changes: Changes, looked: number) => void | Promise<void>,
): Promise<void> => {
  const look = (from: number): Promise<Changes> => {
    const changes = changer.changes(ids.subarray(from, from + windowLength), wanted, signal);
    changes.catch(() => undefined);
    return changes;
  };
  for (let from = 0, next = look(0); from < ids.length; from += windowLength) {
    const changes = await orAborted(next, signal);
    if (from + windowLength < ids.length) next = look(from + windowLength);
    await body(changes, Math.min(windowLength, ids.length - from));
    signal.throwIfAborted();
  }
};

/** Whoever turns away does not wait for a thread that is busy with an expression. */
const orAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

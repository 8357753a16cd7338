/**
 * Only the newest question gets an answer.
 *
 * Calling again aborts the question before it; its answer, should it come, resolves to `undefined` and is to be ignored. After apple/embedding-atlas, latest_async.
 */
export const latest = <A extends readonly unknown[], T>(ask: (signal: AbortSignal, ...args: A) => Promise<T>) => {
  let current: AbortController | undefined;
  const cancel = (): void => { current?.abort(); current = undefined; };
  const run = async (...args: A): Promise<T | undefined> => {
    cancel();
    const mine = new AbortController();
    current = mine;
    try {
      const answer = await ask(mine.signal, ...args);
      return current === mine ? answer : undefined;
    } catch (error) {
      if (current !== mine) return undefined;
      throw error;
    }
  };
  return Object.assign(run, { cancel });
};

import type { Encoder } from './encoder.ts';
import { throwIfCancelled, type Priority, type RunQueue } from './run-queue.ts';
import type { TokenTable } from './tokenizer.ts';

/**
 * Infers batches through the run queue and gives their vectors in the batches' order.
 *
 * Each batch is a task of its own, so interactive work gets in after any of them. Twice as many are handed in as run at once: a lane that is done finds
 * the next. Whoever stops reading takes those that wait out of the queue.
 */
export async function* inferInOrder(queue: RunQueue, priority: Priority, encoder: Encoder, table: TokenTable, batches: readonly Uint32Array[], signal: AbortSignal): AsyncGenerator<Float32Array, void> {
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const ahead: Promise<Float32Array>[] = [];
  const handIn = (batch: Uint32Array): void => {
    const vectors = queue.run(priority, () => encoder.infer(table, batch), ended, encoder);
    vectors.catch(() => undefined);
    ahead.push(vectors);
  };
  let next = 0;
  try {
    for (let number = 0; number < batches.length; number += 1) {
      for (const batch of batches.slice(next, number + 2 * encoder.lanes)) {
        handIn(batch);
        next += 1;
      }
      const vectors = await ahead.shift();
      throwIfCancelled(signal);
      if (vectors !== undefined) yield vectors;
    }
  } finally {
    stop.abort();
  }
}

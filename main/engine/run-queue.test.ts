import { expect, it } from 'vitest';
import { breathe, createRunQueue } from './run-queue.ts';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

it('runs one task at a time, in order', async () => {
  const queue = createRunQueue();
  let running = 0;
  const order: number[] = [];
  await Promise.all([0, 1, 2, 3].map((number) => queue.run('batch', async () => {
    running += 1;
    expect(running).toBe(1);
    await sleep(2);
    order.push(number);
    running -= 1;
  })));
  expect(order).toEqual([0, 1, 2, 3]);
});

it('lets interactive work go before batches that wait', async () => {
  const queue = createRunQueue();
  const order: string[] = [];
  const note = (name: string) => async (): Promise<void> => { await breathe(); order.push(name); };
  await Promise.all([queue.run('batch', note('first batch')), queue.run('batch', note('second batch')), queue.run('interactive', note('hover'))]);
  expect(order).toEqual(['first batch', 'hover', 'second batch']);
});

it('takes a cancelled task out of the queue at once, and goes on after a task that fails', async () => {
  const queue = createRunQueue();
  const controller = new AbortController();
  const long = queue.run('batch', () => sleep(50));
  const waiting = queue.run('batch', async () => 'never', controller.signal);
  controller.abort();
  const start = performance.now();
  await expect(waiting).rejects.toMatchObject({ data: { code: 'cancelled' } });
  expect(performance.now() - start).toBeLessThan(40);
  await expect(queue.run('batch', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(queue.run('batch', async () => 'done')).resolves.toBe('done');
  await long;
});

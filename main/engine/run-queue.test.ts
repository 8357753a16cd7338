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

it('runs tasks of the same lanes side by side, as many as there are, and everything else alone', async () => {
  const queue = createRunQueue();
  const running: string[] = [];
  const seen: string[] = [];
  const task = (name: string) => async (): Promise<void> => {
    running.push(name);
    await breathe();
    seen.push([...running].sort().join(' '));
    running.splice(running.indexOf(name), 1);
  };
  const [left, right] = [{ lanes: 2 }, { lanes: 2 }];
  await Promise.all([
    ...[1, 2, 3, 4].map((number) => queue.run('batch', task(`left${number}`), undefined, left)), queue.run('batch', task('alone')), queue.run('batch', task('right'), undefined, right),
    queue.run('interactive', task('hover')),
  ]);
  expect(seen).toContain('left1 left2');
  expect(seen).toContain('left3 left4');
  for (const together of seen) expect(together).toMatch(/^(?:left\d(?: left\d)?|alone|right|hover)$/);
  expect(seen.indexOf('hover')).toBeLessThan(seen.indexOf('left3 left4'));
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

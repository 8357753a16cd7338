import { expect, test } from 'vitest';
import { latest } from './latest.ts';

const later = <T>(value: T, milliseconds: number): Promise<T> => new Promise((resolve) => { setTimeout(() => resolve(value), milliseconds); });

test('only the newest question is answered, even when an older answer comes later', async () => {
  const ask = latest((_signal, value: string, milliseconds: number) => later(value, milliseconds));
  const [first, second] = await Promise.all([ask('first', 30), ask('second', 5)]);
  expect(first).toBeUndefined();
  expect(second).toBe('second');
});

test('an older question is aborted', async () => {
  const signals: AbortSignal[] = [];
  const ask = latest((signal, value: number) => { signals.push(signal); return later(value, 5); });
  const both = [ask(1), ask(2)];
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  await Promise.all(both);
});

test('a failure of an older question is nobody’s', async () => {
  const ask = latest(async (_signal, fails: boolean) => { await later(0, fails ? 1 : 5); if (fails) throw new Error('old'); return 'new'; });
  const [first, second] = await Promise.all([ask(true), ask(false)]);
  expect(first).toBeUndefined();
  expect(second).toBe('new');
});

test('a failure of the newest question is told', async () => {
  const ask = latest(async () => { throw new Error('no'); });
  await expect(ask()).rejects.toThrow('no');
});

import { getEventListeners } from 'node:events';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Failure } from '../contract/errors.ts';
import { event, query, stream } from '../contract/method.ts';
import { connect } from './client.ts';
import { pipe } from './pipe.ts';
import { combine, serve, type Implementation } from './server.ts';

const contract = {
  'toy.double': query(v.strictObject({ value: v.number() }), v.number()),
  'toy.fail': query(v.strictObject({}), v.number()),
  'toy.wait': query(v.strictObject({}), v.number()),
  'toy.count': stream(v.strictObject({ to: v.number() }), v.number(), v.string()),
  'toy.rang': event(v.object({ times: v.number() })),
} as const;

const open = (more: Partial<Implementation<typeof contract>> = {}) => {
  const [near, far] = pipe();
  const seen = { told: 0, aborted: false };
  const served = serve(far, contract, {
    'toy.double': ({ value }) => value * 2,
    'toy.fail': () => { throw new Failure('not-found', 'There is no such pair.', { hint: 'Refresh the view.' }); },
    'toy.wait': (_input, { signal }) => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => { seen.aborted = true; reject(new Error('aborted')); }); }),
    'toy.count': async ({ to }, { item }) => {
      for (let i = 0; i < to; i += 1) { await item(i); seen.told += 1; }
      return 'counted';
    },
    ...more,
  }, { checkOutputs: true });
  return { client: connect(near, contract), served, seen, far };
};

const code = (thrown: unknown): string => (thrown instanceof Failure ? thrown.data.code : 'not a Failure');

test('a call returns what the method returned', async () => {
  expect(await open().client.call('toy.double', { value: 21 })).toBe(42);
});

test('an input that the contract does not allow is refused with the place of the fault', async () => {
  const { client } = open();
  const thrown = await client.call('toy.double', { value: 'x' as unknown as number }).catch((error: unknown) => error);
  expect(code(thrown)).toBe('bad-input');
  expect((thrown as Failure).message).toContain('value');
});

test('an unknown method is an error, also one that objects inherit', async () => {
  const { client } = open();
  for (const name of ['toy.none', 'toString', 'toy.rang']) {
    expect(code(await client.call(name as 'toy.double', { value: 1 }).catch((error: unknown) => error))).toBe('unknown-method');
  }
});

test('calls beyond a thousand under way are refused, the others go on', async () => {
  const { client } = open();
  const controller = new AbortController();
  const waiting = Array.from({ length: 1_000 }, () => client.call('toy.wait', {}, { signal: controller.signal }).catch(code));
  expect(code(await client.call('toy.double', { value: 1 }).catch((error: unknown) => error))).toBe('conflict');
  controller.abort();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['cancelled']));
  expect(await client.call('toy.double', { value: 1 })).toBe(2);
});

test('a failure arrives with its code and hint', async () => {
  const thrown = await open().client.call('toy.fail', {}).catch((error: unknown) => error);
  expect((thrown as Failure).data).toEqual({ code: 'not-found', message: 'There is no such pair.', hint: 'Refresh the view.' });
});

test('cancelling aborts the method and answers cancelled', async () => {
  const { client, seen } = open();
  const controller = new AbortController();
  const waiting = client.call('toy.wait', {}, { signal: controller.signal }).catch((error: unknown) => error);
  setTimeout(() => controller.abort(), 5);
  expect(code(await waiting)).toBe('cancelled');
  expect(seen.aborted).toBe(true);
});

test('a signal that outlives its calls keeps nothing of them', async () => {
  const { client } = open();
  const { signal } = new AbortController();
  for (let value = 0; value < 20; value += 1) await client.call('toy.double', { value }, { signal });
  await client.call('toy.fail', {}, { signal }).catch(code);
  await client.stream('toy.count', { to: 3 }, { signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('a stream tells its items in order and all of them before its result', async () => {
  const items: number[] = [];
  const result = await open().client.stream('toy.count', { to: 100 }, { onItem: async (item) => { await new Promise((go) => setImmediate(go)); items.push(item); } });
  expect(result).toBe('counted');
  expect(items).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('a stream waits for a slow reader', async () => {
  const { client, seen } = open();
  const controller = new AbortController();
  const never = client.stream('toy.count', { to: 1000 }, { signal: controller.signal, onItem: () => new Promise(() => undefined) }).catch((error: unknown) => error);
  await new Promise((go) => setTimeout(go, 20));
  expect(seen.told).toBeLessThan(40);
  controller.abort();
  expect(code(await never)).toBe('cancelled');
});

test('events reach subscribers until they leave', async () => {
  const { client, served } = open();
  const rings: number[] = [];
  const leave = client.on('toy.rang', ({ times }) => rings.push(times));
  await new Promise((go) => setTimeout(go, 1));
  served.tell('toy.rang', { times: 1 });
  await new Promise((go) => setTimeout(go, 1));
  leave();
  await new Promise((go) => setTimeout(go, 1));
  served.tell('toy.rang', { times: 2 });
  await new Promise((go) => setTimeout(go, 1));
  expect(rings).toEqual([1]);
});

test('a lost link fails what is pending and everything after it', async () => {
  const { client, far, seen } = open();
  const waiting = client.call('toy.wait', {}).catch((error: unknown) => error);
  await new Promise((go) => setTimeout(go, 1));
  far.close();
  expect(code(await waiting)).toBe('link-lost');
  expect(code(await client.call('toy.double', { value: 1 }).catch((error: unknown) => error))).toBe('link-lost');
  expect(seen.aborted).toBe(true);
});

test('an output that breaks the contract is caught where outputs are checked', async () => {
  const { client } = open({ 'toy.double': () => 'text' as unknown as number });
  expect(code(await client.call('toy.double', { value: 1 }).catch((error: unknown) => error))).toBe('internal');
});

test('a method with two implementations or none stops the program', () => {
  const part = { 'toy.double': () => 1 };
  expect(() => combine(contract, [part, part])).toThrow('implemented twice');
  expect(() => combine(contract, [part])).toThrow('Not implemented: toy.fail, toy.wait, toy.count');
  expect(() => combine(contract, [{ 'toy.more': () => 1 }])).toThrow('not in the contract');
});

import { expect, test } from 'vitest';
import { createPages } from './pages.ts';

const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 1); });

/** A list of numbers that notes what it was asked for. */
const list = (total: number, offset = 0) => {
  const asked: number[] = [];
  const state = { offset };
  const load = (from: number, count: number): Promise<{ readonly rows: readonly number[]; readonly total: number }> => {
    asked.push(from);
    return Promise.resolve({ rows: Array.from({ length: Math.min(count, total - from) }, (_, index) => from + index + state.offset), total });
  };
  return { asked, load, state };
};

test('rows come in whole pages, each asked for once', async () => {
  const { asked, load } = list(1000);
  const pages = createPages(load, 100);
  pages.getState().want(90, 130);
  pages.getState().want(95, 140);
  await settle();
  expect(asked).toEqual([0, 100]);
  expect(pages.getState().row(123)).toBe(123);
  expect(pages.getState().row(523)).toBeUndefined();
  expect(pages.getState().total).toBe(1000);
});

test('pages that were used longest ago are given up first', async () => {
  const { asked, load } = list(1000);
  const pages = createPages(load, 100, 2);
  for (const from of [0, 100]) { pages.getState().want(from, from + 1); await settle(); }
  pages.getState().want(0, 1);
  pages.getState().want(200, 201);
  await settle();
  expect(pages.getState().row(0)).toBe(0);
  expect(pages.getState().row(100)).toBeUndefined();
  expect(asked).toEqual([0, 100, 200]);
});

test('after a change the old rows stay in sight until the new ones come', async () => {
  const { load, state } = list(100);
  const pages = createPages(load, 100);
  pages.getState().want(0, 10);
  await settle();
  state.offset = 1000;
  pages.getState().drop();
  expect(pages.getState().row(3)).toBe(3);
  pages.getState().want(0, 10);
  await settle();
  expect(pages.getState().row(3)).toBe(1003);
});

test('an answer to a question from before the change is thrown away', async () => {
  const answers: ((rows: readonly string[]) => void)[] = [];
  const pages = createPages<string>(() => new Promise((resolve) => { answers.push((rows) => resolve({ rows, total: 1 })); }), 10);
  pages.getState().want(0, 1);
  pages.getState().drop();
  pages.getState().want(0, 1);
  answers[1]?.(['new']);
  await settle();
  answers[0]?.(['old']);
  await settle();
  expect(pages.getState().row(0)).toBe('new');
});

test('a failure is told and the page can be asked for again', async () => {
  let fails = true;
  const pages = createPages(() => (fails ? Promise.reject(new Error('gone')) : Promise.resolve({ rows: ['here'], total: 1 })), 10);
  pages.getState().want(0, 1);
  await settle();
  expect(pages.getState().failure).toBeInstanceOf(Error);
  fails = false;
  pages.getState().want(0, 1);
  await settle();
  expect(pages.getState().row(0)).toBe('here');
  expect(pages.getState().failure).toBeUndefined();
});

test('changed rows take the place of those that are here, and the list says that it changed', async () => {
  const { load } = list(1000);
  const pages = createPages(load, 100);
  pages.getState().want(0, 10);
  await settle();
  const { version } = pages.getState();
  pages.getState().replace((row) => (row === 3 ? 333 : row));
  expect([pages.getState().row(2), pages.getState().row(3)]).toEqual([2, 333]);
  expect(pages.getState().version).toBeGreaterThan(version);
});

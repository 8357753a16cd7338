import { expect, test } from 'vitest';
import { createGridStore } from './grid-store.ts';
import { selectedCount } from './selection.ts';

test('going to a row selects it alone; extending selects from where it began', () => {
  const grid = createGridStore();
  grid.getState().setRows(100);
  grid.getState().goTo(10);
  expect(grid.getState().selection).toEqual([[10, 11]]);
  grid.getState().goTo(13, 'extend');
  grid.getState().goTo(8, 'extend');
  expect(grid.getState().selection).toEqual([[8, 11]]);
  expect(grid.getState().focus).toBe(8);
});

test('no row beyond either end can be reached', () => {
  const grid = createGridStore();
  grid.getState().setRows(5);
  grid.getState().goTo(99);
  expect(grid.getState().focus).toBe(4);
  grid.getState().goTo(-1);
  expect(grid.getState().focus).toBe(0);
});

test('an empty list has no row to be on', () => {
  const grid = createGridStore();
  grid.getState().goTo(3);
  expect(grid.getState().focus).toBe(-1);
});

test('toggling adds rows one by one, select all takes every row', () => {
  const grid = createGridStore();
  grid.getState().setRows(1_000_000);
  grid.getState().goTo(2);
  grid.getState().toggle(7);
  expect(selectedCount(grid.getState().selection)).toBe(2);
  grid.getState().selectAll();
  expect(selectedCount(grid.getState().selection)).toBe(1_000_000);
});

test('a shorter list takes focus and selection back inside', () => {
  const grid = createGridStore();
  grid.getState().setRows(10);
  grid.getState().goTo(9);
  grid.getState().setRows(4);
  expect(grid.getState().focus).toBe(3);
  expect(grid.getState().selection).toEqual([]);
});

test('moving tells the drawn grid to show the row', () => {
  const grid = createGridStore();
  const shown: number[] = [];
  grid.getState().setRows(10);
  grid.getState().attach({ reveal: (row) => shown.push(row), takeFocus: () => undefined });
  grid.getState().goTo(6);
  expect(shown).toEqual([6]);
});

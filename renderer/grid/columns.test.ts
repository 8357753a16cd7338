import { expect, test } from 'vitest';
import { clampWidth, trackList, type Column } from './columns.ts';

const column = (key: string, role: Column<unknown>['role'], width?: number): Column<unknown> => ({ key, role, heading: key, render: () => null, ...(width === undefined ? {} : { width }) });
const columns = [column('source', 'text'), column('score', 'spine'), column('target', 'text'), column('signs', 'meta', 108), column('by', 'meta')];

test('texts share what the others leave, and are always equally wide', () => {
  expect(trackList(columns)).toBe('var(--gutter) minmax(0, 1fr) var(--spine) minmax(0, 1fr) 6.75rem var(--margin-right)');
});

test('a narrow window folds the metadata away', () => expect(trackList(columns, true)).toBe('var(--gutter) minmax(0, 1fr) var(--spine) minmax(0, 1fr)'));

test('no column can be drawn away or over the texts', () => {
  expect([clampWidth(3), clampWidth(120.4), clampWidth(5000)]).toEqual([48, 120, 420]);
});

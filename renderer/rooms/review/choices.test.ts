import { expect, test } from 'vitest';
import type { Scheme, SchemeLabel } from '../../../main/contract/review.ts';
import { choose, isPlain, levelOf } from './choices.ts';

const label = (id: string, decision: SchemeLabel['decision'], children: readonly SchemeLabel[] = []): SchemeLabel => ({ id, title: id, decision, children });
const scheme = (labels: readonly SchemeLabel[]): Scheme => ({ id: 'tree', title: 'Tree', source: '', ordered: false, labels: [...labels], reasons: [], custom: false });
const tree = scheme([label('wrong', 'reject', [label('language', null), label('alignment', null)]), label('right', 'accept')]);

test('a label with a next level leads there, one without ends the item', () => {
  expect(choose(tree, [], 1)).toEqual({ path: ['wrong'] });
  expect(levelOf(tree, ['wrong']).map((each) => each.id)).toEqual(['language', 'alignment']);
  expect(choose(tree, ['wrong'], 2)).toEqual({ decision: 'reject', label: { scheme: 'tree', path: ['wrong', 'alignment'] }, reason: null });
  expect(choose(tree, [], 2)).toMatchObject({ decision: 'accept' });
});

test('a number without a label means nothing', () => expect(choose(tree, [], 9)).toBeUndefined());

test('accept, unsure and reject alone need no numbers', () => {
  expect(isPlain(undefined)).toBe(true);
  expect(isPlain(scheme([label('a', 'accept'), label('r', 'reject'), label('u', 'unsure')]))).toBe(true);
  expect(isPlain(scheme([label('a', 'accept'), label('r', 'reject'), label('r2', 'reject')]))).toBe(false);
  expect(isPlain(tree)).toBe(false);
});

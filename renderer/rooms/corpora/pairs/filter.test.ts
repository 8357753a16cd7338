import { expect, test } from 'vitest';
import { chipWords, predicateOfAll } from './filter.ts';

test('no filter asks for every pair', () => expect(predicateOfAll([])).toBeNull());

test('several filters must all hold', () => {
  expect(predicateOfAll([{ kind: 'score', column: 'laser', relation: '>=', value: 1.05 }, { kind: 'label', column: 'judged', value: 'good' }, { kind: 'text', contains: 'ferry' }])).toEqual({
    kind: 'all',
    of: [{ kind: 'number', column: 'laser', relation: '>=', value: 1.05 }, { kind: 'label', column: 'judged', value: 'good' }, { kind: 'text', side: 'either', contains: 'ferry', matchCase: false }],
  });
});

test('a chip says its field, relation and value', () => {
  expect(chipWords({ kind: 'score', column: 'laser', relation: '<=', value: 0.9 })).toEqual(['laser', '≤ 0.900']);
  expect(chipWords({ kind: 'label', column: 'judged', value: 'good' })).toEqual(['judged', 'good']);
});

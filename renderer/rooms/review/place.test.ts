import { expect, test } from 'vitest';
import type { Predicate } from '../../../main/contract/pairs.ts';
import { pathOf, placeOf, wholeOf, wholeQueue, type Place } from './place.ts';

const chips: readonly Predicate[] = [
  { kind: 'all', of: [{ kind: 'number', column: 'margin', relation: '>=', value: 1.04 }, { kind: 'number', column: 'margin', relation: '<=', value: 1.25 }] },
  { kind: 'text', side: 'source', contains: 'قبل / “x”', matchCase: false, how: 'word' },
  { kind: 'not', of: { kind: 'decision', by: null, value: 'accept' } },
];

test('an address carries filters and order there and back', () => {
  const place: Place = { view: 'origin', origin: { run: 12 }, filter: { join: 'any', of: chips }, order: { column: 'margin', descending: true } };
  const path = pathOf(place);
  expect(path.slice(0, 2)).toEqual(['run', '12']);
  expect(path[2]).toMatch(/^[\w-]+$/u);
  expect(placeOf(path)).toEqual(place);
});

test('filters within a queue stand behind it', () => {
  const place: Place = { view: 'queue', queue: 7, filter: { join: 'all', of: chips }, order: null };
  expect(pathOf(place).slice(0, 2)).toEqual(['queue', '7']);
  expect(placeOf(pathOf(place))).toEqual(place);
});

test('without filters an address is short', () => {
  expect(pathOf(wholeOf({ collection: 3 }))).toEqual(['collection', '3']);
  expect(placeOf(['collection', '3'])).toEqual(wholeOf({ collection: 3 }));
  expect(placeOf(['queue', '7'])).toEqual(wholeQueue(7));
  expect(pathOf(wholeQueue(7))).toEqual(['queue', '7']);
});

test('a part that cannot be read shows all pairs, an address that names nothing the start', () => {
  expect(placeOf(['run', '12', 'n%nsense'])).toEqual(wholeOf({ run: 12 }));
  expect(placeOf(['run', '12', btoa('{"join":"all","of":[{"kind":"drop table"}],"order":null}')])).toEqual(wholeOf({ run: 12 }));
  expect(placeOf([])).toEqual({ view: 'start' });
  expect(placeOf(['run'])).toEqual({ view: 'start' });
  expect(placeOf(['run', 'x'])).toEqual({ view: 'start' });
});

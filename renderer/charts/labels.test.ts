import { expect, test } from 'vitest';
import { placeLabels } from './labels.ts';

test('a label stands after its line, before it where there is no room', () => {
  expect(placeLabels([{ x: 100, width: 50 }], 800)).toEqual([{ side: 'after', row: 0 }]);
  expect(placeLabels([{ x: 780, width: 50 }], 800)).toEqual([{ side: 'before', row: 0 }]);
});

test('two lines close together take two sides, three take two rows', () => {
  expect(placeLabels([{ x: 400, width: 80 }, { x: 395, width: 80 }], 800)).toEqual([{ side: 'after', row: 0 }, { side: 'before', row: 0 }]);
  expect(placeLabels([{ x: 400, width: 80 }, { x: 395, width: 80 }, { x: 390, width: 80 }], 800)[2]).toEqual({ side: 'before', row: 1 });
});

test('no words are written across the line of another', () => {
  expect(placeLabels([{ x: 480, width: 60 }, { x: 467, width: 160 }], 800)[1]).toEqual({ side: 'before', row: 0 });
});

test('words that stand there already are not written over', () => {
  expect(placeLabels([{ x: 20, width: 60 }], 800, [[[0, 120]]])).toEqual([{ side: 'after', row: 1 }]);
});

test('where every place crosses a line, only the first line stays uncrossed', () => {
  expect(placeLabels([{ x: 435, width: 60 }, { x: 467, width: 160 }, { x: 479, width: 110 }], 800, [[[0, 110]]])[1]).toEqual({ side: 'after', row: 0 });
});

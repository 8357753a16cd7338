import { expect, test } from 'vitest';
import { rowsAsTsv } from './rows-as-tsv.ts';

test('one line of names, then one line a row', () => {
  expect(rowsAsTsv(['score', 'source'], [['1.062000', 'Guten Tag'], ['1.051000', 'مرحبا']])).toBe('score\tsource\n1.062000\tGuten Tag\n1.051000\tمرحبا');
});

test('a tab or a line end inside a text cannot break the table', () => {
  expect(rowsAsTsv(['a', 'b'], [['x\ty', 'one\r\ntwo\u2028three']])).toBe('a\tb\nx y\tone two three');
});

import { expect, test } from 'vitest';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import { pairsAsTsv } from './copy-rows.ts';

const side = (id: string, text: string) => ({ id, text, language: 'de', ordinal: 0, file: 'a.txt', line: 1, count: 1, original: null });
const row: PairRow = { id: 7, position: 0, source: side('de-1', 'Guten\tTag'), target: side('en-9', 'Good day'), values: { margin: 1.0621234567, cosine: 0.8 }, kept: true, dropReason: null, review: { decision: 'none', flags: [], comments: 0, judged: [], checks: [], ignored: [], splitFrom: null } };

test('copied rows have the columns and decimals of the mined TSV', () => {
  expect(pairsAsTsv([row])).toBe('score\tcosine\tsource_id\ttarget_id\tsource\ttarget\n1.062123\t0.800000\tde-1\ten-9\tGuten Tag\tGood day');
});

test('a number that a pair does not have stays empty', () => {
  expect(pairsAsTsv([{ ...row, values: { margin: null } }]).split('\n')[1]).toBe('\t\tde-1\ten-9\tGuten Tag\tGood day');
});

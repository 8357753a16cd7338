import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { argmaxLinks, bent, itermaxLinks, matchLinks, softmaxLinks, wordsOfLinks, type Link } from './similarity-links.ts';

/** Links of simalign 0.4 itself (scripts/fixtures/similarity_links.py). */
type Case = { readonly rows: number; readonly columns: number; readonly kappa: number; readonly similarity: readonly number[]; readonly argmax: string[]; readonly itermax: string[]; readonly itermax3: string[]; readonly match: string[] };
const { cases } = JSON.parse(readFileSync(new URL('./similarity-links.fixture.json', import.meta.url), 'utf8')) as { readonly cases: readonly Case[] };
const written = (links: readonly Link[]): string[] => links.map((link) => link.join('-'));

describe.each(cases)('$rows x $columns words, bent by $kappa', ({ rows, columns, kappa, similarity, ...expected }) => {
  const matrix = bent({ rows, columns, values: Float64Array.from(similarity) }, kappa);
  it('gives the links of simalign', () => {
    expect(written(argmaxLinks(matrix))).toEqual(expected.argmax);
    expect(written(itermaxLinks(matrix))).toEqual(expected.itermax);
    expect(written(itermaxLinks(matrix, 3))).toEqual(expected.itermax3);
    expect(written(matchLinks(matrix))).toEqual(expected.match);
  });
});

describe('the softmax intersection', () => {
  it('links where both directions are sure enough', () => {
    const products = { rows: 2, columns: 3, values: Float64Array.of(9, 1, 1, 1, 8, 7.5) };
    expect(written(softmaxLinks(products, 0.001))).toEqual(['0-0', '1-1', '1-2']);
    expect(written(softmaxLinks(products, 0.5))).toEqual(['0-0', '1-1']);
  });
});

it('words are linked where any of their pieces is', () => {
  expect(written(wordsOfLinks([[0, 0], [1, 1], [2, 0]], [0, 0, 1], [0, 0]))).toEqual(['0-0', '1-0']);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runThrough } from '../mine/steps.ts';
import { trainDiagonal, usualDiagonal, type WordPairs } from './diagonal-model.ts';
import { samplePairs } from '../../../tests/sample-pairs.ts';

/** What fast_align itself gives for the same pairs (scripts/fixtures/diagonal-model.ts). */
type Reference = { readonly likelihoods: readonly number[]; readonly tension: number; readonly links: readonly string[] };
const reference = JSON.parse(readFileSync(new URL('./diagonal-model.fixture.json', import.meta.url), 'utf8')) as { readonly forward: Reference; readonly backward: Reference };

const numbered = (texts: readonly (readonly string[])[]): Uint32Array[] => {
  const known = new Map<string, number>();
  return texts.map((words) => Uint32Array.from(words, (word) => { const number = known.get(word) ?? known.size; known.set(word, number); return number; }));
};
const [german, english] = [numbered(samplePairs().map(([left]) => left)), numbered(samplePairs().map(([, right]) => right))];
const forward: WordPairs = german.map((source, at) => ({ source, target: english[at] ?? new Uint32Array() }));
const backward: WordPairs = forward.map(({ source, target }) => ({ source: target, target: source }));

describe('the statistical aligner', () => {
  it.each([['forward', forward, reference.forward], ['backward', backward, reference.backward]] as const)('gives the likelihoods, the tension and the links of fast_align, %s', (way, pairs, expected) => {
    expect(pairs.length).toBeGreaterThan(150);
    const { likelihoods, tension, links } = runThrough(trainDiagonal(pairs));
    expect(likelihoods).toHaveLength(expected.likelihoods.length);
    for (const [round, likelihood] of likelihoods.entries()) expect(Math.abs(likelihood / (expected.likelihoods[round] ?? 0) - 1)).toBeLessThan(1e-5);
    expect(Math.abs(tension - expected.tension)).toBeLessThan(1e-4);
    expect(links.map((line) => line.map(([from, to]) => (way === 'forward' ? `${from}-${to}` : `${to}-${from}`)).join(' '))).toEqual(expected.links);
  });

  it('becomes more certain with every round', () => {
    const { likelihoods } = runThrough(trainDiagonal(forward, { ...usualDiagonal, prior: null, learnTension: false }));
    for (let round = 1; round < likelihoods.length; round += 1) expect(likelihoods[round]).toBeGreaterThan(likelihoods[round - 1] ?? 0);
  });

  it('skips pairs with an empty side', () => {
    const pairs = [...forward.slice(0, 5), { source: new Uint32Array(), target: Uint32Array.of(1) }, { source: Uint32Array.of(1), target: new Uint32Array() }];
    expect(runThrough(trainDiagonal(pairs)).links.slice(5)).toEqual([[], []]);
    expect(runThrough(trainDiagonal([])).links).toEqual([]);
  });
});

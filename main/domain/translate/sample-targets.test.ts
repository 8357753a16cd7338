import { expect, it } from 'vitest';
import { expectedScores } from './minimum-risk.ts';
import { draw, sampleTargets, seedOf, type SampleSettings } from './sample-targets.ts';
import { toyScorer } from './toy-scorer.ts';

const scorer = () => toyScorer({ seed: 4, vocabularySize: 8, end: 0, contrast: 3 });
const settings: SampleSettings = { count: 400, seeds: [7, 8], temperature: 1, topK: 0, topP: 1, longest: [6, 6], end: 0, forbidden: [] };
const sample = async (sources: readonly Int32Array[], more: Partial<SampleSettings> = {}) => sampleTargets(await scorer().encode(sources), { ...settings, ...more });
const one = Int32Array.of(3, 0);
const other = Int32Array.of(5, 6, 0);

it('draws the same samples for a seed, whatever is drawn beside', async () => {
  const [together = []] = await sample([one, other]);
  const [alone = []] = await sample([one], { seeds: [7] });
  const [again = []] = await sample([one], { seeds: [9] });
  const texts = (drawn: typeof together) => drawn.map(({ tokens }) => tokens.join(' '));
  expect(texts(together)).toEqual(texts(alone));
  expect(texts(again)).not.toEqual(texts(alone));
  expect(seedOf(1, one)).not.toBe(seedOf(1, other));
  expect(seedOf(1, one)).toBe(seedOf(1, Int32Array.from(one)));
});

it('draws first tokens as often as the model says', async () => {
  const [drawn = []] = await sample([one], { count: 6000, longest: [1] });
  const first = (await (await scorer().encode([one])).begin(Uint32Array.of(0))).all(0);
  const counted = new Map<number, number>();
  for (const { tokens, ended } of drawn) { const token = ended ? 0 : tokens[0] ?? -1; counted.set(token, (counted.get(token) ?? 0) + 1); }
  // Pearson's chi-squared with 7 degrees of freedom: 24.3 at a thousandth.
  const distance = first.reduce((sum, score, token) => { const expected = 6000 * Math.exp(score); return sum + ((counted.get(token) ?? 0) - expected) ** 2 / expected; }, 0);
  expect(distance).toBeLessThan(24.3);
});

it('draws among the likeliest only, where that is asked', () => {
  const scores = Float32Array.of(Math.log(0.5), Math.log(0.1), Math.log(0.3), Math.log(0.1));
  const among = (how: { readonly temperature?: number; readonly topK?: number; readonly topP?: number }) =>
    [...new Set(Array.from({ length: 200 }, (_, at) => draw(scores, { temperature: 1, topK: 0, topP: 1, ...how }, (at + 0.5) / 200)))].sort();
  expect(among({})).toEqual([0, 1, 2, 3]);
  expect(among({ topK: 2 })).toEqual([0, 2]);
  expect(among({ topP: 0.85 })).toEqual([0, 1, 2]);
  expect(among({ topP: 0.5 })).toEqual([0]);
  expect(among({ temperature: 0.02 })).toEqual([0]);
});

it('chooses by agreement: samples count evenly, an n-best list by its probabilities', () => {
  const metric = { name: 'same letters', score: (left: string, right: string) => [...left].filter((letter) => right.includes(letter)).length };
  const candidates = [{ text: 'xyz', logProbability: -1 }, { text: 'abc', logProbability: -3 }, { text: 'abd', logProbability: -3 }];
  const even = expectedScores(candidates, metric, 'even');
  for (const [at, expected] of [1, 5 / 3, 5 / 3].entries()) expect(even[at]).toBeCloseTo(expected, 12);
  expect(Math.max(...expectedScores(candidates, metric, 'model'))).toBe(expectedScores(candidates, metric, 'model')[0]);
});

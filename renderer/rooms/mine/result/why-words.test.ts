import { describe, expect, test } from 'vitest';
import type { Neighbour, Why } from '../../../../main/contract/mine.ts';
import { whyWords } from './why-words.ts';

const list = (partner: number, ...others: readonly number[]): Neighbour[] =>
  [{ ordinal: 0, text: 'this', cosine: partner, thisPair: true }, ...others.map((cosine, index) => ({ ordinal: index + 1, text: `other ${index}`, cosine, thisPair: false }))].toSorted((a, b) => b.cosine - a.cosine);

/** The pair of the design's page "mine-result": a bakery that is closed on Sundays. */
const bakery: Why = {
  pair: 11_485, margin: 1.053, cosine: 0.874, sourceMean: 0.841, targetMean: 0.819, denominator: 0.83, offset: 0, kind: 'ratio', forwardRank: 1, backwardRank: 1,
  sourceNeighbours: list(0.874, 0.846, 0.829, 0.815), targetNeighbours: list(0.874, 0.821, 0.797, 0.784), sourceOccurrence: 3, targetOccurrence: 4, keptDifference: 743,
};
const names = { source: 'German', target: 'English' };
const say = (part: Partial<Why>, cut: number | null = 1.062): string => {
  const { reasons, atCut } = whyWords({ ...bakery, ...part }, cut, names);
  return [...reasons, atCut ?? ''].join(' ');
};

describe('why', () => {
  test('best match both ways, but below the cut: both distances to the next are said', () => {
    expect(whyWords(bakery, 1.062, names).heading).toBe('mine.why.below');
    expect(say({})).toContain('Best match both ways, but not by enough: the next English sentence is 0.028 behind, the next German sentence 0.053.');
  });

  test('the same pair above the cut is not called short', () => {
    expect(whyWords(bakery, 1.05, names).heading).toBe('mine.why.above');
    expect(say({ keptDifference: -12 }, 1.05)).toContain('Best match both ways: the next English sentence is 0.028 behind');
  });

  test('best one way only says who is nearer and by how much', () => {
    const text = say({ backwardRank: 2, targetNeighbours: list(0.874, 0.9, 0.8, 0.79) });
    expect(text).toContain('The German sentence has no nearer English one, but not the other way round: from the English side it is number 2, and the nearest is 0.026 ahead.');
  });

  test('a partner that is not among the k neighbours is said to be beyond them', () => {
    expect(say({ forwardRank: null, backwardRank: 3 })).toContain('beyond 4');
  });

  test('with one neighbour only there is no next sentence to compare with', () => {
    expect(say({ sourceNeighbours: list(0.874), targetNeighbours: list(0.874) })).toContain('Best match both ways.');
  });

  test('the second sentence is the margin in percent', () => {
    expect(say({})).toContain('Its cosine is 5.3\u00A0% above the mean of both neighbourhoods, 0.830.');
    expect(say({ margin: 0.98 })).toContain('2.0\u00A0% below');
  });

  test('cosines after centring are counted from minus one', () => {
    expect(say({ offset: 1, margin: 1.02, denominator: 0.31 })).toContain('Counted on cosine + 1, it is 2.0\u00A0% above the mean of both neighbourhoods, 0.310.');
  });

  test('distance and absolute margins are said as what they are', () => {
    expect(say({ kind: 'distance', margin: 0.044 })).toContain('Its cosine lies 0.044 above the mean of both neighbourhoods, 0.830.');
    expect(say({ kind: 'absolute', margin: 0.874 })).toContain('The margin is the cosine itself, 0.874; the neighbours do not change it.');
  });

  test('a side that everybody is near to is named', () => {
    expect(say({})).not.toContain('hub');
    expect(say({ targetOccurrence: 41 })).toContain('The English sentence is a hub: it is among the 4 nearest of 41 German sentences.');
  });

  test('what another cut would do: kept with so many others, or drops so many', () => {
    expect(say({})).toContain('It would be kept at a cut of 1.053 or lower, with 742 others.');
    expect(say({ keptDifference: 1 })).toContain('with no other.');
    expect(say({ keptDifference: -12 }, 1.05)).toContain('A cut right at it, 1.053, would drop 12 pairs that are kept now.');
    expect(say({ keptDifference: 0 }, 1.05)).toContain('the last');
  });

  test('without a cut nothing is said about one', () => {
    expect(whyWords({ ...bakery, keptDifference: null }, null, names)).toMatchObject({ heading: 'mine.why.heading', atCut: undefined });
  });
});

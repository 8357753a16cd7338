import { describe, expect, it } from 'vitest';
import { createGlossary, glossaryEntry, missingTerms } from './glossary.ts';
import { bestOverPivot } from './pivot.ts';

const glossary = (lines: readonly string[], language = 'en') => createGlossary(lines.flatMap((line) => glossaryEntry(line) ?? []), language);

describe('a glossary', () => {
  const terms = glossary(['car\tWagen', 'sports car\tSportwagen|Flitzer', 'the\t']);

  it('finds whole words whatever their case, the longest at each place, each as often as it stands there', () => {
    expect(terms.size).toBe(2);
    expect(terms.termsOf('A Car, a sports car and a CAR. No scar, no cars.').map(({ source, times }) => [source, times])).toEqual([['car', 2], ['sports car', 1]]);
  });

  it('takes any form, at the beginning of a sentence too', () => {
    const [term] = glossary(['dog\thund']).termsOf('My dog.');
    expect(term?.forms).toEqual(['hund', 'Hund']);
    expect(missingTerms(terms.termsOf('a sports car'), 'ein Flitzer')).toEqual([]);
    expect(missingTerms(terms.termsOf('a car and a car'), 'ein Wagen').map(({ source }) => source)).toEqual(['car']);
  });

  it('finds terms anywhere in a script without spaces', () => {
    expect(glossary(['港口\tharbour'], 'zh').termsOf('我在港口。').map(({ source }) => source)).toEqual(['港口']);
  });

  it.each(['no tab', '\tWagen', 'car\t', 'car\t | '])('has no entry in %j', (line) => { expect(glossaryEntry(line)).toBeNull(); });
});

it('over a third language the joint score decides, and the same text counts once', () => {
  const one = (text: string, score: number) => ({ text, score, logProbability: 10 * score, ended: true, unmet: [] });
  const ways = [[one('a', -1), one('x', -3)], [one('b', -2), one('y', -1)], [one('b', -2), one('x', -1.5)]] as const;
  expect(bestOverPivot(ways.map(([first, last]) => ({ first, last }))).map(({ text, score, logProbability }) => [text, score, logProbability])).toEqual([['y', -3, -30], ['x', -3.5, -35]]);
});

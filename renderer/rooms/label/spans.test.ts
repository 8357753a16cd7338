import { describe, expect, it } from 'vitest';
import type { LabelSpan } from '../../../main/contract/label.ts';
import { candidatesOf, moveEdge, offered, piecesOf, touched } from './spans.ts';

const words = (text: string, language: string): readonly string[] => piecesOf(text, language).map(({ from, to }) => text.slice(from, to));

describe('pieces of a translation', () => {
  it.each([
    ['de', 'Anna wohnt in Köln.', ['Anna', 'wohnt', 'in', 'Köln', '.']],
    ['hi', 'कवयित्री सुनीता राव', ['कवयित्री', 'सुनीता', 'राव']],
    ['ar', 'زارت ليلى القاهرة', ['زارت', 'ليلى', 'القاهرة']],
    ['x-klingon', 'tlhIngan maH', ['tlhIngan', 'maH']],
    ['de', '', []],
  ])('in %s: %s', (language, text, wanted) => {
    expect(words(text, language)).toEqual(wanted);
  });

  it('cover a Chinese text, which has no spaces', () => {
    expect(words('林小满住在北京。', 'zh').join('')).toBe('林小满住在北京。');
    expect(words('林小满住在北京。', 'zh').length).toBeGreaterThan(2);
  });
});

describe('an edge', () => {
  const text = 'Die alte Mühle in Köln';
  const pieces = piecesOf(text, 'de');
  const at = (word: string): { from: number; to: number } => ({ from: text.indexOf(word), to: text.indexOf(word) + word.length });
  const shown = ({ from, to }: { from: number; to: number }): string => text.slice(from, to);

  it('moves by whole words, both ways', () => {
    expect(shown(moveEdge(pieces, at('alte'), 'end', 1))).toBe('alte Mühle');
    expect(shown(moveEdge(pieces, at('alte Mühle'), 'end', -1))).toBe('alte');
    expect(shown(moveEdge(pieces, at('alte'), 'start', -1))).toBe('Die alte');
    expect(shown(moveEdge(pieces, at('alte Mühle'), 'start', 1))).toBe('Mühle');
  });

  it('stops where one word is left, and at the ends of the text', () => {
    expect(shown(moveEdge(pieces, at('alte'), 'end', -1))).toBe('alte');
    expect(shown(moveEdge(pieces, at('alte'), 'start', 1))).toBe('alte');
    expect(shown(moveEdge(pieces, at('Die'), 'start', -1))).toBe('Die');
    expect(shown(moveEdge(pieces, at('Köln'), 'end', 1))).toBe('Köln');
  });

  it('that stands inside a word moves to the next edge of a word', () => {
    expect(shown(moveEdge(pieces, { from: 4, to: 6 }, 'end', 1))).toBe('alte Mühle');
    expect(touched(pieces, { from: 5, to: 6 })).toEqual({ first: 1, end: 2 });
    expect(touched(pieces, { from: 3, to: 4 })).toBeNull();
  });
});

const span = (more: Partial<LabelSpan>): LabelSpan => ({
  id: 1, sentence: 0, label: 'PER', source: { from: 0, to: 1 }, agrees: false, sureness: 0.5, decision: 'open', chosen: null, flagged: false, judged: null,
  found: [
    { method: 'alignment', best: [{ from: 0, to: 3, score: 0.6 }, { from: 0, to: 5, score: 0.1 }], abstained: null },
    { method: 'constrained', best: [1, 2, 3, 4, 5].map((to) => ({ from: 0, to, score: 1 / to })), abstained: null },
  ], ...more,
});

describe('candidates', () => {
  it('stand under their keys: alignment 0, constrained decoding 1 to 4', () => {
    expect(candidatesOf(span({})).map(({ key, method, to }) => [key, method, to])).toEqual([['0', 'alignment', 3], ['1', 'constrained', 1], ['2', 'constrained', 2], ['3', 'constrained', 3], ['4', 'constrained', 4]]);
  });

  it('offer what was chosen, else the place that an export would write, else nothing', () => {
    expect(offered(span({ chosen: { from: 2, to: 9 }, decision: 'accepted' }))).toEqual({ from: 2, to: 9 });
    expect(offered(span({}))).toEqual({ from: 0, to: 3 });
    expect(offered(span({ found: span({}).found.slice(1) }))).toEqual({ from: 0, to: 1 });
    expect(offered(span({ found: span({}).found.slice(0, 1) }))).toEqual({ from: 0, to: 3 });
    expect(offered(span({ found: [{ method: 'alignment', best: [], abstained: 'no-link' }] }))).toBeNull();
    expect(offered(span({ decision: 'rejected' }))).toBeNull();
  });
});

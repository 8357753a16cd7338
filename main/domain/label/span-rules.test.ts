import { describe, expect, it } from 'vitest';
import { addCounts, countLinks, linkScores, readPharaoh, writePharaoh } from './alignment-error.ts';
import type { Link } from './similarity-links.ts';
import { projectSpans, usualRules, type WordSpan } from './span-projection.ts';
import { symmetrise } from './symmetrise.ts';

const links = (text: string): Link[] => [...readPharaoh(text).possible];
const written = (found: readonly Link[]): string => found.map((link) => link.join('-')).join(' ');

describe('symmetrisation', () => {
  const [forward, backward] = [links('0-0 1-1 2-1 3-3 5-6'), links('0-0 1-1 1-2 3-4 4-5')];
  it.each([
    ['intersect', '0-0 1-1'], ['union', '0-0 1-1 1-2 2-1 3-3 3-4 4-5 5-6'],
    // 1-2 and 2-1 touch 1-1; nothing that is left touches them with a free word.
    ['grow-diag', '0-0 1-1 1-2 2-1'],
    ['grow-diag-final-and', '0-0 1-1 1-2 2-1 3-3 4-5 5-6'],
  ] as const)('by %s', (how, expected) => {
    expect(written(symmetrise(forward, backward, how))).toBe(expected);
  });
  it('grows along diagonals', () => {
    expect(written(symmetrise(links('0-0 1-1 2-2'), links('0-0'), 'grow-diag'))).toBe('0-0 1-1 2-2');
  });
});

describe('the alignment error rate', () => {
  it('counts sure and possible links as Och and Ney do', () => {
    const gold = readPharaoh('0-0 1-1 2p2 3-3');
    const counts = countLinks(links('0-0 1-1 2-2 4-4'), gold);
    expect(counts).toEqual({ links: 4, sure: 3, inSure: 2, inPossible: 3 });
    expect(linkScores(counts)).toEqual({ precision: 3 / 4, recall: 2 / 3, f1: 2 * 0.75 * (2 / 3) / (0.75 + 2 / 3), errorRate: 1 - 5 / 7 });
    expect(linkScores(addCounts(counts, counts)).errorRate).toBeCloseTo(1 - 5 / 7);
  });
  it('is 1 without links, and 0 where there are none to find', () => {
    expect(linkScores(countLinks([], readPharaoh('0-0'))).errorRate).toBe(1);
    expect(linkScores(countLinks([], readPharaoh('')))).toMatchObject({ errorRate: 0, precision: 1, recall: 1 });
  });
  it('reads and writes Pharaoh lines, from 0 or from 1, and says what it cannot read', () => {
    expect(writePharaoh(readPharaoh('1-1 2p3', 1), 1)).toBe('1-1 2p3');
    expect(() => readPharaoh('0-0 1:2')).toThrow('"1:2" at column 5 is no link');
    expect(() => readPharaoh('0-1', 1)).toThrow('counted from 1');
  });
});

describe('spans by word links', () => {
  const target = { count: 10, punctuation: (word: number) => word === 5 };
  const person: WordSpan = { label: 'PER', from: 1, to: 3 };
  const project = (text: string, more = {}) => projectSpans([person], links(text), target, { ...usualRules, ...more })[0];

  it('cover the linked words and small gaps', () => {
    expect(project('1-2 2-4')).toMatchObject({ target: { label: 'PER', from: 2, to: 5 }, reason: null, coverage: 1, density: 2 / 3 });
    expect(project('1-2 2-4', { contiguousTarget: true })).toMatchObject({ target: null, reason: 'not-contiguous' });
  });
  it('follow the run with most links where they fall apart', () => {
    expect(project('1-0 2-7 2-8')).toMatchObject({ target: { from: 7, to: 9 } });
  });
  it('abstain with a reason', () => {
    expect(project('0-0')).toMatchObject({ target: null, reason: 'no-links', coverage: 0 });
    expect(project('1-5')).toMatchObject({ target: null, reason: 'only-punctuation' });
    expect(project('1-2', { completeSource: true })).toMatchObject({ target: null, reason: 'source-partly-linked', coverage: 0.5 });
  });
  it('never end in punctuation', () => {
    expect(project('1-4 2-5')).toMatchObject({ target: { from: 4, to: 5 } });
  });
  it('do not overlap: the one with more links stays', () => {
    const [first, second] = projectSpans([{ label: 'LOC', from: 0, to: 1 }, { label: 'ORG', from: 0, to: 3 }], links('0-1 1-2 2-3'), target);
    expect(first).toMatchObject({ target: null, reason: 'overlaps' });
    expect(second).toMatchObject({ target: { label: 'ORG', from: 1, to: 4 } });
  });
  it('of one word take one word where that is asked for', () => {
    expect(projectSpans([{ label: 'LOC', from: 0, to: 1 }], links('0-1 0-2'), target, { ...usualRules, singleWords: true })[0]?.target).toMatchObject({ from: 1, to: 2 });
  });
});

import { describe, expect, it } from 'vitest';
import type { FoundSpans } from '../../contract/label.ts';
import { labelWords } from './label-words.ts';
import { agreementOf, preferred } from './method-agreement.ts';
import { placeTogether } from './place-together.ts';
import { projectByLinks, projectByMarkers, type SentencePair, type SourceSpan } from './project-labels.ts';
import { linksOfStates, linkRules, type TextStates } from './state-links.ts';

const [source, target] = ['Angela Merkel saw Paris.', 'Paris sah Angela Merkel.'];
const spans: readonly SourceSpan[] = [{ label: 'PER', start: 0, end: 13 }, { label: 'LOC', start: 18, end: 23 }];
const pair: SentencePair = { spans, sourceWords: labelWords(source, 'en'), targetWords: labelWords(target, 'de') };
const texts = (found: readonly FoundSpans[]): (string | null)[] => found.map(({ best: [first], abstained }) => (first === undefined ? abstained : target.slice(first.from, first.to)));

describe('labels by word links', () => {
  it('stand where the linked words are, with a confidence', () => {
    const found = projectByLinks(pair, [[0, 2, 0.9], [1, 3, 0.7], [2, 1, 1], [3, 0, 0.6]]);
    expect(texts(found)).toEqual(['Angela Merkel', 'Paris']);
    expect(found.map(({ best }) => best[0]?.score)).toEqual([0.8, 0.6]);
  });
  it('are left without a place where there are no links, or no sure ones', () => {
    expect(texts(projectByLinks(pair, [[0, 2, 0.001], [1, 3, 0.001]]))).toEqual(['unsure', 'no-links']);
    expect(texts(projectByLinks({ ...pair, spans: [{ label: 'PER', start: 23, end: 24 }] }, [[0, 2, 1]]))).toEqual(['no-words']);
  });
});

describe('labels by marker searches', () => {
  const place = (share: number, ...best: (readonly [from: number, to: number, score: number])[]) => ({ best: best.map(([from, to, score]) => ({ from, to, score })), share, reverse: [], refused: null });
  it('stand where the search is surest', () => {
    const [person] = projectByMarkers({ ...pair, spans: spans.slice(0, 1) }, [place(0.8, [2, 4, -5], [3, 4, -7])]);
    expect(person?.best.map(({ from, to }) => target.slice(from, to))).toEqual(['Angela Merkel', 'Merkel']);
    expect(person?.best[0]?.score).toBe(0.8);
    expect(person?.best[1]?.score).toBeCloseTo(0.8 * Math.exp(-2));
  });
  it('do not overlap: the likeliest choice of all together wins', () => {
    expect(texts(projectByMarkers(pair, [place(0.9, [2, 4, -5], [2, 3, -9]), place(0.5, [3, 4, -5], [0, 1, -5.5])]))).toEqual(['Angela Merkel', 'Paris']);
  });
  it('abstain with a reason', () => {
    expect(texts(projectByMarkers(pair, [place(0.02, [2, 4, -5]), { best: [], share: 0, reverse: [], refused: 'too-long' }]))).toEqual(['unsure', 'too-long']);
  });
  it('follow the reverse direction where it is asked for', () => {
    const places = [{ ...place(0.4, [1, 2, -5], [2, 4, -5.2]), reverse: [-30, -2] }];
    expect(texts(projectByMarkers({ ...pair, spans: spans.slice(0, 1) }, places, { leastShare: 0.1, reverseWeight: 0.1 }))).toEqual(['Angela Merkel']);
  });
});

describe('placing several spans together', () => {
  const never = (): boolean => false;
  it('equals trying every choice', () => {
    let state = 7;
    const random = (): number => { state = (state * 48271) % 2147483647; return state / 2147483647; };
    for (let round = 0; round < 60; round += 1) {
      const candidates = Array.from({ length: 4 }, () => Array.from({ length: 3 }, (_, at) => { const from = Math.floor(random() * 6); return { from, to: from + 1 + Math.floor(random() * 3), score: at === 0 ? 0 : -random() * 8 }; }).sort((left, right) => right.score - left.score));
      const worth = (choice: readonly (number | null)[]): number => choice.reduce<number>((sum, one, span) => sum + (one === null ? Math.log(1e-3) : candidates[span]?.[one]?.score ?? 0), 0);
      const places = (choice: readonly (number | null)[]) => choice.flatMap((one, span) => (one === null ? [] : candidates[span]?.[one] ?? []));
      const fits = (choice: readonly (number | null)[]): boolean => places(choice).every((left, at) => places(choice).slice(at + 1).every((right) => left.to <= right.from || right.to <= left.from));
      const every = [...Array(256).keys()].map((number) => [0, 1, 2, 3].map((span) => { const one = (number >> (2 * span)) & 3; return one === 3 ? null : one; })).filter(fits);
      const found = placeTogether(candidates, never);
      expect(fits(found)).toBe(true);
      expect(worth(found)).toBeCloseTo(Math.max(...every.map(worth)));
    }
  });
  it('lets spans overlap that do so in the source', () => {
    const inside = [[{ from: 0, to: 3, score: 0 }], [{ from: 1, to: 2, score: 0 }]];
    expect(placeTogether(inside, () => true)).toEqual([0, 0]);
    expect(placeTogether(inside, never)).toEqual([0, null]);
  });
});

describe('two methods', () => {
  const at = (from: number, to: number, method: FoundSpans['method'] = 'alignment'): FoundSpans => ({ method, best: [{ from, to, score: 1 }], abstained: null });
  const none: FoundSpans = { method: 'constrained', best: [], abstained: 'unsure' };
  it.each([[at(0, 5), at(0, 5), 'same'], [at(0, 5), at(1, 5), 'nested'], [at(0, 5), at(3, 8), 'crossing'], [at(0, 5), at(5, 8), 'apart'], [at(0, 5), none, 'one-abstains'], [none, none, 'both-abstain']] as const)('are compared', (left, right, expected) => {
    expect(agreementOf(left, right)).toBe(expected);
  });
  it('are written as the alignment says, else as the search says', () => {
    expect(preferred([at(0, 5), at(2, 5, 'constrained')])).toMatchObject({ from: 0 });
    expect(preferred([{ ...none, method: 'alignment' }, at(2, 5, 'constrained')])).toMatchObject({ from: 2 });
    expect(preferred([none])).toBeNull();
  });
});

describe('links from hidden states', () => {
  const states = (words: readonly (readonly number[])[], vectors: readonly (readonly number[])[]): TextStates => ({ states: Float32Array.from(vectors.flat()), dimension: 2, words });
  it.each(linkRules)('pair the most similar words, a word being the mean of its tokens: %s', (rule) => {
    // The first token is a special one; the second word of the source has two.
    const left = states([[1], [2, 3]], [[5, 5], [1, 0], [0, 1], [0.2, 1]]);
    const right = states([[0], [1]], [[0, 1], [1, 0.1]]);
    expect(linksOfStates(left, right, { rule, unit: 'word' }).map(([from, to]) => [from, to])).toEqual([[0, 1], [1, 0]]);
    for (const [, , share] of linksOfStates(left, right, { rule, unit: 'token' })) expect(share).toBeGreaterThan(0.9);
  });
  it('leave words out that were cut off', () => {
    expect(linksOfStates(states([[0], []], [[1, 0]]), states([[0]], [[1, 0]]), { rule: 'match', unit: 'word' })).toEqual([[0, 0, 1]]);
    expect(linksOfStates(states([[]], []), states([[0]], [[1, 0]]), { rule: 'argmax', unit: 'word' })).toEqual([]);
  });
});

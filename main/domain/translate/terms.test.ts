import { describe, expect, it } from 'vitest';
import { beamSearch, type BeamSettings, type Hypothesis } from './beam-search.ts';
import { targetRow } from './seq2seq-scorer.ts';
import { termAutomaton, type Term } from './term-automaton.ts';
import { toyScorer } from './toy-scorer.ts';

const term = (forms: readonly (readonly number[])[], times = 1): Term => ({ forms: forms.map((form) => Int32Array.from(form)), times });
const scorer = (seed: number, vocabularySize = 14) => toyScorer({ seed, vocabularySize, end: 0, contrast: 8 });
const settings: BeamSettings = { beams: 4, lengthPenalty: 1, longest: 14, end: 0, forbidden: [], promptLength: 0 };

/** How often a form stands in the tokens, not overlapping. */
const occurrences = (tokens: readonly number[], forms: readonly (readonly number[])[]): number => {
  let count = 0;
  for (let at = 0; at < tokens.length;) {
    const found = forms.filter((form) => form.every((token, offset) => tokens[at + offset] === token)).sort((left, right) => left.length - right.length)[0];
    count += found === undefined ? 0 : 1;
    at += found?.length ?? 1;
  }
  return count;
};

describe('a term automaton', () => {
  const run = (terms: readonly Term[], tokens: readonly number[]) => {
    const automaton = termAutomaton(terms);
    const states = tokens.reduce((all, token) => [...all, automaton.after(all.at(-1) ?? automaton.start, token)], [automaton.start]);
    return { automaton, states, last: states.at(-1) ?? automaton.start };
  };

  it('finds a term after a false start, by its longest border', () => {
    const { automaton, last, states } = run([term([[1, 2, 1, 3]])], [1, 2, 1, 2, 1, 3]);
    expect(states.map((state) => automaton.met(state))).toEqual([0, 1, 2, 3, 2, 3, 4]);
    expect(automaton.open(last)).toEqual([]);
  });

  it('takes any form, and wants a term as often as it is asked for, not overlapping', () => {
    const terms = [term([[5, 5], [7]], 2)];
    expect(run(terms, [5, 5, 5]).automaton.open(run(terms, [5, 5, 5]).last)).toEqual([0]);
    expect(run(terms, [5, 5, 5, 5]).automaton.open(run(terms, [5, 5, 5, 5]).last)).toEqual([]);
    expect(run(terms, [7, 5, 5]).automaton.open(run(terms, [7, 5, 5]).last)).toEqual([]);
  });

  it('wants what brings its open terms further', () => {
    const { automaton, last } = run([term([[1, 2]]), term([[3], [4, 5]])], [1]);
    expect([...automaton.wanted(last)].sort()).toEqual([2, 3, 4]);
    expect(automaton.total).toBe(3);
  });
});

describe('beam search with terms', () => {
  const terms = [[[3, 9]], [[11], [12, 4]], [[6]]];

  it('brings every term into the best translation and all that end, for many models, and scores it as the model does', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const encoded = await scorer(seed).encode([Int32Array.of(seed, 2, 0)]);
      const [found = []] = await beamSearch(encoded, { ...settings, terms: [termAutomaton(terms.map((forms) => term(forms)))] });
      expect(found).toHaveLength(4);
      expect(found[0]?.unmet).toEqual([]);
      for (const { tokens, logProbability, ended, unmet } of found) {
        expect(unmet).toEqual([...terms.keys()].filter((at) => occurrences([...tokens], terms[at] ?? []) === 0));
        if (!ended) continue;
        expect(unmet).toEqual([]);
        const [forced = new Float64Array()] = await encoded.force([targetRow(0, tokens, 0)]);
        expect(logProbability).toBeCloseTo(forced.reduce((sum, one) => sum + one, 0), 4);
      }
    }
  });

  it('asks a term twice where it is wanted twice', async () => {
    const encoded = await scorer(5).encode([Int32Array.of(1, 0)]);
    const [[best] = []] = await beamSearch(encoded, { ...settings, terms: [termAutomaton([term([[8, 2]], 2)])] });
    expect(occurrences([...best?.tokens ?? []], [[8, 2]])).toBe(2);
  });

  it('finds the best of all short targets with the term where the beam is wide enough', async () => {
    const small = scorer(9, 5);
    const encoded = await small.encode([Int32Array.of(4, 0)]);
    const longest = 3;
    const targets: number[][] = [[]];
    for (const target of targets) if (target.length < longest - 1) for (let token = 1; token < 5; token += 1) targets.push([...target, token]);
    const holding = targets.filter((target) => target.includes(2));
    const scores = await encoded.force(holding.map((target) => targetRow(0, Int32Array.from(target), 0)));
    const best = holding.map((target, at) => ({ target, score: (scores[at]?.reduce((sum, one) => sum + one, 0) ?? 0) / (target.length + 1) })).sort((left, right) => right.score - left.score)[0];
    const [found = []] = await beamSearch(encoded, { ...settings, beams: 64, longest, terms: [termAutomaton([term([[2]])])] });
    const ended = found.filter((one) => one.ended);
    expect([...ended[0]?.tokens ?? []]).toEqual(best?.target);
    expect(ended[0]?.score).toBeCloseTo(best?.score ?? 0, 4);
  });

  it('says which terms did not fit, and leaves sources without terms as they are', async () => {
    const encoded = await scorer(3).encode([Int32Array.of(1, 0), Int32Array.of(2, 0)]);
    const plain = await beamSearch(encoded, settings);
    const [tight = [], free = []] = await beamSearch(encoded, { ...settings, longest: [2, 14], terms: [termAutomaton([term([[1, 2, 3]]), term([[4]])]), null] });
    expect(tight.every(({ unmet }) => unmet.includes(0))).toBe(true);
    expect(free.map(({ tokens }) => [...tokens])).toEqual(plain[1]?.map(({ tokens }: Hypothesis) => [...tokens]));
  });
});

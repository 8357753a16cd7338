import { describe, expect, it } from 'vitest';
import { targetRow, type Seq2SeqScorer } from '../translate/seq2seq-scorer.ts';
import { toyScorer } from '../translate/toy-scorer.ts';
import { betterSpan, type ScoredSpan } from './best-spans.ts';
import { markedTemplate, mayClose, mayOpen, spanCount, treeSize, type MarkerQuestion, type MarkerSearch } from './marker-search.ts';
import { searchBreadth } from './marker-search-breadth.ts';
import { searchDepth } from './marker-search-depth.ts';
import { searchTable } from './marker-search-table.ts';

const [end, open, close, vocabularySize] = [0, 1, 2, 24];

/** Tries every span by itself. */
const everySpan = async (question: MarkerQuestion): Promise<readonly ScoredSpan[]> => {
  const n = question.template.length;
  const spans = Array.from({ length: n }, (_, from) => Array.from({ length: n - from }, (_one, more) => ({ from, to: from + more + 1 }))).flat()
    .filter(({ from, to }) => mayOpen(question, from) && mayClose(question, to));
  const scores = await question.encoded.force(spans.map(({ from, to }) => targetRow(question.source, markedTemplate(question, from, to), end)));
  return spans.map((span, at) => ({ ...span, score: scores[at]?.reduce((sum, one) => sum + one, 0) ?? 0 })).sort(betterSpan);
};

const searches: Readonly<Record<string, MarkerSearch>> = { table: searchTable, breadth: searchBreadth, depth: (question, signal) => searchDepth(question, signal) };

const ask = async (scorer: Seq2SeqScorer, template: readonly number[], more: Partial<MarkerQuestion> = {}): Promise<MarkerQuestion> => ({
  encoded: await scorer.encode([Int32Array.of(5, 6, 7)]), source: 0, template: Int32Array.from(template), end, open, close, count: 5, rows: 16, ...more,
});

const scorers = [1, 2, 3, 4, 5, 6].flatMap((seed) => [3, 9].map((contrast) => toyScorer({ seed, vocabularySize, end, contrast })));
const templates: Readonly<Record<string, readonly number[]>> = {
  'one token': [7], 'two tokens': [7, 8], 'repeated tokens': [9, 9, 9, 9, 9], 'markers in the text': [7, open, 8, close, 9, open, 4],
  'eight tokens': [3, 14, 15, 9, 2, 6, 5, 3], 'twelve tokens': [5, 4, 3, 7, 8, 9, 4, 3, 6, 10, 11, 12],
};

describe.each(Object.entries(searches))('the %s search', (name, search) => {
  it.each(Object.entries(templates))('finds the same spans as trying every one: %s', async (_, template) => {
    for (const scorer of scorers) {
      const question = await ask(scorer, template);
      const expected = (await everySpan(question)).slice(0, question.count);
      const { spans } = await search(question);
      expect(spans.map(({ from, to }) => [from, to])).toEqual(expected.map(({ from, to }) => [from, to]));
      for (const [at, span] of spans.entries()) expect(span.score).toBeCloseTo(expected[at]?.score ?? 0, 4);
    }
  });

  it('does not depend on how many rows share a call', async () => {
    for (const scorer of scorers) {
      const answers = await Promise.all([1, 3, 64].map(async (rows) => (await search(await ask(scorer, templates['eight tokens'] ?? [], { rows }))).spans.map(({ from, to }) => [from, to])));
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    }
  });

  it('keeps to the slots that are given', async () => {
    const template = templates['eight tokens'] ?? [];
    const slots = { open: Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0, 0), close: Uint8Array.of(0, 0, 1, 0, 1, 0, 1, 0, 1) };
    for (const scorer of scorers) {
      const question = await ask(scorer, template, { slots, count: 100 });
      const { spans } = await search(question);
      expect(spans).toHaveLength(spanCount(question));
      expect(spans.map(({ from, to }) => [from, to])).toEqual((await everySpan(question)).map(({ from, to }) => [from, to]));
    }
  });

  it('certifies a share that is never above the true one', async () => {
    for (const scorer of scorers) {
      const question = await ask(scorer, templates['eight tokens'] ?? [], { count: 2 });
      const all = await everySpan(question);
      const truth = 1 / all.reduce((sum, { score }) => sum + Math.exp(score - (all[0]?.score ?? 0)), 0);
      const { share } = await search(question);
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(truth + 1e-9);
    }
  });

  it('scores nothing twice and stays within the prefix tree', async () => {
    for (const scorer of scorers) {
      const template = templates['twelve tokens'] ?? [];
      const { counters } = await search(await ask(scorer, template));
      expect(counters.tree).toBe(treeSize(template.length));
      expect(counters.rows).toBeLessThanOrEqual(counters.tree);
      expect(counters.calls).toBeGreaterThan(0);
      if (name === 'breadth') expect(counters.calls).toBeGreaterThanOrEqual(template.length + 3);
    }
  });
});

describe('the depth-first search', () => {
  it('without a bound visits the whole prefix tree but for what must be empty or cannot end', async () => {
    const scorer = scorers[0] ?? toyScorer({ seed: 1, vocabularySize, end, contrast: 3 });
    for (const n of [1, 2, 3, 6, 10]) {
      const template = Array.from({ length: n }, (_, at) => 3 + at);
      const { counters } = await searchDepth(await ask(scorer, template, { count: 10_000 }));
      // Of C(n + 4, 3) - 1 prefixes, those with an empty span, those that can hold none any more (no marker at the end), and an opening at the end are not entered.
      const emptySpans = ((n + 1) * (n + 2)) / 2;
      expect(counters.rows).toBe(treeSize(n) - emptySpans - 2);
      expect(counters.pruned).toBe(0);
    }
  });

  it('finds the best span with a look-ahead of five nearly always, and says that it certifies nothing', async () => {
    let same = 0;
    for (const scorer of scorers) {
      const question = await ask(scorer, templates['twelve tokens'] ?? []);
      const [exact, heuristic] = [await searchDepth(question), await searchDepth(question, undefined, { lookAhead: 5 })];
      same += Number(exact.spans[0]?.from === heuristic.spans[0]?.from && exact.spans[0]?.to === heuristic.spans[0]?.to);
      expect(heuristic.share).toBe(0);
      expect(heuristic.counters.rows).toBeLessThanOrEqual(exact.counters.rows);
    }
    expect(same).toBeGreaterThanOrEqual(scorers.length - 1);
  });
});

describe('a marked template', () => {
  it('is the template once its markers are taken out', () => {
    const template = Int32Array.of(4, 5, 6, 7);
    const marked = markedTemplate({ template, open, close }, 1, 3);
    expect([...marked]).toEqual([4, open, 5, 6, close, 7]);
    expect([...marked].filter((token) => token !== open && token !== close)).toEqual([...template]);
    expect([...markedTemplate({ template, open, close }, 0)]).toEqual([open, 4, 5, 6, 7]);
  });
});

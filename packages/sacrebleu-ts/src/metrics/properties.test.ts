import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Metric, Segment, Statistics } from '../metric.ts';
import { corpusScore, emptyStatistics, leaveOneOut, rowOf, sumOf } from '../statistics.ts';
import { bleu } from './bleu.ts';
import { chrf } from './chrf.ts';

const { segments } = JSON.parse(readFileSync(new URL('../../fixtures/metrics.json', import.meta.url), 'utf8')) as { readonly segments: readonly Segment[] };

/** Every part of a corpus one segment at a time, as rows of one table. */
const gathered = (parts: readonly Statistics[]): Statistics => {
  const all = emptyStatistics(parts.length, parts[0]?.width ?? 0);
  parts.forEach((part, index) => rowOf(all, index).set(part.values));
  return all;
};

const metrics: readonly Metric[] = [bleu(), bleu({ tokenize: 'zh', lowercase: true, smoothMethod: 'add-k', smoothValue: 0.5 }), bleu({ tokenize: 'char', maxOrder: 6 }), chrf(), chrf({ wordOrder: 2, epsSmoothing: true })];

describe.each(metrics)('$name', (metric) => {
  it('does not care for the order of segments', () => {
    const value = corpusScore(metric, segments).value;
    expect(corpusScore(metric, segments.toReversed()).value).toBe(value);
    expect(corpusScore(metric, segments.toSorted((a, b) => a.hypothesis.length - b.hypothesis.length)).value).toBe(value);
  });

  it('scores the sum of statistics as the corpus, however it was read', () => {
    const whole = metric.extract(segments);
    const pieces = gathered(segments.map((segment) => metric.extract([segment])));
    expect(pieces.values).toEqual(whole.values);
    const [first, second] = [metric.extract(segments.slice(0, 11)), metric.extract(segments.slice(11))].map(sumOf);
    const sums = sumOf(whole);
    expect(sums.map((_, column) => (first?.[column] ?? 0) + (second?.[column] ?? 0))).toEqual(sums);
    expect(metric.score(sums).value).toBe(corpusScore(metric, segments).value);
  });

  it('leaves the sums alone and does not keep them', () => {
    const sums = sumOf(metric.extract(segments));
    const before = [...sums];
    const score = metric.score(sums);
    const text = score.format(5);
    expect([...sums]).toEqual(before);
    sums.fill(0);
    expect(score.format(5)).toBe(text);
  });

  it('gives 100 for perfect matches', () => {
    const perfect = segments.filter(({ hypothesis }) => hypothesis !== '').map(({ hypothesis }) => ({ hypothesis, references: [null, hypothesis] }));
    expect(corpusScore(metric, perfect).format(8, true)).toBe('100.00000000');
  });

  it('says of each segment what leaving it out changes', () => {
    const statistics = metric.extract(segments);
    const influence = leaveOneOut(metric, statistics);
    const whole = corpusScore(metric, segments).value;
    for (const index of segments.keys()) expect(influence[index], String(index)).toBe(whole - corpusScore(metric, segments.toSpliced(index, 1)).value);
  });

  it('reads a segment alike whatever was read before it', () => {
    const long = { hypothesis: 'a b c '.repeat(3000), references: ['a c b '.repeat(3000), 'c '.repeat(9000)] };
    const fresh = segments.map((segment) => metric.extract([segment]).values);
    metric.extract([long]);
    expect(segments.map((segment) => metric.extract([segment]).values)).toEqual(fresh);
  });
});

it('code points are counted, not code units', () => {
  expect(chrf().sentence({ hypothesis: '😀a', references: ['😀b'] }).value).toBe(25);
  expect([...chrf({ charOrder: 2 }).extract([{ hypothesis: '😀a', references: ['😁a'] }]).values]).toEqual([2, 2, 1, 1, 1, 0]);
  expect(bleu({ tokenize: 'char' }).sentence({ hypothesis: '😀😁', references: ['😀'] }).hypothesisLength).toBe(2);
});

it('matches are clipped by the largest count in one reference, not by their sum', () => {
  const score = bleu({ maxOrder: 2 }).sentence({ hypothesis: 'the the the the', references: ['the the cat', 'the dog the', 'a the'] });
  expect([score.counts, score.totals]).toEqual([[2, 1], [4, 3]]);
});

it('a segment of a million words is read to its end', () => {
  const words = Array.from({ length: 1_000_000 }, (_, index) => `w${(index * 7919) % 50_021}`);
  const hypothesis = words.join(' ');
  expect(bleu({ tokenize: 'none' }).sentence({ hypothesis, references: [words.slice(-50_000).join(' ')] }).totals[0]).toBe(1_000_000);
  expect(chrf({ charOrder: 2 }).sentence({ hypothesis, references: [hypothesis.slice(-50_000)] }).value).toBeGreaterThan(0);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../fixtures/thrown.ts';
import { LiveCorpus } from './live.ts';
import type { Metric, Score, Segment, Statistics } from './metric.ts';
import { bleu } from './metrics/bleu.ts';
import { chrf } from './metrics/chrf.ts';
import { corpusScore, leaveOneOut } from './statistics.ts';

const { segments } = JSON.parse(readFileSync(new URL('../fixtures/metrics.json', import.meta.url), 'utf8')) as { readonly segments: readonly Segment[] };

describe.each([bleu(), chrf({ wordOrder: 2 })] as readonly Metric[])('a live $name', (metric) => {
  it('has the score of the corpus after any adding, removing and replacing', () => {
    const live = new LiveCorpus(metric);
    const numbers = segments.map((segment) => live.add(segment));
    expect(live.score().format(10)).toBe(corpusScore(metric, segments).format(10));

    live.remove(numbers[3] ?? -1);
    live.remove(numbers[0] ?? -1);
    live.replace(numbers[7] ?? -1, { hypothesis: 'another one', references: ['another one entirely', null] });
    const changed = segments.with(7, { hypothesis: 'another one', references: ['another one entirely', null] }).filter((_, index) => index !== 3 && index !== 0);
    expect(live.size).toBe(segments.length - 2);
    expect(live.score().format(10)).toBe(corpusScore(metric, changed).format(10));
  });

  it('takes over what was read before, and knows each segment\'s influence', () => {
    const statistics = metric.extract(segments);
    const live = new LiveCorpus(metric);
    live.add({ hypothesis: 'gone', references: ['again'] });
    const first = live.addAll(statistics);
    live.remove(first - 1);
    expect(segments.map((_, index) => live.influence(first + index))).toEqual([...leaveOneOut(metric, statistics)]);
  });

  it('keeps what it has where a change is refused', () => {
    const live = new LiveCorpus(metric);
    const number = live.add({ hypothesis: 'a b c d', references: ['a b c d'] });
    const before = live.score().format(10);
    expect(thrownBy(() => live.replace(number, { hypothesis: 'a', references: [null] })).code).toBe('no-reference');
    expect(thrownBy(() => live.remove(number + 1)).code).toBe('bad-statistics');
    expect(thrownBy(() => live.addAll({ count: 1, width: 3, values: new Float64Array(3) })).code).toBe('bad-statistics');
    expect(live.score().format(10)).toBe(before);
    live.remove(number);
    expect(thrownBy(() => live.score()).code).toBe('empty-corpus');
  });
});

it('does not gather rounding where statistics have fractions', () => {
  const live = new LiveCorpus(thirds);
  const kept = [live.add(part(1)), live.add(part(2))];
  for (let round = 0; round < 1000; round += 1) live.remove(live.add(part(round % 7)));
  expect(live.size).toBe(kept.length);
  expect(live.score().value).toBe(1 / 3 + 2 / 3);
});

const part = (length: number): Segment => ({ hypothesis: 'x'.repeat(length), references: [''] });

/** A metric with fractions: a third of the hypothesis' length, summed. */
const thirds: Metric = {
  name: 'thirds',
  higherIsBetter: true,
  width: 1,
  fractional: true,
  extract: (given): Statistics => ({ count: given.length, width: 1, values: Float64Array.from(given, ({ hypothesis }) => hypothesis.length / 3) }),
  score: (sums): Score => ({ name: 'thirds', value: sums[0] ?? 0, verbose: '', format: () => '' }),
  sentence: () => expect.fail('not asked here'),
  signatureFields: () => [],
};

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../packages/sacrebleu-ts/src/index.ts';
import { countLinks, readPharaoh } from '../label/alignment-error.ts';
import { readTag, spansOfTags, tagsOfSpans, type Tag, type TagScheme } from '../label-formats/tag-schemes.ts';
import { compareMethods } from './compare-methods.ts';
import { evaluateSpans } from './evaluate-spans.ts';
import { alignmentErrorRate, linkStatistics, spanF1, spanStatistics } from './label-metrics.ts';
import { countSpans, spanMeasures, spanScore, type ComparedSpan, type SpanCounts } from './span-counts.ts';

/** What seqeval and nervaluate themselves say (scripts/fixtures/span_scores.py). */
type Span = readonly [label: string, start: number, end: number];
type Fixture = {
  readonly lenient: readonly { readonly tags: readonly string[]; readonly spans: readonly Span[] }[];
  readonly strict: readonly { readonly scheme: TagScheme; readonly tags: readonly string[]; readonly spans: readonly Span[] }[];
  readonly sentences: readonly { readonly gold: readonly Span[]; readonly predicted: readonly Span[]; readonly length: number; readonly nervaluate: Omit<SpanCounts, 'gold' | 'predicted'> }[];
  readonly seqeval: { readonly micro: readonly number[]; readonly macro: readonly number[]; readonly labels: readonly string[]; readonly byLabel: readonly (readonly number[])[] };
  readonly interval: { readonly lower: number; readonly upper: number; readonly mean: number };
};
const fixture = JSON.parse(readFileSync(new URL('./span-scores.fixture.json', import.meta.url), 'utf8')) as Fixture;

const spansOf = (spans: readonly Span[]): ComparedSpan[] => spans.map(([label, start, end]) => ({ label, start, end }));
const parsed = (tags: readonly string[]): Tag[] => tags.map((text) => readTag(text) ?? null);
const found = (tags: readonly string[]): Span[] => spansOfTags(parsed(tags)).map(({ label, from, to }) => [label, from, to]);
const sentences = fixture.sentences.map(({ gold, predicted, length }) => ({ gold: spansOf(gold), predicted: spansOf(predicted), language: length % 2 === 0 ? 'de' : 'en', words: length }));
const counts = sentences.map(({ gold, predicted }) => countSpans(gold, predicted));

describe('tags', () => {
  it('of any kind, legal or not, are read as seqeval reads them by default', () => {
    for (const { tags, spans } of fixture.lenient) expect(found(tags), tags.join(' ')).toEqual(spans);
  });
  it('of a scheme are read as seqeval reads them in strict mode, and written the same', () => {
    for (const { scheme, tags, spans } of fixture.strict) {
      // In IOE1 a span of one word right before another of its label is one E (Tjong Kim Sang and Veenstra 1999); seqeval drops that word.
      const dropped = (index: number): boolean => scheme === 'IOE1' && (tags[index]?.startsWith('E-') ?? false) && (index === 0 || tags[index - 1] !== tags[index]?.replace('E-', 'I-'));
      expect(found(tags).filter(([, from, to]) => !(to - from === 1 && dropped(from))), `${scheme} ${tags.join(' ')}`).toEqual(spans);
      expect(tagsOfSpans(spansOfTags(parsed(tags)), tags.length, scheme)).toEqual(tags);
    }
  });
});

describe('span scores', () => {
  const report = finish(evaluateSpans(sentences));
  it('are those of seqeval: micro, macro and by label', () => {
    const { precision, recall, f1 } = report.all.scores.exact;
    for (const [at, value] of [precision, recall, f1].entries()) expect(value).toBeCloseTo(fixture.seqeval.micro[at] ?? Number.NaN, 12);
    expect(report.macroF1.exact).toBeCloseTo(fixture.seqeval.macro[2] ?? Number.NaN, 12);
    expect(report.byLabel.map(({ name }) => name)).toEqual(fixture.seqeval.labels);
    for (const [at, { scores }] of report.byLabel.entries()) {
      const expected = fixture.seqeval.byLabel[at] ?? [];
      for (const [of, value] of [scores.exact.precision, scores.exact.recall, scores.exact.f1].entries()) expect(value).toBeCloseTo(expected[of] ?? Number.NaN, 12);
    }
  });
  it('have the bootstrap interval that numpy gives', () => {
    const interval = report.all.intervals?.exact;
    expect(interval?.lower).toBeCloseTo(fixture.interval.lower, 12);
    expect(interval?.upper).toBeCloseTo(fixture.interval.upper, 12);
    expect(interval?.mean).toBeCloseTo(fixture.interval.mean, 12);
  });
  it('are those of nervaluate where every span touches one other at most, and find no fewer elsewhere', () => {
    const touches = (left: ComparedSpan, right: ComparedSpan): boolean => left.start < right.end && right.start < left.end;
    let plain = 0;
    for (const [at, { gold, predicted }] of sentences.entries()) {
      const theirs = fixture.sentences[at]?.nervaluate;
      const isPlain = gold.every((span) => predicted.filter((other) => touches(span, other)).length <= 1) && predicted.every((span) => gold.filter((other) => touches(span, other)).length <= 1);
      plain += Number(isPlain);
      for (const measure of spanMeasures) {
        const [ours, reference] = [counts[at]?.[measure] ?? Number.NaN, theirs?.[measure] ?? Number.NaN];
        if (isPlain || measure === 'exact' || measure === 'exactAnyLabel') expect(ours).toBe(reference);
        else expect(ours).toBeGreaterThanOrEqual(reference);
      }
    }
    expect(plain).toBeGreaterThan(25);
  });
  it('stand apart by language and by length, and add up', () => {
    for (const rows of [report.byLanguage, report.byLength]) {
      expect(rows.reduce((sum, row) => sum + row.counts.exact, 0)).toBe(report.all.counts.exact);
      expect(rows.reduce((sum, row) => sum + row.sentences, 0)).toBe(sentences.length);
    }
    expect(report.byLanguage.map(({ name }) => name)).toEqual(['de', 'en']);
    expect(report.byLength.map(({ name }) => name)).toEqual(['1–10', '11–20']);
  });
  it('match every span with one other, equal ones first', () => {
    const whole: ComparedSpan = { label: 'ORG', start: 0, end: 10 };
    const parts: ComparedSpan[] = [{ label: 'ORG', start: 0, end: 4 }, { label: 'ORG', start: 5, end: 10 }];
    expect(countSpans(parts, [whole])).toEqual({ gold: 2, predicted: 1, exact: 0, overlap: 1, exactAnyLabel: 0, overlapAnyLabel: 1 });
    expect(countSpans([whole, ...parts], [{ label: 'LOC', start: 0, end: 4 }, whole])).toEqual({ gold: 3, predicted: 2, exact: 1, overlap: 1, exactAnyLabel: 2, overlapAnyLabel: 2 });
    expect(countSpans([{ label: 'A', start: 0, end: 3 }], [{ label: 'A', start: 3, end: 5 }])).toMatchObject({ overlap: 0, overlapAnyLabel: 0 });
  });
  it('are 1 where there is nothing to find and nothing was said, and 0 where only one of them is so', () => {
    expect(spanScore(countSpans([], []))).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(spanScore(countSpans([], [{ label: 'A', start: 0, end: 1 }]))).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('methods', () => {
  const perfect = sentences.map(({ gold }) => countSpans(gold, gold));
  const compare = (other: readonly SpanCounts[], seed: number) => finish(compareMethods(spanF1('exact'), [{ name: 'first', statistics: spanStatistics(counts, 'exact') }, { name: 'second', statistics: spanStatistics(other, 'exact') }], { trials: 500, resamples: 500, seed }));
  it('that differ are told apart by both tests, the same from the same seed', () => {
    const { bootstrap, randomization } = compare(perfect, 3);
    expect(bootstrap[1]?.score).toBe(1);
    for (const [, second] of [bootstrap, randomization]) expect(second?.outcome).toMatchObject({ greater: 0, identical: false });
    expect(compare(perfect, 3)).toEqual({ bootstrap, randomization });
  });
  it('that say the same are called identical', () => {
    const { bootstrap, randomization } = compare(counts, 3);
    for (const [, second] of [bootstrap, randomization]) expect(second?.outcome).toMatchObject({ difference: 0, identical: true });
  });
  it('that place word links are compared by their error rate, less being better', () => {
    const gold = ['0-0 1p1 2-2', '0-1 1-0', '0-0 1-1 2-2 3-3'].map((line) => readPharaoh(line));
    const of = (lines: readonly string[]) => linkStatistics(lines.map((line, at) => countLinks(readPharaoh(line).possible, gold[at] ?? { sure: [], possible: [] })));
    const { bootstrap } = finish(compareMethods(alignmentErrorRate, [{ name: 'first', statistics: of(['0-0', '0-0', '0-0 1-1']) }, { name: 'second', statistics: of(['0-0 2-2', '0-1 1-0', '0-0 1-1 2-2 3-3']) }], { resamples: 50, trials: 50 }));
    // |A| 4, |S| 8, |A and S| = |A and P| = 3, all sentences together; the second places no wrong link and misses no sure one.
    expect(bootstrap[0]?.score).toBeCloseTo(1 - 6 / 12, 12);
    expect(bootstrap[1]?.score).toBe(0);
  });
});

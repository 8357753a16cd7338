import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown.ts';
import type { Segment } from '../metric.ts';
import { corpusScore, sumOf } from '../statistics.ts';
import { type TerTokenizerOptions, terWords } from '../tokenizers/ter.ts';
import { ter } from './ter.ts';
import { EditCounter } from './translation-edit-rate.ts';

type Fixture = {
  readonly segments: readonly (readonly [hypothesis: string, references: readonly (string | null)[]])[];
  readonly settings: readonly {
    readonly options: { readonly normalized: boolean; readonly no_punct: boolean; readonly asian_support: boolean; readonly case_sensitive: boolean };
    readonly scores: readonly (readonly [score: number, text: string, edits: number, referenceLength: number])[];
    readonly tokenized: readonly (readonly [text: string, words: string])[];
  }[];
  readonly words: readonly { readonly hyp: readonly number[]; readonly ref: readonly number[]; readonly edits: number; readonly candidates: number }[];
};

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/ter.json', import.meta.url), 'utf8')) as Fixture;
const segments: readonly Segment[] = fixture.segments.map(([hypothesis, references]) => ({ hypothesis, references }));
const optionsOf = ({ options }: Fixture['settings'][number]): TerTokenizerOptions => ({
  normalized: options.normalized, noPunctuation: options.no_punct, asianSupport: options.asian_support, caseSensitive: options.case_sensitive,
});
const pair = (hypothesis: string, ...references: readonly (string | null)[]): Segment => ({ hypothesis, references });

describe('TER', () => {
  it('gives sacreBLEU’s doubles, texts, edits and lengths under all sixteen settings', () => {
    expect(fixture.settings).toHaveLength(16);
    for (const setting of fixture.settings) {
      const metric = ter(optionsOf(setting));
      const scores = segments.map((segment) => metric.sentence(segment)).map((score) => [score.value, score.format(), score.edits, score.referenceLength]);
      expect(scores).toEqual(setting.scores);
    }
  });

  it('splits words as sacreBLEU under all sixteen settings', () => {
    for (const setting of fixture.settings) {
      for (const [text, words] of setting.tokenized) expect(terWords(text, optionsOf(setting)).join(' '), text).toBe(words);
    }
  });

  it('counts edits and candidates as sacreBLEU where beam, shift length, distance and candidate limit matter', () => {
    const counter = new EditCounter();
    const stops = fixture.words.map(({ hyp, ref, edits, candidates }) => {
      const rate = counter.count(Int32Array.from(hyp), Int32Array.from(ref));
      expect({ edits: rate.edits, candidates: rate.candidates }).toEqual({ edits, candidates });
      return rate.stop;
    });
    expect(stops.filter((stop) => stop === 'candidates')).toHaveLength(fixture.words.filter((row) => row.candidates >= 1000).length);
    expect(stops).toContain('candidates');
  });

  it('takes the fewest edits and the mean length of several references', () => {
    const score = ter().sentence(pair('a b c d', 'a b', 'a b c d e'));
    expect([score.value, score.edits, score.referenceLength]).toEqual([28.57142857142857, 1, 3.5]);
  });

  it('scores a perfect match 0, nothing against nothing 0, and something against nothing 100', () => {
    expect([pair('a b', 'a b'), pair('', ''), pair('a b c', '')].map((segment) => ter().sentence(segment).value)).toEqual([0, 0, 100]);
  });

  it('splits a reference twice under `normalized`, as sacreBLEU does by oversight', () => {
    const normalized = ter({ normalized: true });
    expect(terWords('..1', { normalized: true })).toEqual(['.', '.1']);
    expect(normalized.sentence(pair('..1', '..1'))).toMatchObject({ edits: 2, referenceLength: 3 });
    expect(ter().sentence(pair('..1', '..1'))).toMatchObject({ edits: 0, referenceLength: 1 });
  });

  it('is the same for the segments in any order, and for the sum of two halves', () => {
    const metric = ter({ normalized: true });
    const whole = corpusScore(metric, segments);
    expect(corpusScore(metric, segments.toReversed()).edits).toBe(whole.edits);
    const halves = [segments.slice(0, 7), segments.slice(7)].map((part) => sumOf(metric.extract(part)));
    const sums = (halves[0] ?? []).map((value, at) => value + (halves[1]?.[at] ?? 0));
    expect(metric.score(sums)).toMatchObject({ value: whole.value, edits: whole.edits, referenceLength: whole.referenceLength });
  });

  it('refuses what cannot be scored', () => {
    expect(thrownBy(() => ter().extract([])).code).toBe('empty-corpus');
    expect(thrownBy(() => ter().sentence(pair('a', null))).code).toBe('no-reference');
    expect(thrownBy(() => ter().sentence(pair('\ud800', 'a'))).code).toBe('lone-surrogate');
    expect(thrownBy(() => ter({ nopunct: true } as TerTokenizerOptions)).code).toBe('unknown-option');
  });
});

describe('the limits of TER', () => {
  const numbers = (count: number, word: (at: number) => number): string => Array.from({ length: count }, (_, at) => `w${word(at)}`).join(' ');
  /** Few different words in disorder: many runs that could be moved. */
  const mixed = (count: number, factor: number): string => numbers(count, (at) => (at * at * factor + at) % 5);

  it('are not met by ordinary sentences', () => {
    expect(ter().sentence(pair('on the mat the cat sat', 'the cat sat on the mat')).limits).toEqual({ candidates: 0, beam: 0, size: 0 });
  });

  it('say that the candidates ran out', () => {
    expect(ter().sentence(pair(mixed(60, 7), mixed(60, 11))).limits).toMatchObject({ candidates: 1, size: 0 });
  });

  it('say that the beam may hide something: a run moved further than it is wide', () => {
    const words = numbers(60, (at) => at);
    const turned = numbers(60, (at) => (at + 30) % 60);
    expect(ter().sentence(pair(turned, words)).limits).toMatchObject({ beam: 1 });
    expect(ter().sentence(pair(numbers(60, (at) => (at === 5 ? 99 : at)), words)).limits).toMatchObject({ beam: 0 });
  });

  it('end a million words against a million, and say so', () => {
    const score = ter().sentence(pair(numbers(1_000_000, (at) => at % 500), numbers(1_000_000, (at) => (at * 7) % 500)));
    expect(score.limits).toMatchObject({ size: 1 });
    expect(score.referenceLength).toBe(1_000_000);
    expect(score.edits).toBeGreaterThan(0);
  });

  it('end a million words against ten, and ten against a million', () => {
    const long = numbers(1_000_000, (at) => at % 500);
    const short = numbers(10, (at) => at);
    expect(ter().sentence(pair(long, short)).edits).toBeGreaterThanOrEqual(999_990);
    expect(ter().sentence(pair(short, long)).edits).toBeGreaterThanOrEqual(999_990);
  });

  it('are counted over a corpus and its references', () => {
    const { limits } = ter().extract([pair(mixed(60, 7), mixed(60, 11), mixed(60, 7)), pair(mixed(60, 11), mixed(60, 7))]);
    expect(limits.candidates).toBe(2);
  });
});

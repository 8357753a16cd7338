import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chrfWords } from '../../fixtures/chrf-words.ts';
import { asUpstream, type BleuKeywords, bleuFrom, type BleuRecord, type ChrfKeywords, chrfFrom, type ChrfRecord, expectBleu, expectChrf } from '../../fixtures/upstream.ts';
import type { Metric, Segment } from '../metric.ts';
import { referenceCount } from '../segments.ts';
import { signature } from '../signature.ts';
import { corpusScore, sumOf } from '../statistics.ts';
import { tokenizerNamed } from '../tokenizers/registry.ts';

type Setting<K, R> = { readonly keywords: K; readonly signatures: readonly [string, string]; readonly corpus: R; readonly sentences: readonly R[] };
type Fixture = {
  readonly sacrebleu: string;
  readonly segments: readonly Segment[];
  readonly bleu: readonly Setting<BleuKeywords, BleuRecord>[];
  readonly chrf: readonly Setting<ChrfKeywords, ChrfRecord>[];
  readonly tokens: readonly ({ readonly text: string; readonly chrf: readonly string[] } & { readonly [tokenizer in '13a' | 'zh' | 'intl' | 'char' | 'none']: string })[];
};

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/metrics.json', import.meta.url), 'utf8')) as Fixture;

const signatures = (metric: Metric, segments: readonly Segment[]): string[] => [false, true].map((short) => asUpstream(signature(metric, { references: referenceCount(segments) }, short)));

describe('our own sentences, as sacreBLEU 2.6.0 sees them', () => {
  it('has them all', () => {
    expect([fixture.sacrebleu, fixture.segments.length, fixture.bleu.length, fixture.chrf.length, fixture.tokens.length]).toEqual(['2.6.0', 30, 15, 11, 280]);
  });

  it.each(fixture.bleu)('BLEU $keywords', ({ keywords, signatures: signed, corpus, sentences }) => {
    const metric = bleuFrom(keywords);
    expectBleu(corpusScore(metric, fixture.segments), corpus, 'corpus');
    expect(signatures(metric, fixture.segments)).toEqual(signed);
    fixture.segments.forEach((segment, index) => expectBleu(metric.sentence(segment), sentences[index] ?? expect.fail('no record'), segment.hypothesis));
  });

  it.each(fixture.chrf)('chrF $keywords', ({ keywords, signatures: signed, corpus, sentences }) => {
    const metric = chrfFrom(keywords);
    const sums = sumOf(metric.extract(fixture.segments));
    expectChrf(metric.score(sums), sums, corpus, 'corpus');
    expect(signatures(metric, fixture.segments)).toEqual(signed);
    for (const [index, segment] of fixture.segments.entries()) {
      const { values } = metric.extract([segment]);
      expectChrf(metric.score(values), values, sentences[index] ?? expect.fail('no record'), segment.hypothesis);
    }
  });

  it.each(['13a', 'zh', 'intl', 'char', 'none'] as const)('tokens of %s', (name) => {
    for (const one of fixture.tokens) expect(tokenizerNamed(name).tokenize(one.text), JSON.stringify(one.text)).toBe(one[name]);
  });

  it('words of chrF++', () => {
    for (const { text, chrf: words } of fixture.tokens) expect(chrfWords(text), JSON.stringify(text)).toEqual(words);
  });
});

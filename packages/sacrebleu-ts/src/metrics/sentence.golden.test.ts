import { expect, it } from 'vitest';
import { describeWithGolden } from '../../fixtures/golden.ts';
import { asUpstream, type BleuKeywords, bleuFrom, type BleuRecord, type ChrfKeywords, chrfFrom, type ChrfRecord, expectBleu, expectChrf } from '../../fixtures/upstream.ts';
import { signature } from '../signature.ts';
import { fixed } from '../text/half-even.ts';
import { bleuOf, type SmoothMethod } from './bleu-score.ts';

type Case = { readonly id: number; readonly hyp: string; readonly refs: readonly (string | null)[] } & { readonly [setting: string]: unknown };
type Golden = {
  readonly settings: Readonly<Record<string, object>>;
  readonly signatures_one_ref: Readonly<Record<string, readonly [string, string]>>;
  readonly cases: readonly Case[];
  readonly compute_bleu: readonly {
    readonly correct: readonly number[];
    readonly total: readonly number[];
    readonly sys_len: number;
    readonly ref_len: number;
    readonly smooth_method: SmoothMethod;
    readonly smooth_value: number | null;
    readonly effective_order: boolean;
    readonly result: BleuRecord;
  }[];
  readonly format: readonly { readonly value: number; readonly fixed: readonly string[] }[];
};

describeWithGolden<Golden>('sentence', 'sentence scores', (golden) => {
  const named = (prefix: string): string[] => Object.keys(golden.settings).filter((name) => name.startsWith(prefix));

  it('covers every case', () => {
    expect({
      cases: golden.cases.length,
      bleu: named('bleu.').length,
      chrf: named('chrf.').length,
      computed: golden.compute_bleu.length,
      formats: golden.format.length,
      together: named('bleu.').length + named('chrf.').length + named('ter.').length,
    }).toEqual({ cases: 249, bleu: 35, chrf: 23, computed: 150, formats: 74, together: 74 });
  });

  it.each(named('bleu.'))('BLEU: %s', (name) => {
    const metric = bleuFrom(golden.settings[name] as BleuKeywords);
    for (const one of golden.cases) {
      expectBleu(metric.sentence({ hypothesis: one.hyp, references: one.refs }), one[name] as BleuRecord, `case ${one.id}`);
    }
    expectSignatures(metric, golden.signatures_one_ref[name]);
  });

  it.each(named('chrf.'))('chrF: %s', (name) => {
    const metric = chrfFrom(golden.settings[name] as ChrfKeywords);
    for (const one of golden.cases) {
      const { values } = metric.extract([{ hypothesis: one.hyp, references: one.refs }]);
      expectChrf(metric.score(values), values, one[name] as ChrfRecord, `case ${one.id}`);
    }
    expectSignatures(metric, golden.signatures_one_ref[name]);
  });

  const expectSignatures = (metric: Parameters<typeof signature>[0], expected: readonly [string, string] | undefined): void =>
    expect([asUpstream(signature(metric, { references: 1 })), asUpstream(signature(metric, { references: 1 }, true))]).toEqual(expected);

  it('computes BLEU from sums, impossible ones too', () => {
    for (const record of golden.compute_bleu) {
      const sums = { correct: record.correct, total: record.total, hypothesisLength: record.sys_len, referenceLength: record.ref_len };
      const score = bleuOf(sums, { smoothMethod: record.smooth_method, smoothValue: record.smooth_value, effectiveOrder: record.effective_order });
      expectBleu(score, record.result, JSON.stringify(record));
    }
  });

  it('rounds half to even at every width', () => {
    for (const { value, fixed: expected } of golden.format) expect(expected.map((_, width) => fixed(value, width)), String(value)).toEqual(expected);
  });
});

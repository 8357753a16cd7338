/**
 * Minimum Bayes risk: of several translations the one that agrees best with all of them, weighted by how likely they are.
 *
 * Kumar and Byrne 2004, "Minimum Bayes-risk decoding for statistical machine translation"; over samples: Eikema and Aziz 2020, "Is MAP decoding all you need?".
 */
import { chrf } from '../../../packages/sacrebleu-ts/src/index.ts';

/** Any score of one translation against another, higher is better. */
export type SegmentMetric = { readonly name: string; score(hypothesis: string, reference: string): number };

/** chrF2 of single sentences, 0..100. */
export const chrfMetric = (): SegmentMetric => {
  const metric = chrf();
  return { name: metric.name, score: (hypothesis, reference) => metric.sentence({ hypothesis, references: [reference] }).value };
};

export type Candidate = { readonly text: string; readonly logProbability: number };

/**
 * The expected score of each candidate, its own share included; in the order of the candidates.
 *
 * @param weights `even` for samples, which come as often as they are likely; `model` for an n-best list, whose probabilities are brought to the sum 1.
 */
export const expectedScores = (candidates: readonly Candidate[], metric: SegmentMetric, weights: 'even' | 'model'): readonly number[] => {
  const most = candidates.reduce((highest, { logProbability }) => Math.max(highest, logProbability), -Infinity);
  const shares = candidates.map(({ logProbability }) => (weights === 'even' ? 1 : Math.exp(logProbability - most)));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const byText = new Map<string, number>();
  for (const [at, { text }] of candidates.entries()) byText.set(text, (byText.get(text) ?? 0) + (shares[at] ?? 0) / all);
  const expected = new Map([...byText.keys()].map((text) => [text, [...byText].reduce((sum, [reference, share]) => sum + share * metric.score(text, reference), 0)] as const));
  return candidates.map(({ text }) => expected.get(text) ?? 0);
};

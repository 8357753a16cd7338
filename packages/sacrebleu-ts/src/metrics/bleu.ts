import { SacrebleuError } from '../errors.ts';
import type { Metric, Segment, SignatureField, Statistics } from '../metric.ts';
import { checkOptionNames, checkWhole } from '../options.ts';
import { checkSegments, presentReferences } from '../segments.ts';
import { emptyStatistics, rowOf } from '../statistics.ts';
import { fixed } from '../text/half-even.ts';
import { tokenizerNamed } from '../tokenizers/registry.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { BleuCounter } from './bleu-counts.ts';
import { bleuOf, type BleuFormula, type BleuScore, smoothDefaults, type SmoothMethod } from './bleu-score.ts';

export type BleuOptions = {
  /** Longest n-gram, default 4. */
  readonly maxOrder?: number;
  /** Default `exp`. */
  readonly smoothMethod?: SmoothMethod;
  /** For `floor` (default 0.1) and `add-k` (default 1). */
  readonly smoothValue?: number | null;
  /** Leaves out orders longer than the text; wanted for single sentences. */
  readonly effectiveOrder?: boolean;
  readonly lowercase?: boolean;
  /** A name that `tokenizerNamed` knows, or a tokenizer; default `13a`. */
  readonly tokenize?: string | Tokenizer;
};

const optionNames = ['maxOrder', 'smoothMethod', 'smoothValue', 'effectiveOrder', 'lowercase', 'tokenize'] as const satisfies readonly (keyof BleuOptions)[];

/**
 * BLEU with sacreBLEU's numbers (Post 2018).
 *
 * @throws SacrebleuError `unknown-option`, `bad-option`, `unknown-tokenizer` or `tokenizer-unavailable`.
 */
export const bleu = (options: BleuOptions = {}): Metric<BleuScore> => {
  checkOptionNames('BLEU', options, optionNames);
  const { maxOrder = 4, smoothMethod = 'exp', smoothValue = null, effectiveOrder = false, lowercase = false, tokenize = '13a' } = options;
  checkWhole('BLEU', 'maxOrder', maxOrder, 1);
  checkSmoothing(smoothMethod, smoothValue);
  const tokenizer = typeof tokenize === 'string' ? tokenizerNamed(tokenize) : tokenize;
  const counter = new BleuCounter(tokenizer, lowercase, maxOrder);
  const width = 2 + 2 * maxOrder;
  const formula: BleuFormula = { smoothMethod, smoothValue, effectiveOrder };

  const extract = (segments: readonly Segment[]): Statistics => {
    checkSegments(segments);
    const statistics = emptyStatistics(segments.length, width);
    segments.forEach((segment, index) => counter.count(segment.hypothesis, presentReferences(segment), rowOf(statistics, index)));
    return statistics;
  };
  const scoreBy = (by: BleuFormula) => (sums: ArrayLike<number>): BleuScore => {
    const correct = Array.from({ length: maxOrder }, (_, n) => sums[2 + n] ?? 0);
    const total = Array.from({ length: maxOrder }, (_, n) => sums[2 + maxOrder + n] ?? 0);
    return bleuOf({ correct, total, hypothesisLength: sums[0] ?? 0, referenceLength: sums[1] ?? 0 }, by);
  };
  const score = scoreBy(formula);
  return {
    name: 'BLEU',
    higherIsBetter: true,
    width,
    fractional: false,
    extract,
    score,
    scoreOfIntegerRows: scoreBy({ ...formula, wholeSums: true }),
    sentence: (segment) => score(extract([segment]).values),
    signatureFields: (): readonly SignatureField[] => [
      ['case', 'c', lowercase ? 'lc' : 'mixed'],
      ['eff', 'e', effectiveOrder ? 'yes' : 'no'],
      ['tok', 'tok', tokenizer.signature],
      ['smooth', 's', smoothingSignature(smoothMethod, smoothValue)],
    ],
  };
};

const checkSmoothing = (method: string, value: number | null): void => {
  if (!Object.hasOwn(smoothDefaults, method)) throw new SacrebleuError('bad-option', `BLEU has no smoothMethod "${method}". It has ${Object.keys(smoothDefaults).join(', ')}.`);
  if (value !== null && !(value >= 0 && Number.isFinite(value))) throw new SacrebleuError('bad-option', `BLEU's smoothValue must be a number from 0 on, not ${value}.`);
};

/** `exp`, or with a value `floor[0.10]`. */
const smoothingSignature = (method: SmoothMethod, value: number | null): string => {
  const preset = smoothDefaults[method];
  return preset === null ? method : `${method}[${fixed(value ?? preset, 2)}]`;
};

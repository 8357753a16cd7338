import { SacrebleuError } from '../errors.ts';
import type { Metric, Score, Segment, SignatureField, Statistics } from '../metric.ts';
import { checkOptionNames, checkWhole } from '../options.ts';
import { scoreText } from '../score-text.ts';
import { checkSegments, presentReferences } from '../segments.ts';
import { emptyStatistics, rowOf } from '../statistics.ts';
import { pyLower } from '../text/python-text.ts';
import { ChrfCounter } from './chrf-counts.ts';

export type ChrfOptions = {
  /** Longest character n-gram, default 6. */
  readonly charOrder?: number;
  /** Longest word n-gram, default 0; 2 makes it chrF++. */
  readonly wordOrder?: number;
  /** How much recall weighs against precision, default 2. */
  readonly beta?: number;
  readonly lowercase?: boolean;
  /** Keeps whitespace in character n-grams. */
  readonly whitespace?: boolean;
  /** The mean of each order's F with a tiny constant for what is undefined (chrF++.py, NLTK, Moses), instead of the F of means over the orders that exist. */
  readonly epsSmoothing?: boolean;
};

const optionNames = ['charOrder', 'wordOrder', 'beta', 'lowercase', 'whitespace', 'epsSmoothing'] as const satisfies readonly (keyof ChrfOptions)[];

export type ChrfScore = Score & { readonly charOrder: number; readonly wordOrder: number; readonly beta: number };

/**
 * chrF and chrF++ (Popović 2015, 2017) with sacreBLEU's numbers.
 *
 * Rows are [hypothesis, reference, match] for each order, characters first; of several references the one with the highest score, first of equals.
 *
 * @throws SacrebleuError `unknown-option` or `bad-option`.
 */
export const chrf = (options: ChrfOptions = {}): Metric<ChrfScore> => {
  checkOptionNames('chrF', options, optionNames);
  const { charOrder = 6, wordOrder = 0, beta = 2, lowercase = false, whitespace = false, epsSmoothing = false } = options;
  checkOrders(charOrder, wordOrder, beta);
  const name = `chrF${beta}${'+'.repeat(wordOrder)}`;
  const width = 3 * (charOrder + wordOrder);
  const counter = new ChrfCounter({ charOrder, wordOrder, whitespace });
  const value = epsSmoothing ? meanOfOrders(beta) : scoreOfMeans(beta);
  const prepare = (text: string): string => (lowercase ? pyLower(text) : text);

  const candidate = new Float64Array(width);
  const count = (segment: Segment, row: Float64Array): void => {
    const hypothesis = prepare(segment.hypothesis);
    const [first = '', ...others] = presentReferences(segment);
    counter.count(hypothesis, prepare(first), row);
    if (others.length === 0) return;
    let best = value(row);
    for (const other of others) {
      counter.count(hypothesis, prepare(other), candidate);
      const score = value(candidate);
      if (score <= best) continue;
      best = score;
      row.set(candidate);
    }
  };
  const extract = (segments: readonly Segment[]): Statistics => {
    checkSegments(segments);
    const statistics = emptyStatistics(segments.length, width);
    segments.forEach((segment, index) => count(segment, rowOf(statistics, index)));
    return statistics;
  };
  const score = (sums: ArrayLike<number>): ChrfScore => {
    const made: ChrfScore = { name, value: value(sums), verbose: '', charOrder, wordOrder, beta, format: (width, scoreOnly) => scoreText(made, { width: width ?? 2, scoreOnly: scoreOnly ?? false }) };
    return made;
  };
  return {
    name,
    higherIsBetter: true,
    width,
    fractional: false,
    extract,
    score,
    sentence: (segment) => score(extract([segment]).values),
    signatureFields: (): readonly SignatureField[] => [
      ['case', 'c', lowercase ? 'lc' : 'mixed'],
      ['eff', 'e', epsSmoothing ? 'no' : 'yes'],
      ['nc', 'nc', String(charOrder)],
      ['nw', 'nw', String(wordOrder)],
      ['space', 's', whitespace ? 'yes' : 'no'],
    ],
  };
};

const checkOrders = (charOrder: number, wordOrder: number, beta: number): void => {
  checkWhole('chrF', 'charOrder', charOrder, 0);
  checkWhole('chrF', 'wordOrder', wordOrder, 0);
  if (charOrder + wordOrder === 0) throw new SacrebleuError('bad-option', 'chrF needs an order: charOrder and wordOrder are both 0.');
  if (!(beta >= 0 && Number.isFinite(beta))) throw new SacrebleuError('bad-option', `chrF's beta must be a number from 0 on, not ${beta}.`);
};

/** chrF from sums, in percent. Operations are in sacreBLEU's order, so that doubles agree to the last bit. */
type ChrfValue = (sums: ArrayLike<number>) => number;

/** sacreBLEU's default: precision and recall averaged over the orders that both sides have, then one F. */
const scoreOfMeans = (beta: number): ChrfValue => (sums) => {
  const factor = beta ** 2;
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let at = 0; at < sums.length; at += 3) {
    const hypothesis = sums[at] ?? 0;
    const reference = sums[at + 1] ?? 0;
    if (hypothesis <= 0 || reference <= 0) continue;
    precision += (sums[at + 2] ?? 0) / hypothesis;
    recall += (sums[at + 2] ?? 0) / reference;
    orders += 1;
  }
  if (orders === 0) return 0;
  precision /= orders;
  recall /= orders;
  if (precision + recall === 0) return 0;
  return 100 * (((1 + factor) * precision * recall) / (factor * precision + recall));
};

const epsilon = 1e-16;

/** chrF++.py's way: an F for every order, undefined parts being epsilon, and their mean. */
const meanOfOrders = (beta: number): ChrfValue => (sums) => {
  const factor = beta ** 2;
  let score = 0;
  for (let at = 0; at < sums.length; at += 3) {
    const hypothesis = sums[at] ?? 0;
    const reference = sums[at + 1] ?? 0;
    const match = sums[at + 2] ?? 0;
    const precision = hypothesis > 0 ? match / hypothesis : epsilon;
    const recall = reference > 0 ? match / reference : epsilon;
    const denominator = factor * precision + recall;
    score += denominator > 0 ? ((1 + factor) * precision * recall) / denominator : epsilon;
  }
  return (100 * score) / (sums.length / 3);
};

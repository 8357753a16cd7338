import type { Score } from '../metric.ts';
import { scoreText } from '../score-text.ts';
import { fixed } from '../text/half-even.ts';

export type SmoothMethod = 'exp' | 'floor' | 'add-k' | 'none';

/** sacreBLEU's values where a method needs one and none is given (Chen and Cherry 2014). null: the method has none. */
export const smoothDefaults: Readonly<Record<SmoothMethod, number | null>> = { exp: null, floor: 0.1, 'add-k': 1, none: null };

/** Sums that a BLEU score is made of. `correct` and `total` are n-grams by order, from 1 on. */
export type BleuSums = {
  readonly correct: readonly number[];
  readonly total: readonly number[];
  readonly hypothesisLength: number;
  readonly referenceLength: number;
};

export type BleuScore = Score & {
  /** Matched n-grams by order; after add-k smoothing the smoothed numbers, as in sacreBLEU. */
  readonly counts: readonly number[];
  readonly totals: readonly number[];
  /** In percent, smoothed. */
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
  /** Hypothesis length by reference length; 0 where the references are empty. */
  readonly ratio: number;
  /** In tokens. */
  readonly hypothesisLength: number;
  readonly referenceLength: number;
};

export type BleuFormula = {
  readonly smoothMethod: SmoothMethod;
  readonly smoothValue: number | null;
  readonly effectiveOrder: boolean;
  /** Whether add-k's sums lose their fraction: rows of integers in NumPy do. */
  readonly wholeSums?: boolean;
};

/** What sacreBLEU takes for the logarithm of zero: enough for a score of exactly 0. */
const logOfZero = -9999999999;

/**
 * BLEU from its sums (Papineni et al. 2002; sacreBLEU `BLEU.compute_bleu`).
 *
 * Without any match it is 0 before smoothing, with all precisions 0 (https://github.com/mjpost/sacrebleu/issues/141). The effective order is the
 * largest with any n-gram, not with any match.
 */
export const bleuOf = (sums: BleuSums, formula: BleuFormula): BleuScore => {
  const counts = [...sums.correct];
  const totals = [...sums.total];
  const precisions = counts.map(() => 0);
  const brevityPenalty = brevityPenaltyOf(sums.hypothesisLength, sums.referenceLength);
  const scored = (value: number): BleuScore => bleuScore(value, { counts, totals, precisions, brevityPenalty, hypothesisLength: sums.hypothesisLength, referenceLength: sums.referenceLength });
  if (counts.every((count) => count === 0)) return scored(0);

  const smoothValue = formula.smoothValue ?? smoothDefaults[formula.smoothMethod] ?? 0;
  let divisor = 1;
  let order = counts.length;
  for (let n = 0; n < counts.length; n += 1) {
    if (formula.smoothMethod === 'add-k' && n > 0) {
      counts[n] = raised(counts[n] ?? 0, smoothValue, formula);
      totals[n] = raised(totals[n] ?? 0, smoothValue, formula);
    }
    const count = counts[n] ?? 0;
    const total = totals[n] ?? 0;
    if (total === 0) break;
    if (formula.effectiveOrder) order = n + 1;
    if (count !== 0) {
      precisions[n] = (100 * count) / total;
    } else if (formula.smoothMethod === 'exp') {
      divisor *= 2;
      precisions[n] = 100 / (divisor * total);
    } else if (formula.smoothMethod === 'floor') {
      precisions[n] = (100 * smoothValue) / total;
    }
  }
  let logarithms = 0;
  for (const precision of precisions.slice(0, order)) logarithms += precision === 0 ? logOfZero : Math.log(precision);
  return scored(brevityPenalty * Math.exp(logarithms / order));
};

const raised = (count: number, by: number, { wholeSums = false }: BleuFormula): number => (wholeSums ? Math.trunc(count + by) : count + by);

const brevityPenaltyOf = (hypothesisLength: number, referenceLength: number): number => {
  if (hypothesisLength >= referenceLength) return 1;
  return hypothesisLength > 0 ? Math.exp(1 - referenceLength / hypothesisLength) : 0;
};

const bleuScore = (value: number, parts: Omit<BleuScore, keyof Score | 'ratio'>): BleuScore => {
  const ratio = parts.referenceLength === 0 ? 0 : parts.hypothesisLength / parts.referenceLength;
  const score = {
    name: 'BLEU',
    value,
    ...parts,
    ratio,
    /** A getter, because resampling makes thousands of scores that nobody prints. */
    get verbose(): string {
      const precisions = parts.precisions.map((precision) => fixed(precision, 1)).join('/');
      return `${precisions} (BP = ${fixed(parts.brevityPenalty, 3)} ratio = ${fixed(ratio, 3)} hyp_len = ${parts.hypothesisLength} ref_len = ${parts.referenceLength})`;
    },
    format: (width = 2, scoreOnly = false): string => scoreText(score, { width, scoreOnly }),
  };
  return score;
};

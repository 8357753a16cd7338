import type { RatingPattern } from './rating-patterns.ts';

/** A measure of agreement, or why there is none: all kappas are 0/0 where everybody always says the same. */
export type Measured = number | 'no-variance' | 'too-few';

/** The share of agreeing couples of raters, each item counting once however many rated it. */
export const percentAgreement = (patterns: readonly RatingPattern[]): Measured => {
  let [items, agreeing] = [0, 0];
  for (const { values, count } of patterns) {
    const rated = values.filter((value) => value !== 0);
    const alike = countsOf(rated).reduce((sum, times) => sum + times * (times - 1), 0);
    items += count;
    agreeing += (count * alike) / (rated.length * (rated.length - 1));
  }
  return items === 0 ? 'too-few' : agreeing / items;
};

/** What two raters said of the items both rated, as patterns of two. */
export const patternsOfTwo = (patterns: readonly RatingPattern[], first: number, second: number): readonly RatingPattern[] =>
  patterns.map(({ values, count }) => ({ values: [values[first] ?? 0, values[second] ?? 0], count })).filter(({ values }) => !values.includes(0));

/**
 * Cohen's kappa of two raters: (p - e) / (1 - e), with the observed agreement p and e = what two raters with these shares would agree by chance.
 *
 * Cohen 1960. @param patterns of two, see `patternsOfTwo`.
 */
export const cohenKappa = (patterns: readonly RatingPattern[]): Measured => {
  const items = patterns.reduce((sum, { count }) => sum + count, 0);
  if (items === 0) return 'too-few';
  const shares = [new Map<number, number>(), new Map<number, number>()];
  let agreeing = 0;
  for (const { values, count } of patterns) {
    shares.forEach((share, rater) => share.set(values[rater] ?? 0, (share.get(values[rater] ?? 0) ?? 0) + count));
    if (values[0] === values[1]) agreeing += count;
  }
  const byChance = [...shares[0] ?? []].reduce((sum, [value, times]) => sum + times * (shares[1]?.get(value) ?? 0), 0);
  // Whole numbers up to here: chance agreement of exactly 1 is told from nearly 1.
  return byChance === items * items ? 'no-variance' : (agreeing * items - byChance) / (items * items - byChance);
};

/** Cohen's kappa of more than two: the mean over the couples that have one (Light 1971). */
export const meanKappa = (patterns: readonly RatingPattern[], raters: number): Measured => {
  const kappas = couplesOf(raters).map(([first, second]) => cohenKappa(patternsOfTwo(patterns, first, second)));
  const known = kappas.filter((kappa) => typeof kappa === 'number');
  if (known.length > 0) return known.reduce((sum, kappa) => sum + kappa, 0) / known.length;
  return kappas.includes('no-variance') ? 'no-variance' : 'too-few';
};

/** (0, 1), (0, 2), (1, 2) ... */
export const couplesOf = (raters: number): readonly (readonly [number, number])[] =>
  Array.from({ length: raters }, (_, first) => Array.from({ length: raters - first - 1 }, (_, more) => [first, first + 1 + more] as const)).flat();

/**
 * How often two ratings of one item stand together: `[c][k]`, each item weighing as many ratings as it has, so that ratings may be missing.
 *
 * An item with m ratings adds 1 / (m - 1) for each ordered couple of its ratings (Krippendorff 2011, section D). Categories from 1; row and column 0 stay empty.
 */
export const coincidences = (patterns: readonly RatingPattern[], categories: number): readonly Float64Array[] => {
  const matrix = Array.from({ length: categories + 1 }, () => new Float64Array(categories + 1));
  for (const { values, count } of patterns) {
    const rated = values.filter((value) => value !== 0);
    for (const [at, one] of rated.entries()) for (const [other, two] of rated.entries()) {
      const row = matrix[one];
      if (at !== other && row !== undefined) row[two] = (row[two] ?? 0) + count / (rated.length - 1);
    }
  }
  return matrix;
};

/**
 * Krippendorff's alpha: 1 - observed / expected disagreement, for any number of raters and missing ratings.
 *
 * Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": observed = sum o[c][k] d(c, k), expected = sum n[c] n[k] d(c, k) / (n - 1).
 * Nominal d is 1 for different categories; ordinal d is the square of how many ratings lie between two categories, half of each end counted.
 */
export const krippendorffAlpha = (patterns: readonly RatingPattern[], categories: number, level: 'nominal' | 'ordinal'): Measured => {
  const matrix = coincidences(patterns, categories);
  const totals = matrix.map((row) => row.reduce((sum, value) => sum + value, 0));
  const all = totals.reduce((sum, value) => sum + value, 0);
  if (all === 0) return 'too-few';
  const before = totals.map((_, category) => totals.slice(0, category).reduce((sum, value) => sum + value, 0));
  const middle = (category: number): number => (before[category] ?? 0) + (totals[category] ?? 0) / 2;
  const distance = (one: number, other: number): number => (level === 'nominal' ? 1 : (middle(one) - middle(other)) ** 2);
  let [observed, expected] = [0, 0];
  for (const [one, row] of matrix.entries()) for (const [other, together] of row.entries()) {
    if (one === other) continue;
    observed += together * distance(one, other);
    expected += (totals[one] ?? 0) * (totals[other] ?? 0) * distance(one, other);
  }
  return expected === 0 ? 'no-variance' : 1 - (observed * (all - 1)) / expected;
};

const countsOf = (values: readonly number[]): readonly number[] => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
};

/** How often a combination of ratings occurs; `values[rater]` is 1, 2, ... by category, 0 where the rater did not rate. */
export type RatingPattern = { readonly values: readonly number[]; readonly count: number };

/**
 * Counts combinations of ratings, so that a million items become some dozens of patterns: no measure of agreement sees more of them than that, and
 * a thousand resamples of them cost as little as one.
 *
 * Items that fewer than two rated say nothing about agreement and are left out.
 */
export const createPatternCounter = (raters: number) => {
  const counts = new Map<string, { values: readonly number[]; count: number }>();
  return {
    add: (valueOf: (rater: number) => number): void => {
      let key = '';
      let rated = 0;
      for (let rater = 0; rater < raters; rater += 1) {
        const value = valueOf(rater);
        if (value !== 0) rated += 1;
        key += String.fromCharCode(value);
      }
      if (rated < 2) return;
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { values: Array.from(key, (sign) => sign.charCodeAt(0)), count: 1 });
      else known.count += 1;
    },
    /** In the order of their keys: the same items give the same list in whatever order they came. */
    patterns: (): readonly RatingPattern[] => [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, pattern]) => pattern),
  };
};

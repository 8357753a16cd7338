/**
 * Holm's step-down correction for testing several systems against one baseline: adjusted p-values, in the order given.
 *
 * The i-th smallest of m is multiplied by m - i (i from 0), never falls below a smaller one's, and is cut at 1; below 0.05 keeps the chance of
 * even one false finding below 5 %. S. Holm, "A simple sequentially rejective multiple test procedure", 1979.
 */
export const holm = (pValues: readonly number[]): number[] => {
  const order = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => a.pValue - b.pValue);
  const adjusted = [...pValues];
  let floor = 0;
  for (const [rank, { pValue, index }] of order.entries()) {
    floor = Math.max(floor, Math.min(1, pValue * (pValues.length - rank)));
    adjusted[index] = floor;
  }
  return adjusted;
};

/**
 * The mean as NumPy takes it: sums by halves, eight at a time at the bottom.
 *
 * A test statistic is compared with this mean by a strict `>`, so its last bit can decide a tie.
 */
export const numpyMean = (values: Float64Array): number => pairwiseSum(values) / values.length;

const pairwiseSum = (values: Float64Array): number => {
  if (values.length <= 128) return blockSum(values);
  const half = values.length >> 1;
  const middle = half - (half % 8);
  return pairwiseSum(values.subarray(0, middle)) + pairwiseSum(values.subarray(middle));
};

/** numpy/_core/src/umath/loops_utils: fewer than 8 in order; else eight running sums, joined as a tree, then the rest in order. */
const blockSum = (values: Float64Array): number => {
  const lead = values.length < 8 ? 0 : values.length - (values.length % 8);
  const running = new Float64Array(8);
  for (let index = 0; index < lead; index += 1) running[index % 8] = (running[index % 8] ?? 0) + (values[index] ?? 0);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = running;
  return values.subarray(lead).reduce((sum, value) => sum + value, a + b + (c + d) + (e + f + (g + h)));
};

/** Logarithm of the density of the standard normal law. */
export const logNormalDensity = (x: number): number => -0.5 * x * x - halfLogTwoPi;

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * Probability that a standard normal number exceeds x.
 *
 * Chebyshev fit of the complementary error function with a relative error below 1.2e-7 everywhere (Press et al., Numerical Recipes, section 6.2).
 * upperTail(0) = .5, upperTail(1.959964) = .025.
 */
export const upperTail = (x: number): number => {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * z);
  let sum = 0.17087277;
  sum = sum * t - 0.82215223;
  sum = sum * t + 1.48851587;
  sum = sum * t - 1.13520398;
  sum = sum * t + 0.27886807;
  sum = sum * t - 0.18628806;
  sum = sum * t + 0.09678418;
  sum = sum * t + 0.37409196;
  sum = sum * t + 1.00002368;
  sum = sum * t - 1.26551223;
  const tail = 0.5 * t * Math.exp(-z * z + sum);
  return x >= 0 ? tail : 1 - tail;
};

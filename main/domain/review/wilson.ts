/** 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

/** Wilson's 95 % interval of a share (Wilson 1927): with few trials, or none that failed, it stays honest where mean ± 2 deviations does not. */
export const wilsonInterval = (right: number, judged: number): readonly [low: number, high: number] => {
  const share = right / judged;
  const middle = share + (z * z) / (2 * judged);
  const half = z * Math.sqrt((share * (1 - share)) / judged + (z * z) / (4 * judged * judged));
  const whole = 1 + (z * z) / judged;
  return [right === 0 ? 0 : (middle - half) / whole, right === judged ? 1 : (middle + half) / whole];
};

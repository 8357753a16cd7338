/**
 * A number with a fixed count of decimals, as Python's `f"{value:.{digits}f}"`: the exact double, ties to even.
 *
 * `toFixed` is exact too, but takes exact ties away from zero: 12.25 is 12.3 there and 12.2 here. A tie is a number that is an odd multiple
 * of 2^-(digits + 1), which can be asked exactly. Infinities and NaN are spelt as in Python.
 */
export const fixed = (value: number, digits: number): string => {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}inf`;
  if (size >= 1e21) return `${sign}${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const text = size.toFixed(digits);
  return sign + (isTie(size, digits) ? evenLastDigit(text) : text);
};

const isTie = (size: number, digits: number): boolean => (size * 2 ** (digits + 1)) % 2 === 1;

/** The tie went up; where that made the last digit odd, the neighbour below is the even one. */
const evenLastDigit = (text: string): string => {
  const last = Number(text.at(-1));
  return last % 2 === 0 ? text : `${text.slice(0, -1)}${last - 1}`;
};

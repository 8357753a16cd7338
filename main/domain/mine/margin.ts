import type { Margin } from '../../contract/mine.ts';

/**
 * Margin scoring of sentence pairs (Artetxe and Schwenk 2019, equation 2; LASER `mine_bitexts.py`).
 *
 * A cosine alone prefers sentences that are close to everything. The margin asks how much closer two sentences are than each of them is to its
 * own k nearest neighbours of the other language. Everything is float64.
 */

/**
 * Margins with the same key are tied: the margin rounded to a millionth.
 *
 * A tolerance ("closer than 1e-6") would not be transitive and so no order; a rounded key is one. NumPy repeats it as `floor(m * 1e6 + .5)`.
 */
export const marginKey = (margin: number): number => Math.floor(margin * 1e6 + 0.5);

/** Cosines with the same key are tied: rounded to 1e-12, below which the order of a float64 sum shows. NumPy: `floor(c * 1e12 + .5)`. */
export const cosineKey = (cosine: number): number => Math.floor(cosine * 1e12 + 0.5);

/** Whether a cut keeps a margin: keys are compared, so tied pairs stay together. */
export const keeps = (cut: number | null, margin: number): boolean => cut === null || marginKey(margin) >= marginKey(cut);

/** The smallest margin that a cut keeps, for comparisons of plain numbers: half a millionth below the cut's key. */
export const lowestKept = (cut: number): number => (marginKey(cut) - 0.5) / 1e6;

/**
 * The margin of one pair.
 *
 * `sourceMean` and `targetMean` are the mean cosines of each side's k nearest neighbours. `offset` is 0, or 1 after centring, where cosines lie
 * around zero and a quotient of them would mean nothing: the margin is then taken on cosine + 1. A denominator of exactly zero gives margin 0.
 *
 * Worked example, ratio: cosine 0.8, means 0.6 and 0.4, offset 0: 0.8 / 0.5 = 1.6; with offset 1: 1.8 / 1.5 = 1.2.
 */
export const marginOf = (kind: Margin, cosine: number, sourceMean: number, targetMean: number, offset: number): number => {
  if (kind === 'absolute') return cosine;
  const above = cosine + offset;
  const below = (sourceMean + targetMean) / 2 + offset;
  if (kind === 'distance') return above - below;
  return below === 0 ? 0 : above / below;
};

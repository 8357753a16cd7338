import { marginKey } from './margin.ts';

/** Kept pairs of one run. Ordinals (or any ids) must mean the same sentences in both runs that are compared. */
export type ComparedPairs = { readonly source: Uint32Array; readonly target: Uint32Array; readonly margin: Float64Array };

/** Indices into the two lists of pairs. */
export type Comparison = {
  /** In the right run only, by their place there. */
  readonly gained: Uint32Array;
  /** In the left run only, by their place there. */
  readonly lost: Uint32Array;
  /** In both with a margin that differs by `least` or more, the largest difference first. */
  readonly moved: { readonly left: Uint32Array; readonly right: Uint32Array };
  /** In both with (nearly) the same margin. */
  readonly same: number;
};

/**
 * What a second run gained, lost and moved against a first one.
 *
 * A pair may stand once in a run. `least` is the smallest difference of margins that counts as a move; margins with the same key never moved.
 */
export const compareRuns = (left: ComparedPairs, right: ComparedPairs, least = 0.01): Comparison => {
  const leftOrder = byPair(left);
  const rightOrder = byPair(right);
  const gained: number[] = [];
  const lost: number[] = [];
  const moved: { readonly left: number; readonly right: number; readonly difference: number }[] = [];
  let same = 0;
  let i = 0;
  let j = 0;
  while (i < leftOrder.length || j < rightOrder.length) {
    const a = leftOrder[i];
    const b = rightOrder[j];
    const order = a === undefined ? 1 : b === undefined ? -1 : pairDifference(left, a, right, b);
    if (order < 0 && a !== undefined) { lost.push(a); i += 1; continue; }
    if (order > 0 && b !== undefined) { gained.push(b); j += 1; continue; }
    if (a === undefined || b === undefined) break;
    const before = left.margin[a] ?? 0;
    const after = right.margin[b] ?? 0;
    const difference = Math.abs(after - before);
    if (marginKey(before) !== marginKey(after) && difference >= least) moved.push({ left: a, right: b, difference }); else same += 1;
    i += 1;
    j += 1;
  }
  moved.sort((a, b) => b.difference - a.difference || a.left - b.left);
  return {
    gained: Uint32Array.from(gained).sort(),
    lost: Uint32Array.from(lost).sort(),
    moved: { left: Uint32Array.from(moved, (entry) => entry.left), right: Uint32Array.from(moved, (entry) => entry.right) },
    same,
  };
};

const pairDifference = (left: ComparedPairs, a: number, right: ComparedPairs, b: number): number => (
  (left.source[a] ?? 0) - (right.source[b] ?? 0) || (left.target[a] ?? 0) - (right.target[b] ?? 0)
);

const byPair = (pairs: ComparedPairs): Uint32Array => Uint32Array.from(pairs.source, (_, index) => index).sort((a, b) => pairDifference(pairs, a, pairs, b));

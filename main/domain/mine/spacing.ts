import { inChunks, part, sortedInSteps, type Steps } from './steps.ts';

/**
 * How far apart neighbouring margins of one sentence lie when none of them is a translation.
 *
 * In the upper tail the margins of unrelated sentences behave like an exponential law, so the gaps between the ordered ones are independent, and
 * the gap after rank j, times j, has the same mean as the gap above rank 1 (Renyi 1953, On the theory of order statistics). The gap
 * between a sentence's second and third margin is therefore a decoy: at most one of its margins belongs to a translation, so this gap never does,
 * and it tells how far the first margin would stand above the second by chance alone. The mean gap depends on the level it starts from.
 */

/** Mean gap as a function of the level: points joined by straight lines, level at both ends. */
export type SpacingCurve = { readonly level: Float64Array; readonly gap: Float64Array };

/** Shares of all sentences, by level, at which one bin ends and the next begins: finer where cuts fall. */
const binEdges = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98] as const;
const smallestBin = 20;

export type Decoys = {
  /** Per bin: number of sentences, mean level, and summed gap between second and third margin. */
  readonly counts: Float64Array;
  readonly levels: Float64Array;
  readonly gaps: Float64Array;
  /** Bin of each sentence, sources then targets; 255: no gap known. */
  readonly bin: Uint8Array;
  readonly gapOf: Float64Array;
};

/** Bins the decoy gaps of all sentences of both sides by their level, the third margin. */
export const collectDecoys = function* (second: readonly Float64Array[], third: readonly Float64Array[]): Steps<Decoys> {
  const size = second.reduce((sum, side) => sum + side.length, 0);
  const upper = new Float64Array(size);
  const lower = new Float64Array(size);
  let offset = 0;
  for (const [side, own] of second.entries()) {
    upper.set(own, offset);
    lower.set(third[side] ?? new Float64Array(own.length).fill(-Infinity), offset);
    offset += own.length;
  }
  const starts = yield* part(binStarts(lower), 0, 0.7);
  const counts = new Float64Array(binEdges.length);
  const levels = new Float64Array(binEdges.length);
  const gaps = new Float64Array(binEdges.length);
  const bin = new Uint8Array(size).fill(noBin);
  const gapOf = new Float64Array(size);
  const count = (first: number, end: number): void => {
    for (let index = first; index < end; index += 1) {
      const level = lower[index] ?? -Infinity;
      if (!Number.isFinite(level)) continue;
      let at = binEdges.length - 1;
      while (at > 0 && level < (starts[at] ?? -Infinity)) at -= 1;
      bin[index] = at;
      const gap = (upper[index] ?? 0) - level;
      gapOf[index] = gap;
      counts[at] = (counts[at] ?? 0) + 1;
      levels[at] = (levels[at] ?? 0) + level;
      gaps[at] = (gaps[at] ?? 0) + gap;
    }
  };
  yield* part(inChunks(size, count), 0.7, 1);
  for (let at = 0; at < counts.length; at += 1) levels[at] = (levels[at] ?? 0) / Math.max(1, counts[at] ?? 0);
  return { counts, levels, gaps, bin, gapOf };
};

/** The level at which each bin starts. */
const binStarts = function* (levels: Float64Array): Steps<Float64Array> {
  const finite = new Float64Array(levels.length);
  let count = 0;
  yield* part(inChunks(levels.length, (first, end) => {
    for (let index = first; index < end; index += 1) {
      const level = levels[index] ?? -Infinity;
      if (Number.isFinite(level)) { finite[count] = level; count += 1; }
    }
  }), 0, 0.2);
  const sorted = yield* part(sortedInSteps(finite.subarray(0, count)), 0.2, 1);
  return Float64Array.from(binEdges, (edge) => sorted[Math.max(0, Math.ceil(edge * count - 1e-9) - 1)] ?? -Infinity);
};

const noBin = 255;

/** The decoys of the sentences of the candidate pairs, in the order of the pairs: what a belief in a pair changes. */
export type PairDecoys = { readonly bin: Uint8Array; readonly gap: Float64Array };

/** `before`: the decoys of targets stand behind those of all sources. */
export const decoysOf = function* (decoys: Decoys, sentences: Uint32Array, before: number = 0): Steps<PairDecoys> {
  const own = { bin: new Uint8Array(sentences.length), gap: new Float64Array(sentences.length) };
  yield* inChunks(sentences.length, (first, end) => {
    for (let index = first; index < end; index += 1) {
      const sentence = before + (sentences[index] ?? 0);
      own.bin[index] = decoys.bin[sentence] ?? noBin;
      own.gap[index] = decoys.gapOf[sentence] ?? 0;
    }
  });
  return own;
};

/**
 * The curve, given how probable it is of each sentence that its first margin is its translation. `sides`: the decoys of the pairs' sources and
 * of their targets, both in the order of `probability`; `weight`: how many pairs each stands for.
 *
 * Where it is, second and third are the first and second of the unrelated ones and the gap counts once; where it is not, twice.
 */
export const spacingCurve = function* (decoys: Decoys, sides: readonly PairDecoys[], probability: Float64Array, weight: number = 1): Steps<SpacingCurve> {
  const sums = decoys.gaps.map((gap) => 2 * gap);
  for (const { bin, gap } of sides) {
    yield* inChunks(probability.length, (first, end) => {
      for (let index = first; index < end; index += 1) {
        const at = bin[index] ?? noBin;
        if (at !== noBin) sums[at] = (sums[at] ?? 0) - weight * (probability[index] ?? 0) * (gap[index] ?? 0);
      }
    });
  }
  const level: number[] = [];
  const gap: number[] = [];
  for (let at = 0; at < sums.length; at += 1) {
    if ((decoys.counts[at] ?? 0) <= smallestBin) continue;
    level.push(decoys.levels[at] ?? 0);
    gap.push(Math.max((sums[at] ?? 0) / (decoys.counts[at] ?? 1), Number.MIN_VALUE * 2 ** 60));
  }
  return { level: Float64Array.from(level), gap: Float64Array.from(gap) };
};

/** The mean gap above a level. */
export const gapAt = (curve: SpacingCurve, level: number): number => {
  const places = { at: new Uint8Array(1), share: new Float64Array(1) };
  placeOn(curve, level, places, 0);
  return gapOn(curve, places, 0);
};

/** Where levels lie on a curve. The levels of a curve never change while it is fitted, only its gaps do, so this is asked once. */
export type CurvePlaces = {
  /** Index of the point at the upper end of the line that the level lies on; 0 before the first point, the number of points after the last. */
  readonly at: Uint8Array;
  /** How far along that line. */
  readonly share: Float64Array;
};

export const placesOn = function* (curve: SpacingCurve, levels: Float64Array): Steps<CurvePlaces> {
  const places = { at: new Uint8Array(levels.length), share: new Float64Array(levels.length) };
  yield* inChunks(levels.length, (first, end) => { for (let index = first; index < end; index += 1) placeOn(curve, levels[index] ?? 0, places, index); });
  return places;
};

const placeOn = (curve: SpacingCurve, level: number, places: CurvePlaces, index: number): void => {
  const last = curve.level.length - 1;
  if (level <= (curve.level[0] ?? 0)) return;
  if (level >= (curve.level[last] ?? 0)) { places.at[index] = last + 1; return; }
  let at = 1;
  while ((curve.level[at] ?? 0) < level) at += 1;
  const from = curve.level[at - 1] ?? 0;
  places.at[index] = at;
  places.share[index] = (level - from) / ((curve.level[at] ?? 0) - from);
};

export const gapOn = (curve: SpacingCurve, places: CurvePlaces, index: number): number => {
  const at = places.at[index] ?? 0;
  if (at === 0) return curve.gap[0] ?? 0;
  if (at === curve.gap.length) return curve.gap[at - 1] ?? 0;
  const share = places.share[index] ?? 0;
  return (curve.gap[at - 1] ?? 0) * (1 - share) + (curve.gap[at] ?? 0) * share;
};

/**
 * The mean of an exponential law from the numbers below `limit` only, `mean` being their mean.
 *
 * Solves c - limit / (exp(limit / c) - 1) = mean by bisection between .3 and 3: gaps of translations are large, so looking only at small ones keeps
 * them out. A mean of 1 - 2 / (e^2 - 1) = .687 below 2 gives 1.
 */
export const censoredMean = (mean: number, limit: number): number => {
  let low = 0.3;
  let high = 3;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (truncatedMean(middle, limit) < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** Mean, below `limit`, of an exponential law of mean `scale`. */
export const truncatedMean = (scale: number, limit: number): number => scale - limit / Math.expm1(limit / scale);

import { keeps, marginKey } from './margin.ts';
import { part, inChunks, runThrough, sortedInSteps, type Steps } from './steps.ts';
import { fitMixtureInSteps, type Mixture } from './threshold-mixture.ts';
import type { TopMargins } from './top-margins.ts';

/** One point of the curve: keeping all pairs from `margin` up keeps `kept` pairs, of which the share `precision` (90 % interval) are translations. */
export type ThresholdPoint = { readonly margin: number; readonly precision: number; readonly low: number; readonly high: number; readonly kept: number };

export type ThresholdEstimate =
  | {
      readonly cut: number;
      readonly reason: null;
      readonly precision: number;
      readonly precisionLow: number;
      readonly precisionHigh: number;
      /** Estimated share of all translations that the cut keeps, and the F1 of both. */
      readonly recall: number;
      readonly f1: number;
      readonly kept: number;
      /** Expected translations among the kept pairs. */
      readonly expectedTrue: number;
      /** Expected sentences with a translation on the other side, found or not. */
      readonly expectedPairs: number;
      readonly curve: readonly ThresholdPoint[];
    }
  | { readonly cut: null; readonly reason: string; readonly expectedPairs: number | null; readonly curve: readonly ThresholdPoint[] };

export type ThresholdInput = {
  /** The pairs of the retrieval, any order. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly margin: Float64Array;
  /** Highest margins of every source and of every target. */
  readonly forward: TopMargins;
  readonly backward: TopMargins;
};

export const fewestCandidates = 50;
const fewestExpected = 25;
const lowestF1 = 0.6;
const curvePoints = 200;
/** Standard error of the share of wrong pairs beyond counting noise: measured .2 to .25 of it over encoders, languages and seeds. */
const modelError = 0.25;
const sigmasOf90 = 1.645;

/**
 * A cut without labels: the margin with the highest expected F1, and the precision to expect there.
 *
 * `fitMixture` says of each pair how probable it is that it is a translation; precision and recall are sums of these. Recall is against
 * the expected number of translations, with those that lie below their runner-up. Where there are too few pairs or translations to tell,
 * or where not even the best cut would reach an F1 of .6, there is no cut: at such shares of translations (three in a thousand) the far tail of
 * chance decides, and the estimates were measured to miss by 10 to 30 points.
 */
export const estimateThreshold = (input: ThresholdInput): ThresholdEstimate => runThrough(estimateThresholdInSteps(input));

export const estimateThresholdInSteps = function* (input: ThresholdInput): Steps<ThresholdEstimate> {
  const count = input.margin.length;
  if (count < fewestCandidates) return noCut(`Only ${count} candidate pairs: at least ${fewestCandidates} are needed to tell translations from chance.`, null, []);
  const mixture = yield* part(fitMixtureInSteps(input), 0, 0.9);
  if (mixture === null) {
    return noCut('Too few neighbours to know what chance looks like: at least 21 sentences with 3 neighbours each are needed (k of 3 or more).', null, []);
  }
  const order = yield* part(descending(input.margin), 0.9, 0.95);
  const groups = yield* part(groupEnds(input.margin, order, mixture.probability), 0.95, 1);
  const curve = curveOf(groups);
  yield 1;
  let bestF1 = -1;
  let bestIndex = 0;
  for (let index = 0; index < groups.size; index += 1) {
    const f1 = (2 * (groups.expected[index] ?? 0)) / ((groups.kept[index] ?? 0) + mixture.expectedPairs);
    if (f1 > bestF1) { bestF1 = f1; bestIndex = index; }
  }
  yield 1;
  const best = groupAt(groups, bestIndex);
  if (mixture.expectedPairs < fewestExpected) {
    return noCut(`Only about ${Math.round(mixture.expectedPairs)} translations are to be expected: too few to place a cut by. All pairs are kept, best first; review the first ones and set a number.`, mixture.expectedPairs, curve);
  }
  if (bestF1 < lowestF1) {
    return noCut(`Translations and chance overlap too much: the best cut would have an expected F1 of ${Math.round(100 * bestF1)} in 100. All pairs are kept, best first; review the first ones and set a number.`, mixture.expectedPairs, curve);
  }
  const point = pointOf(best);
  return {
    cut: between(best.margin, bestIndex + 1 < groups.size ? groups.margin[bestIndex + 1] : undefined), reason: null, precision: point.precision, precisionLow: point.low, precisionHigh: point.high,
    recall: best.expected / mixture.expectedPairs, f1: bestF1, kept: best.kept, expectedTrue: best.expected, expectedPairs: mixture.expectedPairs, curve,
  };
};

const noCut = (reason: string, expectedPairs: number | null, curve: readonly ThresholdPoint[]): ThresholdEstimate => ({ cut: null, reason, expectedPairs, curve });

/** The middle between the last margin kept and the first dropped, unless rounding would keep that one. */
const between = (kept: number, dropped: number | undefined): number => {
  if (dropped === undefined) return kept;
  const middle = (kept + dropped) / 2;
  return keeps(middle, dropped) ? kept : middle;
};

/** Places by (margin desc, place asc); the pairs of a run come almost in that order. */
const descending = function* (margin: Float64Array): Steps<Uint32Array> {
  const order = new Uint32Array(margin.length);
  let sorted = true;
  for (let index = 0; index < order.length; index += 1) {
    order[index] = index;
    if (index > 0 && (margin[index] ?? 0) > (margin[index - 1] ?? 0)) sorted = false;
  }
  if (sorted) return order;
  const keys = yield* part(sortedInSteps(margin), 0, 0.7);
  return yield* part(placesByKey(margin, keys), 0.7, 1);
};

/** Each place behind all higher margins and behind the earlier places of its own. */
const placesByKey = function* (margin: Float64Array, ascending: Float64Array): Steps<Uint32Array> {
  const count = margin.length;
  const order = new Uint32Array(count);
  const taken = new Uint32Array(count);
  yield* inChunks(count, (first, end) => {
    for (let place = first; place < end; place += 1) {
      const above = count - lastAtMost(ascending, margin[place] ?? 0);
      order[above + (taken[above] ?? 0)] = place;
      taken[above] = (taken[above] ?? 0) + 1;
    }
  });
  return order;
};

/** How many of the ascending values are at most `value`. */
const lastAtMost = (ascending: Float64Array, value: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};

type GroupEnd = { readonly margin: number; readonly kept: number; readonly expected: number; readonly wrong: number };

/** Running sums at the end of each group of tied margins, in columns: a million groups are 20 MB. */
type Groups = { size: number; readonly margin: Float64Array; readonly kept: Uint32Array; readonly expected: Float64Array };

const groupEnds = function* (margin: Float64Array, order: Uint32Array, probability: Mixture['probability']): Steps<Groups> {
  const room = order.length;
  const groups: Groups = { size: 0, margin: new Float64Array(room), kept: new Uint32Array(room), expected: new Float64Array(room) };
  const sums = { expected: 0 };
  yield* inChunks(room, (first, end) => {
    let { expected } = sums;
    for (let place = first; place < end; place += 1) {
      const index = order[place] ?? 0;
      expected += probability[index] ?? 0;
      const next = order[place + 1];
      if (next !== undefined && marginKey(margin[next] ?? 0) === marginKey(margin[index] ?? 0)) continue;
      groups.margin[groups.size] = margin[index] ?? 0;
      groups.kept[groups.size] = place + 1;
      groups.expected[groups.size] = expected;
      groups.size += 1;
    }
    sums.expected = expected;
  });
  return groups;
};

const groupAt = (groups: Groups, index: number): GroupEnd => {
  const kept = groups.kept[index] ?? 0;
  const expected = groups.expected[index] ?? 0;
  return { margin: groups.margin[index] ?? 0, kept, expected, wrong: kept - expected };
};

/** Counting noise of the wrong pairs and the model's own error, added in squares. */
const pointOf = (group: GroupEnd): ThresholdPoint => {
  const spread = sigmasOf90 * Math.sqrt(group.wrong + 1 + (modelError * group.wrong) ** 2);
  const share = (wrong: number): number => Math.min(1, Math.max(0, 1 - wrong / group.kept));
  return { margin: group.margin, precision: share(group.wrong), low: share(group.wrong + spread), high: share(group.wrong - spread), kept: group.kept };
};

/** At most 200 groups, spaced evenly in the logarithm of the pairs kept: the interesting end of the list gets most of them. */
const curveOf = (groups: Groups): ThresholdPoint[] => {
  const total = groups.kept[groups.size - 1] ?? 0;
  const curve: ThresholdPoint[] = [];
  const wantedAt = (step: number): number => Math.expm1((step / (curvePoints - 1)) * Math.log1p(total));
  let step = 0;
  let wanted = wantedAt(0);
  for (let index = 0; index < groups.size; index += 1) {
    const kept = groups.kept[index] ?? 0;
    if (kept < wanted && index < groups.size - 1) continue;
    curve.push(pointOf(groupAt(groups, index)));
    while (step < curvePoints - 1 && wantedAt(step) <= kept) step += 1;
    wanted = wantedAt(step);
  }
  return curve;
};

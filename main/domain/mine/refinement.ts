import { inChunks, part, runThrough, sortedInSteps, type Steps } from './steps.ts';

/**
 * The second step of refinement: a linear map learned from confident pairs, added as dimensions.
 *
 * The first step, centring, is always safe and needs no rule but the fewest sentences. The second makes each source vector x to
 * [x | √w u(xW) | √w x] / √(1+2w) and each target vector y to [y | √w y | √w u(yV)] / √(1+2w), u scaling to length 1: the cosine becomes
 * (cos(x,y) + w cos(xW,y) + w cos(x,yV)) / (1+2w), and everything after it (neighbours, margin on cosine + 1) stays as it is.
 *
 * W and V are cross-fitted (`linear-map.ts`): a confident pair's two sentences carry the pair's fold, all others a fold by their ordinal, and
 * a sentence of fold f is mapped by the maps fitted without fold f.
 */
export const linearMap = {
  /** Mean-centring needs this many sentences a side; below it the mean says more about the sample than about the language. */
  fewestSentences: 200,
  folds: 5,
  /** λ in units of (pairs fitted / dimension). */
  ridge: 0.3,
  /** w of the first and of the second pass; the second learns from the pairs that are confident after the first. */
  weights: [0.35, 0.35],
  /** A pair is confident when it is more probably a translation than not (`fitMixture`). */
  confidence: 0.5,
  fewestPairs: 100,
  /** More pairs do not sharpen a map of 896 dimensions or fewer, and cost time. */
  mostPairs: 3000,
  /** The map is tried only where at least this share of the smaller side is expected to have a translation. */
  lowestShare: 0.5,
} as const;

export type ConfidentSelection = { readonly source: Uint32Array; readonly target: Uint32Array };

/** Pairs to learn from, at most `mostPairs` by highest margin; ties keep the order given. Each sentence is taken once, by its best pair. */
export const selectConfident = (
  pairs: { readonly source: Uint32Array; readonly target: Uint32Array; readonly margin: Float64Array }, probability: Float64Array, mostPairs: number = linearMap.mostPairs,
): ConfidentSelection => runThrough(selectConfidentInSteps(pairs, probability, mostPairs));

export const selectConfidentInSteps = function* (
  pairs: { readonly source: Uint32Array; readonly target: Uint32Array; readonly margin: Float64Array }, probability: Float64Array, mostPairs: number = linearMap.mostPairs,
): Steps<ConfidentSelection> {
  const margins = new Float64Array(pairs.source.length);
  let count = 0;
  yield* part(inChunks(pairs.source.length, (first, end) => {
    for (let place = first; place < end; place += 1) if ((probability[place] ?? 0) > linearMap.confidence) { margins[count] = pairs.margin[place] ?? 0; count += 1; }
  }), 0, 0.3);
  const sorted = yield* part(sortedInSteps(margins.subarray(0, count)), 0.3, 0.6);
  const lowest = sorted[Math.max(0, count - mostPairs)] ?? 0;
  const places: number[] = [];
  yield* part(inChunks(pairs.source.length, (first, end) => {
    for (let place = first; place < end; place += 1) if ((probability[place] ?? 0) > linearMap.confidence && (pairs.margin[place] ?? 0) >= lowest) places.push(place);
  }), 0.6, 1);
  places.sort((a, b) => (pairs.margin[b] ?? 0) - (pairs.margin[a] ?? 0) || a - b);
  const taken = places.slice(0, mostPairs);
  return { source: Uint32Array.from(taken, (place) => pairs.source[place] ?? 0), target: Uint32Array.from(taken, (place) => pairs.target[place] ?? 0) };
};

export type Folds = { readonly ofPair: Uint8Array; readonly ofSource: Uint8Array; readonly ofTarget: Uint8Array };

/**
 * Deals the pairs round the folds in order of margin, so that every fold has easy and hard ones, and everything else by ordinal.
 *
 * Pairs (7, 2), (1, 9) of five folds: source 7 and target 2 are in fold 0, source 1 and target 9 in fold 1.
 */
export const dealFolds = (pairs: ConfidentSelection, sources: number, targets: number, folds: number = linearMap.folds): Folds => {
  const ofPair = Uint8Array.from(pairs.source, (_, place) => place % folds);
  const dealt = (count: number): Uint8Array => {
    const fold = new Uint8Array(count);
    for (let ordinal = 0; ordinal < count; ordinal += 1) fold[ordinal] = ordinal % folds;
    return fold;
  };
  const ofSource = dealt(sources);
  const ofTarget = dealt(targets);
  for (let place = 0; place < ofPair.length; place += 1) {
    ofSource[pairs.source[place] ?? 0] = ofPair[place] ?? 0;
    ofTarget[pairs.target[place] ?? 0] = ofPair[place] ?? 0;
  }
  return { ofPair, ofSource, ofTarget };
};

/** Writes one refined row of 3 x dimension: `plain` and its mapped, unit-length form `mapped`. */
export const refinedRow = (side: 'source' | 'target', plain: Float32Array | Float64Array, mapped: Float32Array | Float64Array, weight: number, out: Float32Array | Float64Array): void => {
  const { length } = plain;
  const first = 1 / Math.sqrt(1 + 2 * weight);
  const other = Math.sqrt(weight) * first;
  for (let i = 0; i < length; i += 1) {
    const own = plain[i] ?? 0;
    const image = mapped[i] ?? 0;
    out[i] = own * first;
    out[length + i] = (side === 'source' ? image : own) * other;
    out[2 * length + i] = (side === 'source' ? own : image) * other;
  }
};

/** `reason`: half a sentence, to follow "not used:" where the map is not. */
export type MapDecision = { readonly use: boolean; readonly reason: string };

/** Whether the linear map is worth trying, before anything is fitted. */
export const mapIsWorthTrying = (facts: { readonly sources: number; readonly targets: number; readonly expectedPairs: number; readonly confidentPairs: number }): MapDecision => {
  const smaller = Math.min(facts.sources, facts.targets);
  const share = smaller === 0 ? 0 : facts.expectedPairs / smaller;
  if (smaller < linearMap.fewestSentences) return { use: false, reason: `fewer than ${linearMap.fewestSentences} sentences on a side` };
  if (facts.confidentPairs < linearMap.fewestPairs) return { use: false, reason: `only ${facts.confidentPairs} confident pairs to learn from` };
  if (share < linearMap.lowestShare) {
    return { use: false, reason: `about ${Math.round(100 * share)} % of the sentences have a translation, and below ${100 * linearMap.lowestShare} % the map was measured not to help` };
  }
  return { use: true, reason: `about ${Math.round(100 * share)} % of the sentences have a translation and ${facts.confidentPairs} pairs are confident` };
};

/**
 * The held-out self-check: more sentences must be each other's best with the cross-fitted map than without it.
 *
 * Every pair is scored by maps that have not seen it, and where most sentences have a translation, being each other's best by margin rises and
 * falls with the share of right pairs; where few have one it says nothing, which is why `mapIsWorthTrying` comes first.
 */
export const mapHelps = (mutualBefore: number, mutualAfter: number): MapDecision =>
  mutualAfter > mutualBefore
    ? { use: true, reason: `${mutualAfter} pairs are best for both sentences, ${mutualBefore} without it` }
    : { use: false, reason: `${mutualAfter} pairs would be best for both sentences, ${mutualBefore} are without it` };

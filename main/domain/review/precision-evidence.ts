import type { Evidence } from '../../contract/review-team.ts';
import { firstAtLeast, type Ascending } from './sampling.ts';
import { wilsonInterval } from './wilson.ts';

/** A judged pair: its score, and whether it is a translation. */
export type JudgedScore = { readonly score: number; readonly right: boolean };
type Band = Evidence['bands'][number];
type Point = Evidence['curve'][number];

/** Fewer judged pairs say nothing about a cut. */
export const fewestJudged = 30;
/** Nor do fewer above it. */
export const fewestAbove = 10;
/** Places between the lowest and the highest score at which a cut is tried, about. */
const triedCuts = 200;

/**
 * What judged pairs say about a threshold.
 *
 * The score is cut into bands of equal width, as a stratified sample draws them. Inside a band judged pairs stand for all others, so that the precision
 * of a cut is the mean over the bands above it, each weighing as many pairs as the cut keeps of it: how many of a band were judged changes how sure
 * that is, not what it says. A band that nobody judged is taken for the nearest judged one below it (a lower score is rarely the more precise), else above.
 *
 * The interval of the mean is put together of the bands' Wilson intervals (MOVER: Zou and Donner 2008, Statistics in Medicine 27; Zou, Huang and Zhang
 * 2009 for weighted sums of shares): low = p - sqrt(sum w^2 (p_b - l_b)^2), high alike.
 *
 * @param scores all pairs that have the score
 */
export const precisionEvidence = (scores: Ascending, judged: readonly JudgedScore[], bandCount: number, wanted: number): Omit<Evidence, 'column' | 'withheld'> => {
  if (scores.length === 0) return { judged: 0, bands: [], curve: [], cut: null, reason: 'None of these pairs has this score.' };
  const bands = bandsOf(scores, judged, bandCount);
  const curve = curveOf(scores, bands);
  return { judged: judged.length, bands, curve: curve.map(({ point }) => point), ...loosestCut(curve, bands.find((band) => band.judged > 0)?.low ?? 0, judged.length, wanted) };
};

const bandsOf = (scores: Ascending, judged: readonly JudgedScore[], bandCount: number): Band[] => {
  const lowest = scores.valueAt(0);
  const highest = scores.valueAt(scores.length - 1);
  const width = (highest - lowest) / bandCount;
  const edges = width > 0 ? Array.from({ length: bandCount + 1 }, (_, band) => (band === bandCount ? highest : lowest + width * band)) : [lowest, highest];
  const inside = edges.slice(1).map(() => ({ judged: 0, right: 0 }));
  for (const { score, right } of judged) {
    const tally = inside[Math.min(inside.length - 1, edges.findLastIndex((edge) => edge <= score))];
    if (tally === undefined) continue;
    tally.judged += 1;
    if (right) tally.right += 1;
  }
  return inside.map((tally, band): Band => {
    const [low = lowest, high = highest] = edges.slice(band);
    const known = tally.judged > 0;
    return {
      low, high, ...tally,
      precision: known ? tally.right / tally.judged : null, interval: known ? [...wilsonInterval(tally.right, tally.judged)] : null,
      pairs: (band === inside.length - 1 ? scores.length : firstAtLeast(scores, high)) - firstAtLeast(scores, low),
    };
  });
};

type Tried = { readonly point: Point; /** Judged pairs in the bands of which the cut keeps something. */ readonly judged: number };

const curveOf = (scores: Ascending, bands: readonly Band[]): readonly Tried[] => {
  const known = bands.flatMap((band) => (band.precision === null || band.interval === null ? [] : [{ ...band, precision: band.precision, interval: band.interval }]));
  if (known.length === 0) return [];
  /** Place in `known` of the band that speaks for this one. */
  const speakers = bands.map((band) => Math.max(0, known.findLastIndex(({ low }) => low <= band.low)));
  const lowest = bands[0]?.low ?? 0;
  const highest = bands.at(-1)?.high ?? lowest;
  const steps = highest > lowest ? bands.length * Math.ceil(triedCuts / bands.length) : 1;
  return Array.from({ length: steps }, (_, step): Tried => {
    const cut = lowest + ((highest - lowest) * step) / steps;
    const kept = scores.length - firstAtLeast(scores, cut);
    const weights = known.map(() => 0);
    let [judged, above] = [0, 0];
    for (const [at, band] of [...bands.entries()].toReversed()) {
      const pairs = Math.min(band.pairs, kept - above);
      if (pairs <= 0) continue;
      above += pairs;
      const speaker = speakers[at] ?? 0;
      weights[speaker] = (weights[speaker] ?? 0) + pairs / kept;
      judged += band.judged;
    }
    const sum = (term: (band: (typeof known)[number], weight: number) => number): number => known.reduce((total, band, at) => total + term(band, weights[at] ?? 0), 0);
    const precision = sum((band, weight) => weight * band.precision);
    const down = Math.sqrt(sum((band, weight) => (weight * (band.precision - band.interval[0])) ** 2));
    const up = Math.sqrt(sum((band, weight) => (weight * (band.interval[1] - band.precision)) ** 2));
    return { judged, point: { cut, precision: Math.min(1, precision), low: Math.max(0, precision - down), high: Math.min(1, precision + up), kept } };
  });
};

/** `from`: the lower edge of the lowest band that was judged. No cut is proposed below it: nobody has looked there. */
const loosestCut = (curve: readonly Tried[], from: number, judged: number, wanted: number): Pick<Evidence, 'cut' | 'reason'> => {
  if (judged < fewestJudged) return { cut: null, reason: `${judged === 0 ? 'No pair' : `Only ${judged} ${judged === 1 ? 'pair' : 'pairs'}`} with this score ${judged > 1 ? 'have' : 'has'} been accepted or rejected; at least ${fewestJudged} are needed to say anything about a cut.` };
  const reaching = curve.filter(({ point }) => point.cut >= from - 1e-12 && point.precision >= wanted - 1e-12);
  const sure = reaching.find((one) => one.judged >= fewestAbove);
  if (sure !== undefined) return { cut: sure.point.cut, reason: null };
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  if (reaching.length > 0) return { cut: null, reason: `${percent(wanted)} is reached only where fewer than ${fewestAbove} pairs have been judged. Judge more pairs with a high score.` };
  const best = curve.reduce((top, { point }) => (point.precision > top ? point.precision : top), 0);
  return { cut: null, reason: `No cut reaches ${percent(wanted)}: the best has ${percent(best)}.` };
};

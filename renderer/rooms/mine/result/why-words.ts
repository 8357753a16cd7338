import type { Neighbour, Why } from '../../../../main/contract/mine.ts';
import { t } from '../../../strings/catalogue.ts';
import { decimal, margin, percent } from '../../../strings/numbers.ts';

export type WhyWords = {
  readonly heading: 'mine.why.heading' | 'mine.why.above' | 'mine.why.below';
  /** What the neighbours say, and how far above them the pair stands. */
  readonly reasons: readonly string[];
  /** What another cut would do; none while there is no cut. */
  readonly atCut: string | undefined;
};

type Names = { readonly source: string; readonly target: string };

/** A side that so many times more sentences than usual have among their nearest is called a hub. */
const hubFactor = 5;

/**
 * Why a pair has its margin, in plain words.
 *
 * Made from the numbers of `mine.explain` only: nothing is guessed about the texts.
 */
export const whyWords = (why: Why, cut: number | null, names: Names): WhyWords => {
  const kept = cut !== null && why.margin >= cut;
  return {
    heading: cut === null ? 'mine.why.heading' : kept ? 'mine.why.above' : 'mine.why.below',
    reasons: [rankWords(why, names, cut !== null && !kept), surroundingWords(why), ...hubWords(why, names)],
    atCut: cutWords(why, cut, kept),
  };
};

/** Cosine of the best neighbour that is not the partner. */
const bestOther = (neighbours: readonly Neighbour[]): number | undefined =>
  neighbours.filter((each) => !each.thisPair).reduce<number | undefined>((best, each) => (best === undefined || each.cosine > best ? each.cosine : best), undefined);

const rankWords = (why: Why, { source, target }: Names, isShort: boolean): string => {
  const { forwardRank: forward, backwardRank: backward } = why;
  const otherTarget = bestOther(why.sourceNeighbours);
  const otherSource = bestOther(why.targetNeighbours);
  const k = Math.max(why.sourceNeighbours.length, why.targetNeighbours.length);
  if (forward === 1 && backward === 1) {
    if (otherTarget === undefined || otherSource === undefined) return t('mine.why.bestAlone');
    const behind = { target, source, forward: decimal(why.cosine - otherTarget), backward: decimal(why.cosine - otherSource) };
    return isShort ? t('mine.why.bestNotEnough', behind) : t('mine.why.best', behind);
  }
  if (forward === 1) return t('mine.why.oneSided', { one: source, other: target, ahead: decimal((otherSource ?? why.cosine) - why.cosine), rank: rankOf(backward, k) });
  if (backward === 1) return t('mine.why.oneSided', { one: target, other: source, ahead: decimal((otherTarget ?? why.cosine) - why.cosine), rank: rankOf(forward, k) });
  return t('mine.why.neither', { forward: rankOf(forward, k), backward: rankOf(backward, k) });
};

const rankOf = (rank: number | null, k: number): string => (rank === null ? t('mine.why.beyond', { k }) : String(rank));

const surroundingWords = (why: Why): string => {
  if (why.kind === 'absolute') return t('mine.why.absolute', { cosine: decimal(why.cosine) });
  const mean = decimal(why.denominator);
  if (why.kind === 'distance') {
    const difference = why.cosine - why.denominator;
    return difference >= 0 ? t('mine.why.distanceAbove', { difference: decimal(difference), mean }) : t('mine.why.distanceBelow', { difference: decimal(-difference), mean });
  }
  const share = why.margin - 1;
  const more = percent(Math.abs(share), 1);
  if (why.offset > 0) return share >= 0 ? t('mine.why.offsetAbove', { share: more, mean }) : t('mine.why.offsetBelow', { share: more, mean });
  return share >= 0 ? t('mine.why.ratioAbove', { share: more, mean }) : t('mine.why.ratioBelow', { share: more, mean });
};

const hubWords = (why: Why, { source, target }: Names): readonly string[] => {
  const k = Math.max(why.sourceNeighbours.length, why.targetNeighbours.length, 1);
  return [[why.sourceOccurrence, source, target] as const, [why.targetOccurrence, target, source] as const]
    .filter(([occurrence]) => occurrence >= hubFactor * k)
    .map(([occurrence, one, other]) => t('mine.why.hub', { one, other, occurrence, k }));
};

const cutWords = (why: Why, cut: number | null, kept: boolean): string | undefined => {
  if (cut === null || why.keptDifference === null) return undefined;
  if (kept) return why.keptDifference === 0 ? t('mine.why.lastKept') : t('mine.why.wouldDrop', { at: margin(why.margin), count: Math.abs(why.keptDifference) });
  const others = Math.max(0, why.keptDifference - 1);
  return others === 0 ? t('mine.why.wouldKeepAlone', { at: margin(why.margin) }) : t('mine.why.wouldKeep', { at: margin(why.margin), count: others });
};

/** The largest cut with three decimals that keeps a pair of this margin. */
export const floorToThousandth = (value: number): number => Math.floor(value * 1000 + 1e-9) / 1000;

import type { Margin, Retrieval } from '../../contract/mine.ts';
import { marginKey, marginOf } from './margin.ts';
import { addOccurrences, fillMeans, firstSlots, noNeighbour, type NeighbourBlock } from './neighbours.ts';
import { comesBefore, pairOrderInSteps, type PairColumns } from './retrieval-order.ts';
import { inChunks, part, runThrough, type Steps } from './steps.ts';

/**
 * From neighbour lists to pairs (LASER `mine_bitexts.py`; Artetxe and Schwenk 2019, section 3.2).
 *
 * The candidates are the k neighbours of each side; after centring a few more that the search has found anyway, while means stay over the k: margin
 * over more of the table finds a partner that stands fifth by cosine (`listedSlots` in the engine). Each side first picks the best of its neighbours by margin; then
 * forward = the best target of every source; backward = the best source of every target; intersection = those that agree;
 * max = both lists together, by margin, accepted greedily while neither sentence is taken (one to one); union = both lists, each pair once.
 *
 * Lists come in blocks, so memory is 32 bytes a sentence plus the sort (64 bytes a candidate), whatever k is.
 */

/** What a side picked: 24 bytes a sentence. `partner` is `noNeighbour` where nothing is left to pick. */
export type BestPartners = {
  readonly partner: Uint32Array;
  readonly margin: Float64Array;
  readonly cosine: Float64Array;
  /** Rank of the partner in the sentence's own list, by cosine, from 1. */
  readonly ownRank: Uint16Array;
  /** Rank of the sentence in its partner's list; 0: not there. */
  readonly partnerRank: Uint16Array;
};

export const emptyBest = (count: number): BestPartners => ({
  partner: new Uint32Array(count).fill(noNeighbour), margin: new Float64Array(count), cosine: new Float64Array(count),
  ownRank: new Uint16Array(count), partnerRank: new Uint16Array(count),
});

export type MarginRule = {
  readonly margin: Margin;
  /** Added to cosines before a ratio or difference: 1 after centring, else 0. */
  readonly offset: number;
  /** Neighbours below this cosine are never candidates (they still count in the means); null: no floor. */
  readonly cosineFloor: number | null;
};

/** Picks the best candidate of every sentence of a block; a rank beyond `k` is 0. Returns how many of the k neighbours lay below the floor. */
export const pickBest = (
  block: NeighbourBlock, ownMeans: Float64Array, otherMeans: Float64Array, rule: MarginRule, best: BestPartners, k: number = block.width,
): number => {
  let belowFloor = 0;
  const floor = rule.cosineFloor ?? -Infinity;
  for (let row = 0; row < block.rows; row += 1) {
    const sentence = block.first + row;
    const ownMean = ownMeans[sentence] ?? 0;
    let rank = 0;
    let partner = noNeighbour;
    let bestMargin = -Infinity;
    let bestCosine = -Infinity;
    for (let slot = 0; slot < block.width; slot += 1) {
      const ordinal = block.ordinals[row * block.width + slot] ?? noNeighbour;
      if (ordinal === noNeighbour) break;
      const cosine = block.cosines[row * block.width + slot] ?? 0;
      if (cosine < floor) { if (slot < k) belowFloor += 1; continue; }
      const margin = marginOf(rule.margin, cosine, ownMean, otherMeans[ordinal] ?? 0, rule.offset);
      if (partner === noNeighbour || comesBefore(margin, cosine, ordinal, bestMargin, bestCosine, partner)) {
        rank = slot < k ? slot + 1 : 0; partner = ordinal; bestMargin = margin; bestCosine = cosine;
      }
    }
    if (partner === noNeighbour) continue;
    best.partner[sentence] = partner;
    best.margin[sentence] = bestMargin;
    best.cosine[sentence] = bestCosine;
    best.ownRank[sentence] = rank;
  }
  return belowFloor;
};

/** Fills `partnerRank` of one side's picks from a block of the other side's k neighbours. */
export const fillPartnerRanks = (otherBlock: NeighbourBlock, best: BestPartners): void => {
  for (let row = 0; row < otherBlock.rows; row += 1) {
    for (let slot = 0; slot < otherBlock.width; slot += 1) {
      const sentence = otherBlock.ordinals[row * otherBlock.width + slot] ?? noNeighbour;
      if (sentence === noNeighbour) break;
      if (best.partner[sentence] === otherBlock.first + row) best.partnerRank[sentence] = slot + 1;
    }
  }
};

export type RetrievedPairs = PairColumns & { readonly forwardRank: Uint16Array; readonly backwardRank: Uint16Array };

export type RetrievalCounts = { readonly candidates: number; readonly mutualBest: number; readonly aboveUpperBound: number };

/** The pairs of a retrieval in the one order of pairs. `aboveUpperBound` counts suspiciously high margins, which are kept. */
export const retrieve = (
  forward: BestPartners, backward: BestPartners, retrieval: Retrieval, upperBound: number | null,
): Retrieved => runThrough(retrieveInSteps(forward, backward, retrieval, upperBound));

export type Retrieved = { readonly pairs: RetrievedPairs; readonly counts: RetrievalCounts };

export const retrieveInSteps = function* (forward: BestPartners, backward: BestPartners, retrieval: Retrieval, upperBound: number | null): Steps<Retrieved> {
  const collected = yield* part(collect(forward, backward, retrieval), 0, 0.1);
  const order = yield* part(pairOrderInSteps(collected), 0.1, 0.8);
  const kept = retrieval === 'max' ? yield* part(oneToOne(collected, order, forward.partner.length, backward.partner.length), 0.8, 0.9) : order;
  const pairs = yield* part(takePairs(collected, kept), 0.9, 1);
  let aboveUpperBound = 0;
  if (upperBound !== null) {
    const bound = marginKey(upperBound);
    for (const margin of pairs.margin) if (marginKey(margin) > bound) aboveUpperBound += 1;
  }
  return { pairs, counts: { candidates: pairs.source.length, mutualBest: countMutual(forward, backward), aboveUpperBound } };
};

const isMutual = (forward: BestPartners, backward: BestPartners, source: number): boolean => {
  const target = forward.partner[source] ?? noNeighbour;
  return target !== noNeighbour && backward.partner[target] === source;
};

const countMutual = (forward: BestPartners, backward: BestPartners): number => {
  let count = 0;
  for (let source = 0; source < forward.partner.length; source += 1) if (isMutual(forward, backward, source)) count += 1;
  return count;
};

const collect = function* (forward: BestPartners, backward: BestPartners, retrieval: Retrieval): Steps<RetrievedPairs> {
  const room = (retrieval === 'backward' ? 0 : forward.partner.length) + (retrieval === 'forward' || retrieval === 'intersection' ? 0 : backward.partner.length);
  const pairs = emptyPairs(room);
  let count = 0;
  if (retrieval !== 'backward') {
    yield* inChunks(forward.partner.length, (first, end) => {
      for (let source = first; source < end; source += 1) {
        const target = forward.partner[source] ?? noNeighbour;
        if (target === noNeighbour || (retrieval === 'intersection' && !isMutual(forward, backward, source))) continue;
        setPair(pairs, count, source, target, forward, source, forward.ownRank[source] ?? 0, forward.partnerRank[source] ?? 0);
        count += 1;
      }
    });
  }
  if (retrieval !== 'forward' && retrieval !== 'intersection') {
    yield* inChunks(backward.partner.length, (first, end) => {
      for (let target = first; target < end; target += 1) {
        const source = backward.partner[target] ?? noNeighbour;
        if (source === noNeighbour || (retrieval !== 'backward' && forward.partner[source] === target)) continue;
        setPair(pairs, count, source, target, backward, target, backward.partnerRank[target] ?? 0, backward.ownRank[target] ?? 0);
        count += 1;
      }
    });
  }
  return slicePairs(pairs, count);
};

const setPair = (
  pairs: RetrievedPairs, at: number, source: number, target: number, best: BestPartners, row: number, forwardRank: number, backwardRank: number,
): void => {
  pairs.source[at] = source;
  pairs.target[at] = target;
  pairs.margin[at] = best.margin[row] ?? 0;
  pairs.cosine[at] = best.cosine[row] ?? 0;
  pairs.forwardRank[at] = forwardRank;
  pairs.backwardRank[at] = backwardRank;
};

const oneToOne = function* (pairs: PairColumns, order: Uint32Array, sources: number, targets: number): Steps<Uint32Array> {
  const sourceTaken = new Uint8Array(sources);
  const targetTaken = new Uint8Array(targets);
  let count = 0;
  yield* inChunks(order.length, (first, end) => {
    for (let place = first; place < end; place += 1) {
      const index = order[place] ?? 0;
      const source = pairs.source[index] ?? 0;
      const target = pairs.target[index] ?? 0;
      if (sourceTaken[source] === 1 || targetTaken[target] === 1) continue;
      sourceTaken[source] = 1;
      targetTaken[target] = 1;
      order[count] = index;
      count += 1;
    }
  });
  return order.subarray(0, count);
};

export const emptyPairs = (count: number): RetrievedPairs => ({
  source: new Uint32Array(count), target: new Uint32Array(count), margin: new Float64Array(count), cosine: new Float64Array(count),
  forwardRank: new Uint16Array(count), backwardRank: new Uint16Array(count),
});

const slicePairs = (pairs: RetrievedPairs, count: number): RetrievedPairs => ({
  source: pairs.source.subarray(0, count), target: pairs.target.subarray(0, count),
  margin: pairs.margin.subarray(0, count), cosine: pairs.cosine.subarray(0, count),
  forwardRank: pairs.forwardRank.subarray(0, count), backwardRank: pairs.backwardRank.subarray(0, count),
});

const takePairs = function* (pairs: RetrievedPairs, order: Uint32Array): Steps<RetrievedPairs> {
  const taken = emptyPairs(order.length);
  yield* inChunks(order.length, (first, end) => {
    for (let place = first; place < end; place += 1) {
      const index = order[place] ?? 0;
      taken.source[place] = pairs.source[index] ?? 0;
      taken.target[place] = pairs.target[index] ?? 0;
      taken.margin[place] = pairs.margin[index] ?? 0;
      taken.cosine[place] = pairs.cosine[index] ?? 0;
      taken.forwardRank[place] = pairs.forwardRank[index] ?? 0;
      taken.backwardRank[place] = pairs.backwardRank[index] ?? 0;
    }
  });
  return taken;
};

/** The whole of a small mining from lists that are in memory: means, picks, ranks, retrieval. Lists may hold more candidates than the `k` neighbours (left out: no). */
export const minePairs = (
  forwardLists: NeighbourBlock, backwardLists: NeighbourBlock, rule: MarginRule & { readonly k?: number; readonly retrieval: Retrieval; readonly upperBound: number | null },
): { readonly pairs: RetrievedPairs; readonly counts: RetrievalCounts & { readonly belowFloor: number }; readonly sourceOccurrences: Uint32Array; readonly targetOccurrences: Uint32Array } => {
  const k = rule.k ?? forwardLists.width;
  const forward = firstSlots(forwardLists, k);
  const backward = firstSlots(backwardLists, k);
  const sourceMeans = new Float64Array(forward.rows);
  const targetMeans = new Float64Array(backward.rows);
  fillMeans(forward, sourceMeans);
  fillMeans(backward, targetMeans);
  const forwardBest = emptyBest(forward.rows);
  const backwardBest = emptyBest(backward.rows);
  const belowFloor = pickBest(forwardLists, sourceMeans, targetMeans, rule, forwardBest, k) + pickBest(backwardLists, targetMeans, sourceMeans, rule, backwardBest, k);
  fillPartnerRanks(backward, forwardBest);
  fillPartnerRanks(forward, backwardBest);
  const { pairs, counts } = retrieve(forwardBest, backwardBest, rule.retrieval, rule.upperBound);
  const sourceOccurrences = new Uint32Array(forward.rows);
  const targetOccurrences = new Uint32Array(backward.rows);
  addOccurrences(forward, targetOccurrences);
  addOccurrences(backward, sourceOccurrences);
  return { pairs, counts: { ...counts, belowFloor }, sourceOccurrences, targetOccurrences };
};

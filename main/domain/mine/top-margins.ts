import { marginOf } from './margin.ts';
import { noNeighbour, type NeighbourBlock } from './neighbours.ts';
import type { MarginRule } from './retrieval.ts';

/**
 * The three highest margins in each sentence's neighbour list, and whose the highest is.
 *
 * They are all that the estimate of the threshold and of blindness needs to know of the lists: 28 bytes a sentence. `-Infinity` stands where a
 * list has fewer neighbours. The cosine floor does not matter here: a runner-up below it is still a runner-up.
 */
export type TopMargins = {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
  /** Ordinal, on the other side, of the sentence with the first margin. */
  readonly partner: Uint32Array;
};

export const emptyTopMargins = (count: number): TopMargins => ({
  first: new Float64Array(count).fill(-Infinity), second: new Float64Array(count).fill(-Infinity), third: new Float64Array(count).fill(-Infinity),
  partner: new Uint32Array(count).fill(noNeighbour),
});

/** Fills the rows of a block. Margins .9 1.2 1.1 1.0 give 1.2, 1.1, 1.0. */
export const fillTopMargins = (
  block: NeighbourBlock, ownMeans: Float64Array, otherMeans: Float64Array, rule: Pick<MarginRule, 'margin' | 'offset'>, top: TopMargins,
): void => {
  for (let row = 0; row < block.rows; row += 1) {
    const sentence = block.first + row;
    let first = -Infinity;
    let second = -Infinity;
    let third = -Infinity;
    let partner = noNeighbour;
    for (let slot = row * block.width; slot < (row + 1) * block.width; slot += 1) {
      const ordinal = block.ordinals[slot] ?? noNeighbour;
      if (ordinal === noNeighbour) break;
      const margin = marginOf(rule.margin, block.cosines[slot] ?? 0, ownMeans[sentence] ?? 0, otherMeans[ordinal] ?? 0, rule.offset);
      if (margin > first) { third = second; second = first; first = margin; partner = ordinal; }
      else if (margin > second) { third = second; second = margin; }
      else if (margin > third) third = margin;
    }
    top.first[sentence] = first;
    top.second[sentence] = second;
    top.third[sentence] = third;
    top.partner[sentence] = partner;
  }
};

/** The highest margin of a sentence with anybody but `partner`. */
export const runnerUp = (top: TopMargins, sentence: number, partner: number): number =>
  (top.partner[sentence] === partner ? top.second[sentence] : top.first[sentence]) ?? -Infinity;

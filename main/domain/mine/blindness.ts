import { noNeighbour } from './neighbours.ts';

/**
 * Whether the encoder understands both languages, and which sentences are hubs, from the neighbour lists alone.
 *
 * An encoder that does not know a language throws its sentences into a small corner: a few sentences of the other side become everybody's
 * neighbours (hubs), most are nobody's, and hardly any two sentences are each other's nearest. Measured (k = 4, cosine, both encoders, plain and
 * centred; corpora without a single translation included):
 *
 * | | mutual nearest by cosine | never a neighbour, above chance |
 * |---|---|---|
 * | known languages, all have a translation (Tatoeba, Bible) | .73 to .97 | .00 to .04 |
 * | known languages, none or 2-4 % have one (Bible, data/mining), centred or use-multilingual-v3 | .24 to .31 | .10 to .20 |
 * | the same, multilingual-e5-small not centred | .13 to .21 | .18 to .47 |
 * | hi, ka, am, my, chr with an encoder that does not know them | .005 to .11 | .55 to .98 |
 * | sw with use-multilingual-v3 (half loan words and names) | .21 to .30 | .10 to .37 |
 */
export type BlindnessInput = {
  /** Nearest neighbour by cosine of each sentence, on the other side. */
  readonly nearestOfSource: Uint32Array;
  readonly nearestOfTarget: Uint32Array;
  /** How often each sentence stands in the k-lists of the other side. */
  readonly sourceOccurrences: Uint32Array;
  readonly targetOccurrences: Uint32Array;
};

export type BlindnessReport = {
  readonly blind: boolean;
  /** Share of the smaller side whose nearest neighbour has it as nearest in turn. */
  readonly mutual: number;
  /** Larger of both sides: share of sentences in nobody's list, above the share by chance; 1 = all. */
  readonly neverNeighbour: number;
  /** A sentence for the reader, or null where all is well. */
  readonly message: string | null;
};

export const fewestSentences = 100;
const lowestMutual = 0.12;
const highestNever = 0.5;

/** Judges a run; below 100 sentences a side it never warns, there being too few to tell. */
export const judgeBlindness = (input: BlindnessInput): BlindnessReport => {
  const mutual = mutualShare(input.nearestOfSource, input.nearestOfTarget);
  const neverNeighbour = Math.max(neverShare(input.targetOccurrences), neverShare(input.sourceOccurrences));
  const enough = Math.min(input.nearestOfSource.length, input.nearestOfTarget.length) >= fewestSentences;
  const blind = enough && mutual < lowestMutual && neverNeighbour > highestNever;
  return { blind, mutual, neverNeighbour, message: blind ? blindMessage(mutual, neverNeighbour) : null };
};

const blindMessage = (mutual: number, never: number): string =>
  `The encoder seems to be blind for one of these languages: only ${percent(mutual)} of the sentences are their nearest neighbour's nearest neighbour `
  + `(13 % or more was measured where it knows both languages, even without translations there), and ${percent(never)} are nobody's neighbour (less than half elsewhere). `
  + 'The pairs are hardly better than chance. Choose an encoder that lists both languages.';

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const mutualShare = (nearestOfSource: Uint32Array, nearestOfTarget: Uint32Array): number => {
  let count = 0;
  for (let source = 0; source < nearestOfSource.length; source += 1) {
    const target = nearestOfSource[source] ?? noNeighbour;
    if (target !== noNeighbour && nearestOfTarget[target] === source) count += 1;
  }
  const smaller = Math.min(nearestOfSource.length, nearestOfTarget.length);
  return smaller === 0 ? 0 : count / smaller;
};

/** Lists thrown at random would miss a sentence with probability exp(-mean occurrence); 0 = as by chance or better. */
const neverShare = (occurrences: Uint32Array): number => {
  if (occurrences.length === 0) return 0;
  let never = 0;
  let total = 0;
  for (const occurrence of occurrences) {
    if (occurrence === 0) never += 1;
    total += occurrence;
  }
  const chance = Math.exp(-total / occurrences.length);
  return chance >= 1 ? 0 : Math.max(0, (never / occurrences.length - chance) / (1 - chance));
};

/**
 * From which k-occurrence a sentence counts as a hub: 12 times the mean, at least 40.
 *
 * Measured at k = 4: the most frequent neighbour of 1,000 sentences that all have a translation stands in 12 to 37 lists (mean 4); of 25,000
 * with few translations in 50 to 160, with 1 to 26 sentences above 48 (multilingual-e5-small not centred: up to 238, one in 612 lists); where the encoder is blind, in 94 to 649 of 1,000. Mean 4 gives 48.
 */
export const hubLimit = (occurrences: Uint32Array): number => {
  let total = 0;
  for (const occurrence of occurrences) total += occurrence;
  return occurrences.length === 0 ? 40 : Math.max(40, Math.ceil((12 * total) / occurrences.length));
};

/** Ordinals of the hubs, in order. */
export const hubs = (occurrences: Uint32Array): Uint32Array => {
  const limit = hubLimit(occurrences);
  const found: number[] = [];
  for (let ordinal = 0; ordinal < occurrences.length; ordinal += 1) if ((occurrences[ordinal] ?? 0) >= limit) found.push(ordinal);
  return Uint32Array.from(found);
};

import { type Alignment, BeamMatrix } from './beam-matrix.ts';

/** Longest run of words that is moved, furthest move, and candidates after which the search ends: sacreBLEU's own limits. */
const longestShift = 10;
const furthestShift = 50;
const mostCandidates = 1000;

/**
 * Limits of ours, where sacreBLEU would take hours and tens of gigabytes: its time and memory grow with the product of both lengths.
 *
 * `mostCells`: a larger beam matrix (about 80,000 words) is not searched for shifts at all, its plain distance counts. `mostWork`: so many cells and pairs of
 * words for one reference, then the search ends as at the candidate limit; some seconds. Counted, not timed, so a score is the same everywhere.
 */
const mostCells = 2 ** 22;
const mostWork = 2 ** 29;

/** What stopped the search for shifts before it was through: sacreBLEU's candidate limit, or this package's limit on size. */
export type ShiftStop = 'candidates' | 'size' | null;

export type EditRate = {
  /** Shifts and remaining edits together. */
  readonly edits: number;
  readonly shifts: number;
  /** Shifts that were looked at, in all rounds. */
  readonly candidates: number;
  readonly stop: ShiftStop;
  /** True where the beam may have hidden a cheaper alignment. */
  readonly beam: boolean;
};

/** A move of `length` hypothesis words from `start` to before the word `target`. */
type Shift = { readonly start: number; readonly length: number; readonly target: number };

type Search = { readonly shifts: readonly Shift[]; readonly candidates: number };

/**
 * Counts the edits from hypothesis to reference, a moved run of words as one, the way sacreBLEU's greedy search does.
 *
 * One instance serves many segments and keeps its arrays. Words are numbers, equal where the words are equal.
 * Behaviour: sacrebleu/metrics/lib_ter.py of release 2.6.0, function translation_edit_rate.
 */
export class EditCounter {
  readonly #matrix = new BeamMatrix();

  count(words: Int32Array<ArrayBuffer>, reference: Int32Array<ArrayBuffer>): EditRate {
    const plain = { shifts: 0, candidates: 0, stop: null, beam: false };
    if (reference.length === 0 || words.length === 0) return { ...plain, edits: Math.max(words.length, reference.length) };
    this.#matrix.open(words.length, reference);
    if (this.#matrix.cells > mostCells) {
      const edits = this.#matrix.distance(words);
      return { ...plain, edits, stop: 'size', beam: this.#matrix.mayHideCheaper(edits) };
    }
    return this.#shiftGreedily(words.slice(), reference);
  }

  /** Applies the best shift again and again while one reduces the distance. A round that reaches a limit is thrown away whole. */
  #shiftGreedily(words: Int32Array<ArrayBuffer>, reference: Int32Array<ArrayBuffer>): EditRate {
    const alignment = emptyAlignment(words.length, reference.length);
    const roundWork = 2 * this.#matrix.cells + words.length * Math.min(reference.length, 2 * furthestShift + 1);
    let distance = this.#matrix.fill(words);
    const beam = this.#matrix.mayHideCheaper(distance);
    let shifts = 0;
    let candidates = 0;
    let work = 0;
    const result = (stop: ShiftStop): EditRate => ({ edits: shifts + distance, shifts, candidates, stop, beam });
    while (distance > 0) {
      this.#matrix.align(words, alignment);
      const search = findShifts(words, reference, alignment, candidates);
      candidates = search.candidates;
      if (candidates >= mostCandidates) return result('candidates');
      work += roundWork + search.shifts.reduce((sum, shift) => sum + (changeEnd(shift, words.length) - changeStart(shift)) * this.#matrix.stride, 0);
      if (work > mostWork) return result('size');
      const best = this.#bestShift(words, search.shifts, distance);
      if (best === null) return result(null);
      moveWords(words, best);
      shifts += 1;
      distance = this.#matrix.fill(words);
    }
    return result(null);
  }

  /** The shift that lowers the distance most; among equals the longest, then the earliest start, then the earliest target. Null where none lowers it. */
  #bestShift(words: Int32Array<ArrayBuffer>, shifts: readonly Shift[], distance: number): Shift | null {
    const moved = words.slice();
    let best: Shift | null = null;
    let lowest = distance;
    for (const shift of shifts) {
      const from = changeStart(shift);
      const to = changeEnd(shift, words.length);
      moveWords(moved, shift);
      const after = this.#matrix.distanceAfterChange(moved, from, to);
      moved.set(words.subarray(from, to), from);
      if (after < lowest || (best !== null && after === lowest && comesFirst(shift, best))) {
        best = shift;
        lowest = after;
      }
    }
    return best;
  }
}

const emptyAlignment = (words: number, reference: number): Alignment => ({
  positions: new Int32Array(reference),
  referenceErrors: new Uint8Array(reference),
  hypothesisErrors: new Uint8Array(words),
});

/**
 * All moves of a run of hypothesis words that also stands in the reference, where both places have an error and the run is not already there.
 *
 * The order is sacreBLEU's, because the count of candidates ends the search. `counted` are those of earlier rounds.
 */
const findShifts = (words: Int32Array, reference: Int32Array, { positions, referenceErrors, hypothesisErrors }: Alignment, counted: number): Search => {
  const shifts: Shift[] = [];
  for (let start = 0; start < words.length; start += 1) {
    const last = Math.min(reference.length - 1, start + furthestShift);
    for (let at = Math.max(0, start - furthestShift); at <= last; at += 1) {
      const longest = Math.min(longestShift, words.length - start, reference.length - at);
      let hypothesisError = false;
      let referenceError = false;
      for (let length = 1; length <= longest && words[start + length - 1] === reference[at + length - 1]; length += 1) {
        hypothesisError ||= hypothesisErrors[start + length - 1] === 1;
        referenceError ||= referenceErrors[at + length - 1] === 1;
        const position = positions[at] ?? 0;
        if (!hypothesisError || !referenceError || (start <= position && position < start + length)) continue;
        addTargets(shifts, start, length, at, positions);
        if (counted + shifts.length >= mostCandidates) return { shifts, candidates: counted + shifts.length };
      }
    }
  }
  return { shifts, candidates: counted + shifts.length };
};

/** The run may go before the word that its first reference word follows, or after any of its own reference words' places. */
const addTargets = (shifts: Shift[], start: number, length: number, at: number, positions: Int32Array): void => {
  let previous = -1;
  for (let place = at - 1; place < at + length; place += 1) {
    const target = place < 0 ? 0 : (positions[place] ?? 0) + 1;
    if (target !== previous) shifts.push({ start, length, target });
    previous = target;
  }
};

const comesFirst = (shift: Shift, other: Shift): boolean => {
  if (shift.length !== other.length) return shift.length > other.length;
  if (shift.start !== other.start) return shift.start < other.start;
  return shift.target < other.target;
};

/** First word that a move changes. */
const changeStart = ({ start, target }: Shift): number => Math.min(start, target);

/** One past the last word that a move changes. A target inside the run is counted as if the run had been taken out before. */
const changeEnd = ({ start, length, target }: Shift, count: number): number => {
  if (target < start) return start + length;
  return target > start + length ? target : Math.min(target + length, count);
};

const moveWords = (words: Int32Array<ArrayBuffer>, shift: Shift): void => {
  const { start, length, target } = shift;
  const run = words.slice(start, start + length);
  if (target < start) {
    words.copyWithin(target + length, target, start);
    words.set(run, target);
    return;
  }
  const end = changeEnd(shift, words.length);
  words.copyWithin(start, start + length, end);
  words.set(run, end - length);
};

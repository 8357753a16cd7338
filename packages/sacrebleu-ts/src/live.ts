import { SacrebleuError } from './errors.ts';
import type { Metric, Score, Segment, Statistics } from './metric.ts';
import { checkWidth } from './statistics.ts';

/**
 * A corpus score that is kept up to date while segments come, go and change.
 *
 * Adding, removing and replacing cost one segment's reading and one row's sum, whatever the size; scoring costs one `metric.score`. Segments are
 * known by the number `add` gave. The score is exactly that of the corpus: statistics with fractions (TER's mean lengths), where sums taken back and
 * forth would gather rounding, are summed anew for the first score after a change.
 */
export class LiveCorpus<S extends Score = Score> {
  readonly #metric: Metric<S>;
  readonly #rows = new Map<number, Float64Array>();
  readonly #sums: Float64Array;
  #next = 0;
  #rounded = false;

  constructor(metric: Metric<S>) {
    this.#metric = metric;
    this.#sums = new Float64Array(metric.width);
  }

  /** Segments in it. */
  get size(): number {
    return this.#rows.size;
  }

  /** Reads a segment and returns the number it is known by. */
  add(segment: Segment): number {
    return this.#put(this.#next++, this.#read(segment));
  }

  /** Takes over segments that are read already and returns the number of the first; the others follow it. */
  addAll(statistics: Statistics): number {
    checkWidth(this.#metric, statistics);
    const first = this.#next;
    for (let row = 0; row < statistics.count; row += 1) this.#put(this.#next++, statistics.values.slice(row * statistics.width, (row + 1) * statistics.width));
    return first;
  }

  /** @throws SacrebleuError `bad-statistics` where there is no such segment. */
  remove(segment: number): void {
    this.#change(this.#row(segment), -1);
    this.#rows.delete(segment);
  }

  /** Puts a segment in another's place; its number stays. The old one is kept where the new one cannot be read. */
  replace(segment: number, by: Segment): void {
    const old = this.#row(segment);
    const fresh = this.#read(by);
    this.#change(old, -1);
    this.#put(segment, fresh);
  }

  /** @throws SacrebleuError `empty-corpus` where there is no segment. */
  score(): S {
    if (this.size === 0) throw new SacrebleuError('empty-corpus', 'There is no segment to score.');
    return this.#metric.score(this.#exactSums());
  }

  /** What a segment does to the score: the score of all minus the score without it, in percent. */
  influence(segment: number): number {
    const row = this.#row(segment);
    return this.score().value - this.#metric.score(this.#exactSums().map((sum, column) => sum - (row[column] ?? 0))).value;
  }

  #read(segment: Segment): Float64Array {
    return this.#metric.extract([segment]).values;
  }

  #row(segment: number): Float64Array {
    const row = this.#rows.get(segment);
    if (row === undefined) throw new SacrebleuError('bad-statistics', `There is no segment ${segment} in this corpus.`);
    return row;
  }

  #put(segment: number, row: Float64Array): number {
    this.#rows.set(segment, row);
    this.#change(row, 1);
    return segment;
  }

  #change(row: Float64Array, sign: 1 | -1): void {
    for (let column = 0; column < row.length; column += 1) this.#sums[column] = (this.#sums[column] ?? 0) + sign * (row[column] ?? 0);
    this.#rounded = this.#metric.fractional;
  }

  #exactSums(): Float64Array {
    if (this.#rounded) {
      this.#sums.fill(0);
      for (const row of this.#rows.values()) this.#change(row, 1);
      this.#rounded = false;
    }
    return this.#sums;
  }
}

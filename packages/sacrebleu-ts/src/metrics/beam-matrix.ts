/** Half the beam, in columns; wider where the texts differ so much in length that neighbouring rows would not meet. */
const beamWidth = 25;

/** More than any distance, and still safe to add to. */
const unreachable = 2 ** 29;

/** What a filled matrix says about each word: where the reference words sit in the hypothesis, and which words are errors. */
export type Alignment = {
  /** For each reference word the hypothesis word it is aligned to, or the one before it; -1 before the first. */
  readonly positions: Int32Array;
  readonly referenceErrors: Uint8Array;
  readonly hypothesisErrors: Uint8Array;
};

/**
 * The edit distance of sacreBLEU's TER: Levenshtein inside a beam around the pseudo-diagonal, in typed arrays used again for the next text.
 *
 * Rows are hypothesis positions 0..H, columns reference positions 0..R. Row i has the columns [floor(i R / H) - beam, floor(i R / H) + beam), the last row goes on
 * to R; cells outside count as unreachable. `forward` holds the cost of reaching a cell, `backward` the cost from it to the end, so that the distance after a
 * change of a few words takes only their rows. Behaviour: sacrebleu/metrics/lib_ter.py of release 2.6.0, class BeamEditDistance.
 */
export class BeamMatrix {
  #height = 0;
  #reference = new Int32Array(0);
  #stride = 1;
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);
  #forward = new Int32Array(0);
  #backward = new Int32Array(0);
  #rows: readonly [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>] = [new Int32Array(0), new Int32Array(0)];

  /** Fixes the shape. Both texts have at least one word. */
  open(hypothesisLength: number, reference: Int32Array<ArrayBuffer>): void {
    const ratio = reference.length / hypothesisLength;
    const beam = beamWidth < ratio / 2 ? Math.ceil(ratio / 2 + beamWidth) : beamWidth;
    this.#height = hypothesisLength;
    this.#reference = reference;
    this.#stride = Math.min(reference.length + 1, 2 * beam + 1);
    this.#starts = roomFor(this.#starts, hypothesisLength + 1);
    this.#ends = roomFor(this.#ends, hypothesisLength + 1);
    for (let row = 1; row <= hypothesisLength; row += 1) {
      const diagonal = Math.floor(row * ratio);
      this.#starts[row] = Math.max(0, diagonal - beam);
      this.#ends[row] = row === hypothesisLength ? reference.length + 1 : Math.min(reference.length + 1, diagonal + beam);
    }
    this.#starts[0] = Math.max(0, (this.#starts[1] ?? 0) - 1);
    this.#ends[0] = this.#ends[1] ?? 0;
    this.#rows = [roomFor(this.#rows[0], this.#stride), roomFor(this.#rows[1], this.#stride)];
  }

  /** Cells of the whole matrix: the measure of its time and memory. */
  get cells(): number {
    return (this.#height + 1) * this.#stride;
  }

  /** Cells of one row. */
  get stride(): number {
    return this.#stride;
  }

  /** The distance alone, in the memory of two rows. */
  distance(hypothesis: Int32Array): number {
    this.#firstRow(this.#rows[0]);
    const last = this.#advance(hypothesis, 0, this.#height);
    return last[this.#reference.length - (this.#starts[this.#height] ?? 0)] ?? 0;
  }

  /** Fills both directions for a hypothesis and returns its distance. */
  fill(hypothesis: Int32Array): number {
    const stride = this.#stride;
    this.#forward = roomFor(this.#forward, this.cells);
    this.#backward = roomFor(this.#backward, this.cells);
    this.#firstRow(this.#forward);
    for (let row = 1; row <= this.#height; row += 1) this.#forwardRow(hypothesis[row - 1] ?? 0, row, this.#forward, (row - 1) * stride, this.#forward, row * stride);
    for (let row = this.#height; row >= 0; row -= 1) this.#backwardRow(hypothesis[row] ?? 0, row);
    return this.#cost(this.#height, this.#reference.length);
  }

  /** The distance of a hypothesis that differs from the filled one in the words [from, to) only. */
  distanceAfterChange(hypothesis: Int32Array, from: number, to: number): number {
    const stride = this.#stride;
    this.#rows[0].set(this.#forward.subarray(from * stride, (from + 1) * stride));
    const row = this.#advance(hypothesis, from, to);
    const width = (this.#ends[to] ?? 0) - (this.#starts[to] ?? 0);
    const backward = this.#backward;
    let best = unreachable;
    for (let at = 0; at < width; at += 1) {
      const cost = (row[at] ?? 0) + (backward[to * stride + at] ?? 0);
      if (cost < best) best = cost;
    }
    return best;
  }

  /** Follows the cheapest way back through the filled matrix: at equal cost a match or substitution, then a hypothesis word too many, then one missing. */
  align(hypothesis: Int32Array, { positions, referenceErrors, hypothesisErrors }: Alignment): void {
    let row = this.#height;
    let column = this.#reference.length;
    while (row > 0 || column > 0) {
      const cost = this.#cost(row, column);
      const differs = hypothesis[row - 1] === this.#reference[column - 1] ? 0 : 1;
      if (row > 0 && column > 0 && this.#cost(row - 1, column - 1) + differs === cost) {
        positions[column - 1] = row - 1;
        referenceErrors[column - 1] = differs;
        hypothesisErrors[row - 1] = differs;
        row -= 1;
        column -= 1;
      } else if (row > 0 && (column === 0 || this.#cost(row - 1, column) + 1 === cost)) {
        hypothesisErrors[row - 1] = 1;
        row -= 1;
      } else {
        positions[column - 1] = row - 1;
        referenceErrors[column - 1] = 1;
        column -= 1;
      }
    }
  }

  /**
   * Whether a way through cells outside the beam could be as cheap as `distance`.
   *
   * A way through (i, j) costs at least the words it must skip before and after: |j - i| + |(R - j) - (H - i)|. Enough to look at the cells beside the beam.
   */
  mayHideCheaper(distance: number): boolean {
    const surplus = this.#reference.length - this.#height;
    const skipped = (row: number, column: number): number => Math.abs(column - row) + Math.abs(surplus - (column - row));
    for (let row = 1; row <= this.#height; row += 1) {
      const start = this.#starts[row] ?? 0;
      const end = this.#ends[row] ?? 0;
      if (start > 0 && skipped(row, start - 1) <= distance) return true;
      if (end <= this.#reference.length && skipped(row, end) <= distance) return true;
    }
    return false;
  }

  #cost(row: number, column: number): number {
    if (row === 0) return column;
    const start = this.#starts[row] ?? 0;
    return column >= start && column < (this.#ends[row] ?? 0) ? (this.#forward[row * this.#stride + column - start] ?? 0) : unreachable;
  }

  #firstRow(target: Int32Array): void {
    const start = this.#starts[0] ?? 0;
    const end = this.#ends[0] ?? 0;
    for (let column = start; column < end; column += 1) target[column - start] = column;
  }

  /** Computes rows from + 1 to `to`, given row `from` in the first spare row; returns the row that holds the last. */
  #advance(hypothesis: Int32Array, from: number, to: number): Int32Array {
    let [source, target] = this.#rows;
    for (let row = from + 1; row <= to; row += 1) {
      this.#forwardRow(hypothesis[row - 1] ?? 0, row, source, 0, target, 0);
      [source, target] = [target, source];
    }
    return source;
  }

  #forwardRow(word: number, row: number, source: Int32Array, sourceAt: number, target: Int32Array, targetAt: number): void {
    const reference = this.#reference;
    const start = this.#starts[row] ?? 0;
    const end = this.#ends[row] ?? 0;
    const sourceStart = this.#starts[row - 1] ?? 0;
    const shared = Math.min(end, this.#ends[row - 1] ?? 0);
    const above = sourceAt - sourceStart;
    const here = targetAt - start;
    let column = start;
    let left = unreachable;
    let diagonal = start > sourceStart ? (source[above + start - 1] ?? 0) : unreachable;
    if (start === 0) {
      diagonal = source[above] ?? 0;
      left = diagonal + 1;
      target[here] = left;
      column = 1;
    }
    for (; column < shared; column += 1) {
      const up = source[above + column] ?? 0;
      let cost = reference[column - 1] === word ? diagonal : diagonal + 1;
      if (up + 1 < cost) cost = up + 1;
      if (left + 1 < cost) cost = left + 1;
      target[here + column] = cost;
      left = cost;
      diagonal = up;
    }
    for (; column < end; column += 1) {
      const cost = reference[column - 1] === word ? diagonal : diagonal + 1;
      left = left + 1 < cost ? left + 1 : cost;
      target[here + column] = left;
      diagonal = unreachable;
    }
  }

  /** `word` is the hypothesis word that leads from this row to the next. */
  #backwardRow(word: number, row: number): void {
    const reference = this.#reference;
    const backward = this.#backward;
    const start = this.#starts[row] ?? 0;
    const end = this.#ends[row] ?? 0;
    const here = row * this.#stride - start;
    if (row === this.#height) {
      for (let column = start; column < end; column += 1) backward[here + column] = reference.length - column;
      return;
    }
    const nextStart = this.#starts[row + 1] ?? 0;
    const nextEnd = this.#ends[row + 1] ?? 0;
    const below = (row + 1) * this.#stride - nextStart;
    let right = unreachable;
    let diagonal = end < nextEnd ? (backward[below + end] ?? 0) : unreachable;
    for (let column = end - 1; column >= start; column -= 1) {
      const down = column >= nextStart && column < nextEnd ? (backward[below + column] ?? 0) : unreachable;
      let cost = reference[column] === word ? diagonal : diagonal + 1;
      if (down + 1 < cost) cost = down + 1;
      if (right + 1 < cost) cost = right + 1;
      backward[here + column] = cost;
      right = cost;
      diagonal = down;
    }
  }
}

const roomFor = (array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => (array.length >= length ? array : new Int32Array(length));

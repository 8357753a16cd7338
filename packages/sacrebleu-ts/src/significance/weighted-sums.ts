import type { Columns } from './columns.ts';

/** How many weightings are summed in one pass over the columns: each number is loaded once for all of them. */
export const lanes = 4;

/** Work between two pauses, in multiplications: some milliseconds. */
const sliceWork = 8_000_000;

/** Weights of `lanes` resamples, one number a segment: how often it was drawn, or 1 and 0 for picked and not. */
export type Weights = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

export const createWeights = (count: number): Weights => [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Float64Array(count)];

/** Sums of weighted rows, for the statistics of all systems and all metrics at once. */
export class WeightedSums {
  readonly #columns: Columns;
  readonly #sums: readonly Float64Array[];

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#sums = Array.from({ length: lanes }, () => new Float64Array(columns.columns.length));
  }

  get hasFractions(): boolean {
    return this.#columns.fractionsFrom < this.#columns.columns.length;
  }

  /** Sums every column under each of the weightings; pauses by yielding. */
  sum(weights: Weights): Generator<void, void, void> {
    return this.#sumColumns(weights, 0);
  }

  /** Sums only the columns that hold fractions, and keeps the other sums. */
  sumFractions(weights: Weights): Generator<void, void, void> {
    return this.#sumColumns(weights, this.#columns.fractionsFrom);
  }

  /** Copies the sums of one table under weighting `lane` to `out`. */
  read(lane: number, table: number, out: Float64Array): void {
    const sums = this.#sums[lane] ?? new Float64Array();
    const places = this.#columns.tables[table] ?? [];
    for (let index = 0; index < places.length; index += 1) {
      const { column, part, scale } = places[index] ?? { column: 0, part: 'whole', scale: 1 };
      const sum = sums[column] ?? 0;
      const high = part === 'whole' ? 0 : Math.floor(sum / scale);
      out[index] = part === 'high' ? high : sum - high * scale;
    }
  }

  /** Whether a statistic of a table is summed as whole numbers, so that what was not picked is the total less what was. */
  isWhole(table: number, index: number): boolean {
    return (this.#columns.tables[table]?.[index]?.column ?? 0) < this.#columns.fractionsFrom;
  }

  *#sumColumns(weights: Weights, from: number): Generator<void, void, void> {
    const { columns, count } = this.#columns;
    let work = 0;
    for (let index = from; index < columns.length; index += 2) {
      const first = columns[index] ?? new Float64Array();
      sumPair(first, columns[index + 1] ?? first, weights, this.#sums, index);
      work += count * 2 * lanes;
      if (work < sliceWork) continue;
      work = 0;
      yield;
    }
  }
}

/** The hot loop: two columns under four weightings, each sum in order of the rows. Writing past the last column does nothing. */
const sumPair = (first: Float64Array, second: Float64Array, [w0, w1, w2, w3]: Weights, [out0, out1, out2, out3]: readonly Float64Array[], index: number): void => {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < first.length; row += 1) {
    const a = first[row] ?? 0;
    const b = second[row] ?? 0;
    const weight0 = w0[row] ?? 0;
    const weight1 = w1[row] ?? 0;
    const weight2 = w2[row] ?? 0;
    const weight3 = w3[row] ?? 0;
    a0 += weight0 * a;
    a1 += weight1 * a;
    a2 += weight2 * a;
    a3 += weight3 * a;
    b0 += weight0 * b;
    b1 += weight1 * b;
    b2 += weight2 * b;
    b3 += weight3 * b;
  }
  write(out0, index, a0, b0);
  write(out1, index, a1, b1);
  write(out2, index, a2, b2);
  write(out3, index, a3, b3);
};

const write = (out: Float64Array | undefined, index: number, first: number, second: number): void => {
  if (out === undefined) return;
  out[index] = first;
  out[index + 1] = second;
};

import { inChunks, part, runThrough, type Steps } from './steps.ts';

/**
 * Ridge regression between the vectors of confident pairs, both ways and cross-fitted.
 *
 * forward W = (AᵀA + λI)⁻¹AᵀB maps a source vector towards the target side, backward V = (BᵀB + λI)⁻¹BᵀA the other way; rows of A and B are the
 * vectors of the pairs. With folds there is one map a fold, fitted on the pairs of all the others, so no pair is ever scored by a map that has
 * seen it: a map inflates the pairs that it was fitted on. Float64, in a fixed order: the same pairs give the same bits.
 * Cost: 2 n d² multiplications for the products of all pairs, then 2 (d³/6 + d³) a fold; d = 512, n = 3000, 5 folds: a few seconds on one core.
 */
export type CrossFittedMaps = {
  readonly dimension: number;
  readonly folds: number;
  /** Per fold a row-major dimension x dimension matrix, fitted without the fold. */
  readonly forward: readonly Float64Array[];
  readonly backward: readonly Float64Array[];
};

export type ConfidentPairs = {
  readonly dimension: number;
  readonly count: number;
  /** Row-major count x dimension. */
  readonly source: Float32Array | Float64Array;
  readonly target: Float32Array | Float64Array;
  /** Fold of each pair, 0 to folds - 1. */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** λ divided by (pairs fitted / dimension), so that it means the same for any number of pairs of unit vectors. */
  readonly ridge: number;
};

export const fitMaps = (pairs: ConfidentPairs): CrossFittedMaps => runThrough(fitMapsInSteps(pairs));

export const fitMapsInSteps = function* (pairs: ConfidentPairs): Steps<CrossFittedMaps> {
  const { dimension, folds } = pairs;
  const products: Products[] = [];
  for (let fold = 0; fold < folds; fold += 1) products.push(yield* part(foldProducts(pairs, fold), (0.3 * fold) / folds, (0.3 * (fold + 1)) / folds));
  const sum = yield* part(summed(products), 0.3, 0.35);
  const forward: Float64Array[] = [];
  const backward: Float64Array[] = [];
  const without = function* (whole: Float64Array, own: Float64Array): Steps<Float64Array> {
    const rest = whole.slice();
    if (folds > 1) yield* inChunks(rest.length, (first, end) => { for (let index = first; index < end; index += 1) rest[index] = (whole[index] ?? 0) - (own[index] ?? 0); }, rowsOfStep);
    return rest;
  };
  for (const [fold, own] of products.entries()) {
    const done = 0.35 + (0.65 * fold) / folds;
    const half = 0.325 / folds;
    const count = folds === 1 ? sum.count : sum.count - own.count;
    const cross = yield* part(without(sum.cross, own.cross), done, done);
    const ridge = (pairs.ridge * count) / dimension;
    forward.push(yield* part(solveRidgeInSteps(yield* part(without(sum.source, own.source), done, done), cross, dimension, ridge), done, done + half));
    const across = yield* part(transposed(cross, dimension), done + half, done + half);
    backward.push(yield* part(solveRidgeInSteps(yield* part(without(sum.target, own.target), done + half, done + half), across, dimension, ridge), done + half, done + 2 * half));
  }
  return { dimension, folds, forward, backward };
};

type Products = { readonly count: number; readonly source: Float64Array; readonly target: Float64Array; readonly cross: Float64Array };

/** Numbers that one step adds or takes away. */
const rowsOfStep = 262_144;

/** All folds together, added in their order. */
const summed = function* (products: readonly Products[]): Steps<Products> {
  const [first, ...others] = products;
  if (first === undefined) throw new Error('The linear map needs at least one fold.');
  const sum = { count: first.count, source: first.source.slice(), target: first.target.slice(), cross: first.cross.slice() };
  for (const own of others) {
    sum.count += own.count;
    for (const name of ['source', 'target', 'cross'] as const) {
      const into = sum[name];
      const from = own[name];
      yield* inChunks(into.length, (start, end) => { for (let index = start; index < end; index += 1) into[index] = (into[index] ?? 0) + (from[index] ?? 0); }, rowsOfStep);
    }
  }
  return sum;
};

const foldProducts = function* (pairs: ConfidentPairs, fold: number): Steps<Products> {
  const { dimension } = pairs;
  const members: number[] = [];
  for (let index = 0; index < pairs.count; index += 1) if (pairs.fold[index] === fold) members.push(index);
  const source = rowsOf(pairs.source, members, dimension);
  const target = rowsOf(pairs.target, members, dimension);
  return {
    count: members.length,
    source: yield* part(product(source, source, members.length, dimension, true), 0, 0.25),
    target: yield* part(product(target, target, members.length, dimension, true), 0.25, 0.5),
    cross: yield* part(product(source, target, members.length, dimension, false), 0.5, 1),
  };
};

const rowsOf = (vectors: Float32Array | Float64Array, members: readonly number[], dimension: number): Float64Array => {
  const rows = new Float64Array(Math.ceil(members.length / 4) * 4 * dimension);
  for (const [place, member] of members.entries()) rows.set(vectors.subarray(member * dimension, (member + 1) * dimension), place * dimension);
  return rows;
};

/** leftᵀ right, four rows a step (padded with zero rows); of a symmetric product the lower half is computed and mirrored. */
const product = function* (left: Float64Array, right: Float64Array, count: number, dimension: number, symmetric: boolean): Steps<Float64Array> {
  const out = new Float64Array(dimension * dimension);
  for (let row = 0; row < count; row += 4) {
    addFourRows(left, right, row * dimension, dimension, symmetric, out);
    yield row / count;
  }
  if (symmetric) for (let i = 0; i < dimension; i += 1) for (let j = i + 1; j < dimension; j += 1) out[i * dimension + j] = out[j * dimension + i] ?? 0;
  return out;
};

const addFourRows = (left: Float64Array, right: Float64Array, at: number, dimension: number, symmetric: boolean, out: Float64Array): void => {
  for (let i = 0; i < dimension; i += 1) {
    const a = left[at + i] ?? 0;
    const b = left[at + dimension + i] ?? 0;
    const c = left[at + 2 * dimension + i] ?? 0;
    const d = left[at + 3 * dimension + i] ?? 0;
    const end = symmetric ? i + 1 : dimension;
    const to = i * dimension;
    for (let j = 0; j < end; j += 1) {
      const from = at + j;
      out[to + j] = (out[to + j] ?? 0) + a * (right[from] ?? 0) + b * (right[from + dimension] ?? 0) + c * (right[from + 2 * dimension] ?? 0) + d * (right[from + 3 * dimension] ?? 0);
    }
  }
};

const transposed = function* (matrix: Float64Array, size: number): Steps<Float64Array> {
  const out = new Float64Array(matrix.length);
  yield* inChunks(size, (first, end) => { for (let i = first; i < end; i += 1) for (let j = 0; j < size; j += 1) out[j * size + i] = matrix[i * size + j] ?? 0; }, 128);
  return out;
};

/**
 * Solves (G + ridge I) W = R for a symmetric G, by Cholesky's factorisation. G is overwritten.
 *
 * Worked example, 1 x 1: G = [3], R = [2], ridge 1 gives W = [.5].
 */
export const solveRidge = (gram: Float64Array, right: Float64Array, size: number, ridge: number): Float64Array => runThrough(solveRidgeInSteps(gram, right, size, ridge));

export const solveRidgeInSteps = function* (gram: Float64Array, right: Float64Array, size: number, ridge: number): Steps<Float64Array> {
  for (let i = 0; i < size; i += 1) {
    factorRow(gram, i, size, ridge);
    yield (0.1 * i) / size;
  }
  const out = right.slice();
  /** Takes factor(k) times row k from a row, for k in [first, end), four rows a pass: the target row is then read and written a quarter as often. */
  const subtract = (row: number, first: number, end: number, factor: (k: number) => number): void => {
    const to = row * size;
    let k = first;
    for (; k + 3 < end; k += 4) {
      const a = factor(k);
      const b = factor(k + 1);
      const c = factor(k + 2);
      const d = factor(k + 3);
      const from = k * size;
      for (let column = 0; column < size; column += 1) {
        const at = from + column;
        out[to + column] = (out[to + column] ?? 0) - (a * (out[at] ?? 0) + b * (out[at + size] ?? 0) + c * (out[at + 2 * size] ?? 0) + d * (out[at + 3 * size] ?? 0));
      }
    }
    for (; k < end; k += 1) {
      const a = factor(k);
      for (let column = 0; column < size; column += 1) out[to + column] = (out[to + column] ?? 0) - a * (out[k * size + column] ?? 0);
    }
  };
  const divide = (row: number): void => {
    const by = gram[row * size + row] ?? 1;
    for (let column = row * size; column < (row + 1) * size; column += 1) out[column] = (out[column] ?? 0) / by;
  };
  for (let row = 0; row < size; row += 1) {
    subtract(row, 0, row, (k) => gram[row * size + k] ?? 0);
    divide(row);
    yield 0.1 + (0.45 * row) / size;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    subtract(row, row + 1, size, (k) => gram[k * size + row] ?? 0);
    divide(row);
    yield 1 - (0.45 * row) / size;
  }
  return out;
};

/** One row of Cholesky's factor, in place. */
const factorRow = (gram: Float64Array, i: number, size: number, ridge: number): void => {
  gram[i * size + i] = (gram[i * size + i] ?? 0) + ridge;
  for (let j = 0; j <= i; j += 1) {
    let sum = gram[i * size + j] ?? 0;
    for (let k = 0; k < j; k += 1) sum -= (gram[i * size + k] ?? 0) * (gram[j * size + k] ?? 0);
    if (i !== j) gram[i * size + j] = sum / (gram[j * size + j] ?? 1);
    else if (sum > 0) gram[i * size + i] = Math.sqrt(sum);
    else throw new Error('The linear map cannot be fitted: the vectors of the confident pairs do not differ from each other. Mine without the linear map.');
  }
};

/** vector * map, scaled to length 1, into `out` at `outStart`; a vector that the map sends to zero stays zero. */
export const applyMap = (
  map: Float64Array, dimension: number, vector: Float32Array | Float64Array, start: number, out: Float32Array | Float64Array, outStart: number, scale: number,
): void => {
  const mapped = new Float64Array(dimension);
  for (let i = 0; i < dimension; i += 1) {
    const value = vector[start + i] ?? 0;
    if (value === 0) continue;
    const from = i * dimension;
    for (let j = 0; j < dimension; j += 1) mapped[j] = (mapped[j] ?? 0) + value * (map[from + j] ?? 0);
  }
  let squares = 0;
  for (const value of mapped) squares += value * value;
  const factor = scale / Math.max(Math.sqrt(squares), 1e-12);
  for (let j = 0; j < dimension; j += 1) out[outStart + j] = (mapped[j] ?? 0) * factor;
};

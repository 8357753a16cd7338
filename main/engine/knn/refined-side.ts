import { breathe, throwIfCancelled } from '../run-queue.ts';
import type { VectorRows } from './stored-vectors.ts';

/**
 * One side of a mining as the search sees it: vectors of every encoder normalised, centred where the plan says so, concatenated.
 *
 * A vector v becomes v/|v|; centring subtracts the mean of its own side and normalises again; P encoders are concatenated and divided by √P, so that
 * the cosine is the mean of their cosines. Nothing refined is stored: f32 tiles are made while they are read, and float64 cosines come from the raw
 * rows with a few numbers a sentence (32 bytes a sentence and encoder):
 * cos(x, y) = (x̂·ŷ − x̂·m_Y − ŷ·m_X + m_X·m_Y) / (|x̂ − m_X| |ŷ − m_Y|).
 */
export type RefinedSide = {
  readonly sentences: number;
  /** Of the concatenation. */
  readonly dimension: number;
  readonly parts: readonly RefinedPart[];
  /** The f32 rows of a tile, for the product. */
  tile(first: number, count: number, out: Float32Array): void;
  /** The f32 rows of any ascending sentences. */
  someRows(ordinals: Uint32Array, out: Float32Array): void;
};

export type RefinedPart = {
  readonly vectors: VectorRows;
  /** 1 / |v|, at least 1e-12 in the norm: a zero vector stays zero. */
  readonly inverseNorm: Float64Array;
  /** Mean of the side's normalised vectors; null: not centred. */
  readonly mean: Float64Array | null;
  /** 1 / |x̂ − m|; 1 / |v̂| stands in the product where the part is not centred. */
  readonly inverseCentred: Float64Array;
  /** x̂ · mean of the other side. */
  readonly towardsOtherMean: Float64Array;
};

const smallestNorm = 1e-12;
const blockRows = 2048;

/** Sum of products of two rows, in float64 with four running sums. */
export const dot = (a: Float32Array, aStart: number, b: Float32Array, bStart: number, dimension: number): number => {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let column = 0;
  for (; column + 3 < dimension; column += 4) {
    const i = aStart + column;
    const j = bStart + column;
    sum0 += (a[i] ?? 0) * (b[j] ?? 0);
    sum1 += (a[i + 1] ?? 0) * (b[j + 1] ?? 0);
    sum2 += (a[i + 2] ?? 0) * (b[j + 2] ?? 0);
    sum3 += (a[i + 3] ?? 0) * (b[j + 3] ?? 0);
  }
  for (; column < dimension; column += 1) sum0 += (a[aStart + column] ?? 0) * (b[bStart + column] ?? 0);
  return sum0 + sum1 + (sum2 + sum3);
};

type Progress = (done: number, total: number) => void | Promise<void>;

/** Means of both sides, one an encoder: what an earlier run learned and a later one keeps. */
export type Means = { readonly source: readonly Float64Array[]; readonly target: readonly Float64Array[] };

/**
 * Prepares both sides together: one streaming pass for norms and means, a second one for centred norms.
 *
 * Means are float64 sums over the sentences in order, so they are the same however the reading is cut into blocks. `means` takes those of an earlier
 * run instead: then every cosine between sentences of that run stays what it was, to the last bit.
 */
export const refineSides = async (
  source: readonly VectorRows[], target: readonly VectorRows[], options: { readonly centre: boolean; readonly means?: Means; readonly signal?: AbortSignal; readonly progress?: Progress },
): Promise<{ readonly source: RefinedSide; readonly target: RefinedSide }> => {
  const total = [...source, ...target].reduce((sum, vectors) => sum + vectors.sentences, 0) * (options.centre ? 2 : 1);
  const state = { done: 0 };
  const eachBlock = async (vectors: VectorRows, work: (values: Float32Array, first: number, count: number) => void): Promise<void> => {
    const values = new Float32Array(Math.min(blockRows, vectors.sentences) * vectors.dimension);
    for (let first = 0; first < vectors.sentences; first += blockRows) {
      throwIfCancelled(options.signal);
      const count = Math.min(blockRows, vectors.sentences - first);
      vectors.read(first, count, values);
      work(values, first, count);
      state.done += count;
      await options.progress?.(state.done, total);
      await breathe();
    }
  };

  const measure = async (vectors: VectorRows, known: Float64Array | undefined): Promise<{ inverseNorm: Float64Array; mean: Float64Array }> => {
    const { dimension, sentences } = vectors;
    const inverseNorm = new Float64Array(sentences);
    const mean = known ?? new Float64Array(dimension);
    const summed = options.centre && known === undefined;
    await eachBlock(vectors, (values, first, count) => {
      for (let row = 0; row < count; row += 1) {
        const start = row * dimension;
        const inverse = 1 / Math.max(smallestNorm, Math.sqrt(dot(values, start, values, start, dimension)));
        inverseNorm[first + row] = inverse;
        if (summed) for (let column = 0; column < dimension; column += 1) mean[column] = (mean[column] ?? 0) + (values[start + column] ?? 0) * inverse;
      }
    });
    if (summed) for (let column = 0; column < dimension; column += 1) mean[column] = (mean[column] ?? 0) / Math.max(1, sentences);
    return { inverseNorm, mean };
  };

  const centre = async (vectors: VectorRows, inverseNorm: Float64Array, mean: Float64Array, otherMean: Float64Array): Promise<RefinedPart> => {
    const { dimension, sentences } = vectors;
    const inverseCentred = new Float64Array(sentences);
    const towardsOtherMean = new Float64Array(sentences);
    await eachBlock(vectors, (values, first, count) => {
      for (let row = 0; row < count; row += 1) {
        const start = row * dimension;
        const inverse = inverseNorm[first + row] ?? 0;
        let squares = 0;
        let towards = 0;
        for (let column = 0; column < dimension; column += 1) {
          const unit = (values[start + column] ?? 0) * inverse;
          const difference = unit - (mean[column] ?? 0);
          squares += difference * difference;
          towards += unit * (otherMean[column] ?? 0);
        }
        inverseCentred[first + row] = 1 / Math.max(smallestNorm, Math.sqrt(squares));
        towardsOtherMean[first + row] = towards;
      }
    });
    return { vectors, inverseNorm, mean, inverseCentred, towardsOtherMean };
  };

  const plain = (vectors: VectorRows, inverseNorm: Float64Array): RefinedPart => ({
    vectors, inverseNorm, mean: null, inverseCentred: new Float64Array(0), towardsOtherMean: new Float64Array(0),
  });

  const sourceParts: RefinedPart[] = [];
  const targetParts: RefinedPart[] = [];
  for (const [index, sourceVectors] of source.entries()) {
    const targetVectors = target[index];
    if (targetVectors === undefined) continue;
    const sourceMeasure = await measure(sourceVectors, options.means?.source[index]);
    const targetMeasure = await measure(targetVectors, options.means?.target[index]);
    sourceParts.push(options.centre ? await centre(sourceVectors, sourceMeasure.inverseNorm, sourceMeasure.mean, targetMeasure.mean) : plain(sourceVectors, sourceMeasure.inverseNorm));
    targetParts.push(options.centre ? await centre(targetVectors, targetMeasure.inverseNorm, targetMeasure.mean, sourceMeasure.mean) : plain(targetVectors, targetMeasure.inverseNorm));
  }
  return { source: makeSide(sourceParts), target: makeSide(targetParts) };
};

const makeSide = (parts: readonly RefinedPart[]): RefinedSide => {
  const dimension = parts.reduce((sum, part) => sum + part.vectors.dimension, 0);
  const scale = 1 / Math.sqrt(parts.length);
  const state = { raw: new Float32Array(0) };
  const room = (size: number): Float32Array => {
    if (state.raw.length < size) state.raw = new Float32Array(size);
    return state.raw;
  };

  const fill = (count: number, ordinalOf: (row: number) => number, load: (part: RefinedPart, into: Float32Array) => void, out: Float32Array): void => {
    let offset = 0;
    for (const part of parts) {
      const width = part.vectors.dimension;
      const raw = room(count * width);
      load(part, raw);
      const { mean } = part;
      for (let row = 0; row < count; row += 1) {
        const ordinal = ordinalOf(row);
        const inverse = part.inverseNorm[ordinal] ?? 0;
        const from = row * width;
        const to = row * dimension + offset;
        if (mean === null) {
          const factor = inverse * scale;
          for (let column = 0; column < width; column += 1) out[to + column] = (raw[from + column] ?? 0) * factor;
        } else {
          const factor = (part.inverseCentred[ordinal] ?? 0) * scale;
          for (let column = 0; column < width; column += 1) out[to + column] = ((raw[from + column] ?? 0) * inverse - (mean[column] ?? 0)) * factor;
        }
      }
      offset += width;
    }
  };

  return {
    sentences: parts[0]?.vectors.sentences ?? 0,
    dimension,
    parts,
    tile: (first, count, out) => { fill(count, (row) => first + row, (part, into) => { part.vectors.read(first, count, into); }, out); },
    someRows: (ordinals, out) => { fill(ordinals.length, (row) => ordinals[row] ?? 0, (part, into) => { part.vectors.readSome(ordinals, into); }, out); },
  };
};

/**
 * Float64 cosines between rows of one side and listed rows of the other.
 *
 * Every step is symmetric in its two sides, so cos(x, y) and cos(y, x) are the same to the last bit. `candidates` holds `width` ordinals of the other side a row (`empty` marks unused slots).
 */
export const exactCosines = (
  side: RefinedSide, other: RefinedSide, rows: Uint32Array, candidates: Uint32Array, width: number, empty: number, out: Float64Array,
): void => {
  const wanted = distinct(candidates, empty);
  const places = new Uint32Array(candidates.length);
  for (let slot = 0; slot < candidates.length; slot += 1) if (candidates[slot] !== empty) places[slot] = placeOf(wanted, candidates[slot] ?? 0);
  out.fill(0, 0, candidates.length);
  for (const [index, part] of side.parts.entries()) {
    const otherPart = other.parts[index];
    if (otherPart === undefined) continue;
    addCosines(part, otherPart, rows, candidates, places, wanted, width, empty, out, side.parts.length);
  }
};

const addCosines = (
  part: RefinedPart, otherPart: RefinedPart, rows: Uint32Array, candidates: Uint32Array, places: Uint32Array, wanted: Uint32Array,
  width: number, empty: number, out: Float64Array, partCount: number,
): void => {
  const { dimension } = part.vectors;
  const own = part.vectors.rowsOf(rows);
  const theirs = otherPart.vectors.rowsOf(wanted);
  const meanProduct = part.mean === null || otherPart.mean === null ? 0 : part.mean.reduce((sum, value, column) => sum + value * (otherPart.mean?.[column] ?? 0), 0);
  for (let row = 0; row < rows.length; row += 1) {
    const ordinal = rows[row] ?? 0;
    const start = own.startOf(row);
    for (let slot = row * width; slot < (row + 1) * width; slot += 1) {
      const candidate = candidates[slot] ?? empty;
      if (candidate === empty) continue;
      const product = dot(own.values, start, theirs.values, theirs.startOf(places[slot] ?? 0), dimension) * ((part.inverseNorm[ordinal] ?? 0) * (otherPart.inverseNorm[candidate] ?? 0));
      const cosine = part.mean === null ? product
        : (product - ((part.towardsOtherMean[ordinal] ?? 0) + (otherPart.towardsOtherMean[candidate] ?? 0)) + meanProduct)
          * ((part.inverseCentred[ordinal] ?? 0) * (otherPart.inverseCentred[candidate] ?? 0));
      out[slot] = (out[slot] ?? 0) + cosine / partCount;
    }
  }
};

/** Ascending distinct ordinals. */
const distinct = (ordinals: Uint32Array, empty: number): Uint32Array => {
  const sorted = ordinals.slice().sort();
  let count = 0;
  for (const ordinal of sorted) {
    if (ordinal === empty || (count > 0 && sorted[count - 1] === ordinal)) continue;
    sorted[count] = ordinal;
    count += 1;
  }
  return sorted.subarray(0, count);
};

const placeOf = (sorted: Uint32Array, ordinal: number): number => {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < ordinal) low = middle + 1; else high = middle;
  }
  return low;
};

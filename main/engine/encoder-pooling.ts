import type { EncoderDescription } from '../contract/models.ts';

/**
 * Token vectors to one vector a sentence, for graphs that do not pool by themselves.
 *
 * `hidden` is [count, width, dimension]; sentences are padded on the right, `lengths` are their real token counts.
 */
export const pool = (kind: Exclude<EncoderDescription['pooling'], 'in-graph'>, hidden: Float32Array, lengths: Uint32Array, width: number, dimension: number): Float32Array => {
  const count = lengths.length;
  const vectors = new Float32Array(count * dimension);
  for (let row = 0; row < count; row += 1) {
    const start = row * width * dimension;
    const length = lengths[row] ?? 0;
    if (kind === 'mean') mean(hidden, start, length, dimension, vectors, row * dimension);
    else {
      const token = kind === 'cls' ? 0 : Math.max(0, length - 1);
      vectors.set(hidden.subarray(start + token * dimension, start + (token + 1) * dimension), row * dimension);
    }
  }
  return vectors;
};

const mean = (hidden: Float32Array, start: number, length: number, dimension: number, into: Float32Array, at: number): void => {
  const sums = new Float64Array(dimension);
  for (let token = 0; token < length; token += 1) {
    const from = start + token * dimension;
    for (let i = 0; i < dimension; i += 1) sums[i] = (sums[i] ?? 0) + (hidden[from + i] ?? 0);
  }
  for (let i = 0; i < dimension; i += 1) into[at + i] = (sums[i] ?? 0) / Math.max(1, length);
};

/** Scales every vector to length 1, in place; a vector of zeros stays one. */
export const normaliseRows = (vectors: Float32Array, dimension: number): Float32Array => {
  for (let start = 0; start < vectors.length; start += dimension) {
    let sum = 0;
    for (let i = start; i < start + dimension; i += 1) sum += (vectors[i] ?? 0) ** 2;
    if (sum === 0) continue;
    const scale = 1 / Math.sqrt(sum);
    for (let i = start; i < start + dimension; i += 1) vectors[i] = (vectors[i] ?? 0) * scale;
  }
  return vectors;
};

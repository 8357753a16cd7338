/**
 * Which words of two sentences belong together, from vectors of the words.
 *
 * After SimAlign (Jalili Sabet, Dufter, Yvon, Schütze 2020, arXiv:2004.08728): a link where each is the other's most similar word (section 2.2, "Argmax"),
 * then once more among what is left ("Itermax", two iterations, discount 0.9), which lets one word have several. Before comparing, the mean of
 * a sentence's words is taken off, because the vectors of all words of a sentence point the same way; texts of one or two words have no such mean.
 */
export type WordLink = { readonly source: number; readonly target: number; readonly similarity: number };

/** Null: a word without a vector, which has no links. */
export type WordVectors = readonly (Float32Array | null)[];

/** Below these similarities two words are left alone: one in twenty right links of the first round is under 0.58, chance is about 0. */
const leastOfFirst = 0.3;
const leastOfSecond = 0.45;
const discount = 0.9;
const fewestForMean = 3;

export const linkWords = (source: WordVectors, target: WordVectors): WordLink[] => {
  const hasMean = Math.min(count(source), count(target)) >= fewestForMean;
  const [left, right] = hasMean ? [centred(source), centred(target)] : [source, target];
  const similarity = similarities(left.map(normalised), right.map(normalised));
  const width = target.length;
  const links: WordLink[] = [];
  const linked = { source: new Uint8Array(source.length), target: new Uint8Array(width) };
  for (const least of [leastOfFirst, leastOfSecond]) {
    const found = mutualBest(similarity, source.length, width, (row, column) => {
      const taken = (linked.source[row] ?? 0) + (linked.target[column] ?? 0);
      return taken === 2 ? 0 : taken === 1 ? discount : 1;
    });
    for (const { source: row, target: column } of found) {
      const value = similarity[row * width + column] ?? 0;
      if (value < least || links.some((link) => link.source === row && link.target === column)) continue;
      links.push({ source: row, target: column, similarity: value });
    }
    for (const link of links) {
      linked.source[link.source] = 1;
      linked.target[link.target] = 1;
    }
  }
  return links.toSorted((one, other) => one.source - other.source || one.target - other.target);
};

const count = (vectors: WordVectors): number => vectors.filter((vector) => vector !== null).length;

const centred = (vectors: WordVectors): WordVectors => {
  const all = vectors.filter((vector) => vector !== null);
  const mean = new Float64Array(all[0]?.length ?? 0);
  for (const vector of all) for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / all.length;
  return vectors.map((vector) => (vector === null ? null : vector.map((value, i) => value - (mean[i] ?? 0))));
};

const normalised = (vector: Float32Array | null): Float32Array | null => {
  if (vector === null) return null;
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? null : vector.map((value) => value / length);
};

/** [source words, target words], row by row; -1 where a word has no vector. */
const similarities = (source: WordVectors, target: WordVectors): Float64Array => {
  const out = new Float64Array(source.length * target.length).fill(-1);
  for (const [row, one] of source.entries()) for (const [column, other] of target.entries()) {
    if (one === null || other === null) continue;
    let sum = 0;
    for (let i = 0; i < one.length; i += 1) sum += (one[i] ?? 0) * (other[i] ?? 0);
    out[row * target.length + column] = sum;
  }
  return out;
};

/** Cells that are the largest of their row and of their column, and above zero; of two equal ones the first. */
const mutualBest = (similarity: Float64Array, rows: number, columns: number, weight: (row: number, column: number) => number): Pick<WordLink, 'source' | 'target'>[] => {
  const bestColumn = new Int32Array(rows).fill(-1);
  const bestRow = new Int32Array(columns).fill(-1);
  const value = (row: number, column: number): number => (row < 0 || column < 0 ? 0 : (similarity[row * columns + column] ?? 0) * weight(row, column));
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
    const here = value(row, column);
    if (here > value(row, bestColumn[row] ?? -1)) bestColumn[row] = column;
    if (here > value(bestRow[column] ?? -1, column)) bestRow[column] = row;
  }
  return Array.from(bestColumn, (target, source) => ({ source, target })).filter(({ source, target }) => target >= 0 && bestRow[target] === source);
};

import { argmaxLinks, itermaxLinks, matchLinks, softmaxLinks, wordsOfLinks, type Link, type Similarity } from './similarity-links.ts';

/** The hidden states of a text's tokens, [tokens, dimension], and which tokens make up each of its words (none where the text was cut). */
export type TextStates = { readonly states: Float32Array; readonly dimension: number; readonly words: readonly (readonly number[])[] };

export const linkRules = ['argmax', 'itermax', 'match', 'softmax'] as const;
export type LinkRule = (typeof linkRules)[number];

export type StateLinkOptions = {
  readonly rule: LinkRule;
  /** Compare words (the mean of their tokens), or tokens, where words are linked if any of their tokens are. SimAlign's `token_type`. */
  readonly unit: 'word' | 'token';
};

/** Words of two texts that belong together, and how sure that is: 0 .. 1, higher is surer. */
export type SureLink = readonly [source: number, target: number, share: number];

/** How far apart two similarities must be for one to weigh e times the other, in cosines. Middle layers of encoders keep all words within a few tenths. */
const temperature = 0.05;
/** Scales cosines to the dot products that the softmax rule was made for; its threshold. */
const softmax = { scale: 1 / temperature, tau: 0.1 };

/**
 * Word links from hidden states (SimAlign, Jalili Sabet et al. 2020): cosines, then one of the published rules.
 *
 * A link's share is the smaller of two: of the target word among all that the source word could be linked to, and the other way round.
 */
export const linksOfStates = (source: TextStates, target: TextStates, { rule, unit }: StateLinkOptions): readonly SureLink[] => {
  const [left, right] = [pooled(source), pooled(target)];
  const words = cosines(left, right);
  if (words.rows === 0 || words.columns === 0) return [];
  const links = unit === 'word' ? linksBy(rule, words) : tokenLinks(source, target, left.words, right.words, rule);
  const sure = shares(words);
  return links.map(([row, column]): SureLink => [left.words[row] ?? 0, right.words[column] ?? 0, sure(row, column)]);
};

const linksBy = (rule: LinkRule, similarity: Similarity): readonly Link[] => {
  if (rule === 'softmax') return softmaxLinks({ ...similarity, values: similarity.values.map((value) => value * softmax.scale) }, softmax.tau);
  // SimAlign's similarities are (1 + cosine) / 2: that decides how much the discount of itermax weighs.
  const halved = { ...similarity, values: similarity.values.map((value) => (1 + value) / 2) };
  return rule === 'argmax' ? argmaxLinks(halved) : rule === 'itermax' ? itermaxLinks(halved) : matchLinks(halved);
};

const tokenLinks = (source: TextStates, target: TextStates, sourceWords: readonly number[], targetWords: readonly number[], rule: LinkRule): readonly Link[] => {
  const [left, right] = [tokensOf(source, sourceWords), tokensOf(target, targetWords)];
  return wordsOfLinks(linksBy(rule, cosines(left, right)), left.words, right.words);
};

/** Vectors of length 1, [count, dimension], and the number of what each stands for. */
type Vectors = { readonly vectors: Float32Array; readonly dimension: number; readonly words: readonly number[] };

/** One vector for each word that has tokens: their mean. */
const pooled = ({ states, dimension, words }: TextStates): Vectors => {
  const present = [...words.keys()].filter((word) => (words[word]?.length ?? 0) > 0);
  const vectors = new Float32Array(present.length * dimension);
  for (const [row, word] of present.entries()) {
    const [first = 0, ...others] = words[word] ?? [];
    vectors.set(states.subarray(first * dimension, (first + 1) * dimension), row * dimension);
    for (const token of others) add(vectors, row * dimension, states, token * dimension, dimension);
    normalise(vectors, row * dimension, dimension);
  }
  return { vectors, dimension, words: present };
};

/** One vector for each token of the words; `words` are places in `present`. */
const tokensOf = ({ states, dimension, words }: TextStates, present: readonly number[]): Vectors => {
  const tokens = present.flatMap((word, place) => (words[word] ?? []).map((token) => ({ token, place })));
  const vectors = new Float32Array(tokens.length * dimension);
  for (const [row, { token }] of tokens.entries()) {
    vectors.set(states.subarray(token * dimension, (token + 1) * dimension), row * dimension);
    normalise(vectors, row * dimension, dimension);
  }
  return { vectors, dimension, words: tokens.map(({ place }) => place) };
};

/** Adds a token's state to what stands there. */
const add = (to: Float32Array, at: number, from: Float32Array, start: number, count: number): void => {
  for (let i = 0; i < count; i += 1) to[at + i] = (to[at + i] ?? 0) + (from[start + i] ?? 0);
};

/** Two sums side by side, so that none waits for the one before. */
const normalise = (vectors: Float32Array, start: number, count: number): void => {
  let even = 0;
  let odd = 0;
  for (let i = start; i < start + count; i += 2) {
    const one = vectors[i] ?? 0;
    const other = i + 1 < start + count ? vectors[i + 1] ?? 0 : 0;
    even += one * one;
    odd += other * other;
  }
  const sum = even + odd;
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  for (let i = start; i < start + count; i += 1) vectors[i] = (vectors[i] ?? 0) * scale;
};

/** Two rows by two columns at a time: each number that is read serves two products, and none waits for the one before. */
const cosines = (left: Vectors, right: Vectors): Similarity => {
  const [rows, columns, size] = [left.words.length, right.words.length, left.dimension];
  const [one, other] = [left.vectors, right.vectors];
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 2) for (let column = 0; column < columns; column += 2) {
    // At an edge the last row or column stands for its neighbour, and is written twice.
    const [nextRow, nextColumn] = [Math.min(row + 1, rows - 1), Math.min(column + 1, columns - 1)];
    const [top, bottom, first, second] = [row * size, nextRow * size, column * size, nextColumn * size];
    let [topFirst, topSecond, bottomFirst, bottomSecond] = [0, 0, 0, 0];
    for (let i = 0; i < size; i += 1) {
      const a = one[top + i] ?? 0;
      const b = one[bottom + i] ?? 0;
      const c = other[first + i] ?? 0;
      const d = other[second + i] ?? 0;
      topFirst += a * c;
      topSecond += a * d;
      bottomFirst += b * c;
      bottomSecond += b * d;
    }
    values[row * columns + column] = topFirst;
    values[row * columns + nextColumn] = nextColumn === column ? topFirst : topSecond;
    values[nextRow * columns + column] = nextRow === row ? topFirst : bottomFirst;
    values[nextRow * columns + nextColumn] = bottomSecond;
  }
  return { rows, columns, values };
};

/** The smaller of a cell's shares in its row and in its column, by softmax. */
const shares = ({ rows, columns, values }: Similarity): ((row: number, column: number) => number) => {
  const weights = values.map((value) => Math.exp((value - 1) / temperature));
  const [ofRow, ofColumn] = [new Float64Array(rows), new Float64Array(columns)];
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
    const weight = weights[row * columns + column] ?? 0;
    ofRow[row] = (ofRow[row] ?? 0) + weight;
    ofColumn[column] = (ofColumn[column] ?? 0) + weight;
  }
  return (row, column) => (weights[row * columns + column] ?? 0) / Math.max(ofRow[row] ?? 1, ofColumn[column] ?? 1);
};

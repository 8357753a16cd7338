/**
 * Word links from a matrix of similarities, by the published rules.
 *
 * A matrix S is [rows, columns], row by row: similarities of source words (or pieces of words) with target words. SimAlign's are (1 + cosine) / 2
 * (Jalili Sabet et al. 2020, arXiv:2004.08728); the links equal those of the package simalign 0.4.
 */
export type Similarity = { readonly rows: number; readonly columns: number; readonly values: Float64Array };

/** From a source word to a target word. */
export type Link = readonly [source: number, target: number];

/** Bends a matrix towards the diagonal: S_ij (1 - kappa (i / (rows - 1) - j / (columns - 1))^2). Sides of one word stay as they are. */
export const bent = ({ rows, columns, values }: Similarity, kappa: number): Similarity => {
  if (kappa === 0 || rows < 2 || columns < 2) return { rows, columns, values };
  return { rows, columns, values: values.map((value, at) => value * (1 - kappa * (Math.floor(at / columns) / (rows - 1) - (at % columns) / (columns - 1)) ** 2)) };
};

/** Argmax: each is the other's most similar one; of equal ones the first. */
export const argmaxLinks = (similarity: Similarity): Link[] => mutualBest(similarity, similarity.values);

/**
 * Itermax: argmax again and again among what is left, so that one word may have several links.
 *
 * Where one of the two words has a link already, the similarity counts 0.9; where both have, nothing is added. Ends when a side is used up.
 */
export const itermaxLinks = (similarity: Similarity, rounds = 2): Link[] => {
  const { rows, columns, values } = similarity;
  const links = argmaxLinks(similarity);
  if (Math.min(rows, columns) <= 2) return links;
  for (let round = 1; round < rounds; round += 1) {
    const linked = { rows: new Uint8Array(rows), columns: new Uint8Array(columns) };
    for (const [row, column] of links) { linked.rows[row] = 1; linked.columns[column] = 1; }
    if (!linked.rows.includes(0) || !linked.columns.includes(0)) break;
    const weighed = values.map((value, at) => {
      const taken = (linked.rows[Math.floor(at / columns)] ?? 0) + (linked.columns[at % columns] ?? 0);
      return taken === 2 ? 0 : taken === 1 ? 0.9 * value : value;
    });
    const more = mutualBest(similarity, weighed).filter(([row, column]) => linked.rows[row] === 0 || linked.columns[column] === 0);
    if (more.length === 0) break;
    links.push(...more);
  }
  return inOrder(links);
};

/** Match: the set of links with the largest sum in which no word has two; as many links as the shorter side has words. */
export const matchLinks = ({ rows, columns, values }: Similarity): Link[] => {
  if (rows > columns) {
    const turned = Float64Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] ?? 0);
    return inOrder(matchLinks({ rows: columns, columns: rows, values: turned }).map(([source, target]): Link => [target, source]));
  }
  return inOrder(assign(rows, columns, (row, column) => -(values[row * columns + column] ?? 0)));
};

/**
 * Softmax intersection (awesome-align, Dou and Neubig 2021): a link where both the share of the target word among the row and that of the source word
 * among the column are above tau. `products` holds dot products of the states, not cosines.
 */
export const softmaxLinks = ({ rows, columns, values: products }: Similarity, tau: number): Link[] => {
  const forward = shares(rows, columns, (row, column) => products[row * columns + column] ?? 0);
  const backward = shares(columns, rows, (column, row) => products[row * columns + column] ?? 0);
  const links: Link[] = [];
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
    if ((forward[row * columns + column] ?? 0) > tau && (backward[column * rows + row] ?? 0) > tau) links.push([row, column]);
  }
  return links;
};

/** Links between pieces of words, as links between the words: one where any of their pieces has one. */
export const wordsOfLinks = (links: readonly Link[], sourceWords: ArrayLike<number>, targetWords: ArrayLike<number>): Link[] => {
  const found = new Map<string, Link>();
  for (const [source, target] of links) {
    const link: Link = [sourceWords[source] ?? source, targetWords[target] ?? target];
    found.set(link.join('-'), link);
  }
  return inOrder([...found.values()]);
};

export const inOrder = (links: readonly Link[]): Link[] => links.toSorted((left, right) => left[0] - right[0] || left[1] - right[1]);

const mutualBest = ({ rows, columns }: Similarity, values: Float64Array): Link[] => {
  const bestColumn = new Int32Array(rows);
  const bestRow = new Int32Array(columns);
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
    const value = values[row * columns + column] ?? 0;
    if (value > (values[row * columns + (bestColumn[row] ?? 0)] ?? 0)) bestColumn[row] = column;
    if (value > (values[(bestRow[column] ?? 0) * columns + column] ?? 0)) bestRow[column] = row;
  }
  return Array.from(bestColumn, (column, row): Link => [row, column]).filter(([row, column]) => bestRow[column] === row);
};

/** Softmax over `columns` for each of `rows`. */
const shares = (rows: number, columns: number, value: (row: number, column: number) => number): Float64Array => {
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    let most = -Infinity;
    for (let column = 0; column < columns; column += 1) most = Math.max(most, value(row, column));
    let sum = 0;
    for (let column = 0; column < columns; column += 1) sum += Math.exp(value(row, column) - most);
    for (let column = 0; column < columns; column += 1) out[row * columns + column] = Math.exp(value(row, column) - most) / sum;
  }
  return out;
};

/**
 * The cheapest column for every row, no column twice; rows <= columns. O(rows^2 columns).
 *
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987): rows enter one by one, each along the path that costs least.
 */
const assign = (rows: number, columns: number, cost: (row: number, column: number) => number): Link[] => {
  const potential = { row: new Float64Array(rows + 1), column: new Float64Array(columns + 1) };
  // Rows and columns count from 1 here; column 0 stands for the row that enters.
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let entering = 1; entering <= rows; entering += 1) {
    const least = new Float64Array(columns + 1).fill(Infinity);
    const seen = new Uint8Array(columns + 1);
    rowOf[0] = entering;
    let column = 0;
    do {
      seen[column] = 1;
      const row = rowOf[column] ?? 0;
      let next = 0;
      let delta = Infinity;
      for (let other = 1; other <= columns; other += 1) {
        if (seen[other] === 1) continue;
        const reduced = cost(row - 1, other - 1) - (potential.row[row] ?? 0) - (potential.column[other] ?? 0);
        if (reduced < (least[other] ?? Infinity)) { least[other] = reduced; before[other] = column; }
        if ((least[other] ?? Infinity) < delta) { delta = least[other] ?? Infinity; next = other; }
      }
      for (let other = 0; other <= columns; other += 1) {
        if (seen[other] === 1) {
          const holder = rowOf[other] ?? 0;
          potential.row[holder] = (potential.row[holder] ?? 0) + delta;
          potential.column[other] = (potential.column[other] ?? 0) - delta;
        } else least[other] = (least[other] ?? Infinity) - delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const from = before[column] ?? 0;
      rowOf[column] = rowOf[from] ?? 0;
      column = from;
    }
  }
  return Array.from({ length: columns }, (_, at): Link => [(rowOf[at + 1] ?? 0) - 1, at]).filter(([row]) => row >= 0);
};

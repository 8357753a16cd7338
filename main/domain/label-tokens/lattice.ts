/**
 * What a hidden Markov model knows of one sentence.
 *
 * `scores[word * tags + tag]` is the chance of the word given the tag. `transitions` is square with one row and column more than there are tags: row
 * i, column j is the chance of tag j after tag i; the last row is the start of the sentence, the last column its end.
 */
export type Lattice = { readonly words: number; readonly tags: number; readonly scores: Float64Array; readonly transitions: Float64Array };

/** The likeliest row of tags with the logarithm of its joint chance; of equals the one with the lower numbers, from the end. */
export const likeliestPath = ({ words, tags, scores, transitions }: Lattice): { readonly path: number[]; readonly logProbability: number } => {
  const width = tags + 1;
  if (words === 0) return { path: [], logProbability: Math.log(transitions[tags * width + tags] ?? 0) };
  const [best, from] = [new Float64Array(words * tags), new Int32Array(words * tags)];
  for (let word = 0; word < words; word += 1) {
    for (let tag = 0; tag < tags; tag += 1) {
      let [highest, source] = [Number.NEGATIVE_INFINITY, 0];
      for (let before = word === 0 ? tags : 0; before < (word === 0 ? width : tags); before += 1) {
        const chance = (word === 0 ? 0 : (best[(word - 1) * tags + before] ?? 0)) + Math.log(transitions[before * width + tag] ?? 0);
        if (chance > highest) [highest, source] = [chance, before];
      }
      best[word * tags + tag] = highest + Math.log(scores[word * tags + tag] ?? 0);
      from[word * tags + tag] = source;
    }
  }
  let [last, logProbability] = [0, Number.NEGATIVE_INFINITY];
  for (let tag = 0; tag < tags; tag += 1) {
    const chance = (best[(words - 1) * tags + tag] ?? 0) + Math.log(transitions[tag * width + tags] ?? 0);
    if (chance > logProbability) [logProbability, last] = [chance, tag];
  }
  const path = new Array<number>(words).fill(0);
  for (let word = words - 1; word >= 0; word -= 1) {
    path[word] = last;
    last = from[word * tags + last] ?? 0;
  }
  return { path, logProbability };
};

/** `posteriors[word * tags + tag]`: the chance of the tag at the word, given the whole sentence; they sum to 1 a word. */
export type Posteriors = { readonly posteriors: Float64Array; readonly logProbability: number };

/**
 * Forward and backward chances (Rabiner 1989, with his scaling of section V.A), over all rows of tags.
 *
 * `add` is told the expected number of every transition, start and end included, for training.
 */
export const posteriorsOf = (lattice: Lattice, add?: (from: number, to: number, expected: number) => void): Posteriors => {
  const { words, tags, scores, transitions } = lattice;
  const width = tags + 1;
  const chance = (from: number, to: number): number => transitions[from * width + to] ?? 0;
  const score = (word: number, tag: number): number => scores[word * tags + tag] ?? 0;
  if (words === 0) return { posteriors: new Float64Array(0), logProbability: Math.log(chance(tags, tags)) };
  const { forward, scales } = forwardChances(lattice);
  const backward = new Float64Array(words * tags);
  let end = 0;
  for (let tag = 0; tag < tags; tag += 1) end += (forward[(words - 1) * tags + tag] ?? 0) * chance(tag, tags);
  for (let tag = 0; tag < tags; tag += 1) backward[(words - 1) * tags + tag] = chance(tag, tags) / end;
  for (let word = words - 2; word >= 0; word -= 1) {
    for (let tag = 0; tag < tags; tag += 1) {
      let sum = 0;
      for (let next = 0; next < tags; next += 1) sum += chance(tag, next) * score(word + 1, next) * (backward[(word + 1) * tags + next] ?? 0);
      backward[word * tags + tag] = sum / (scales[word + 1] ?? 1);
    }
  }
  const posteriors = forward.map((value, at) => value * (backward[at] ?? 0));
  if (add !== undefined) tellTransitions(lattice, { forward, backward, scales, posteriors }, add);
  return { posteriors, logProbability: scales.reduce((sum, scale) => sum + Math.log(scale), Math.log(end)) };
};

/** Chances of the words up to each, given its tag, scaled to sum to 1 a word. */
const forwardChances = ({ words, tags, scores, transitions }: Lattice): { readonly forward: Float64Array; readonly scales: Float64Array } => {
  const width = tags + 1;
  const [forward, scales] = [new Float64Array(words * tags), new Float64Array(words)];
  for (let word = 0; word < words; word += 1) {
    let total = 0;
    for (let tag = 0; tag < tags; tag += 1) {
      let sum = word === 0 ? (transitions[tags * width + tag] ?? 0) : 0;
      for (let before = 0; word > 0 && before < tags; before += 1) sum += (forward[(word - 1) * tags + before] ?? 0) * (transitions[before * width + tag] ?? 0);
      const value = sum * (scores[word * tags + tag] ?? 0);
      forward[word * tags + tag] = value;
      total += value;
    }
    scales[word] = total;
    for (let tag = 0; tag < tags; tag += 1) forward[word * tags + tag] = (forward[word * tags + tag] ?? 0) / total;
  }
  return { forward, scales };
};

type Passes = { readonly forward: Float64Array; readonly backward: Float64Array; readonly scales: Float64Array; readonly posteriors: Float64Array };

const tellTransitions = ({ words, tags, scores, transitions }: Lattice, { forward, backward, scales, posteriors }: Passes, add: (from: number, to: number, expected: number) => void): void => {
  for (let tag = 0; tag < tags; tag += 1) {
    add(tags, tag, posteriors[tag] ?? 0);
    add(tag, tags, posteriors[(words - 1) * tags + tag] ?? 0);
  }
  for (let word = 1; word < words; word += 1) {
    for (let from = 0; from < tags; from += 1) {
      for (let to = 0; to < tags; to += 1) {
        add(from, to, ((forward[(word - 1) * tags + from] ?? 0) * (transitions[from * (tags + 1) + to] ?? 0) * (scores[word * tags + to] ?? 0) * (backward[word * tags + to] ?? 0)) / (scales[word] ?? 1));
      }
    }
  }
};

import { Failure } from '../../contract/errors.ts';
import { posteriorsOf, type Lattice } from './lattice.ts';
import { wordShape, wordShapes } from './word-shape.ts';

/** Words with their tags; null where a tag is not known (a word without a link). */
export type TaggedSentence = { readonly words: readonly string[]; readonly tags: readonly (string | null)[] };

/** Which tags a word can have; a word that is not in it can have any. */
export type TagDictionary = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * A hidden Markov model of tags: chances of tags after tags, and of words given tags.
 *
 * Given a tag, the chances of all known words and of all shapes of unknown ones sum to 1. `transitions` is laid out as in {@link Lattice}.
 */
export type TagModel = {
  readonly tags: readonly string[];
  readonly transitions: Float64Array;
  /** By word: its chance given each tag. */
  readonly words: ReadonlyMap<string, Float64Array>;
  /** By shape: the chance, given each tag, of a word that was never seen and has this shape. */
  readonly unknown: ReadonlyMap<string, Float64Array>;
};

export type TagModelSettings = {
  /** Added to every count of transitions and shapes (Lidstone's rule). */
  readonly added?: number;
  /**
   * How much is left for words never seen: as much as words seen once have of the tag (`good-turing`, Good 1953), or `added` for each known word and
   * one more (`add-k`, where every known word can have every tag).
   */
  readonly unseen?: 'good-turing' | 'add-k';
  /** Rounds of expectation maximisation that fill in the tags that are not known; those that are known stay. */
  readonly rounds?: number;
  readonly dictionary?: TagDictionary;
};

const usual = { added: 0.1, unseen: 'good-turing', rounds: 3 } as const;

/** Expected counts: whole numbers where all tags are known. */
type Counts = { readonly transitions: Float64Array; readonly words: Map<string, Float64Array> };

/** @throws Failure `bad-input` where no word has a tag */
export const trainTagModel = (sentences: readonly TaggedSentence[], settings: TagModelSettings = {}): TagModel => {
  const tags = [...new Set(sentences.flatMap((sentence) => sentence.tags.filter((tag) => tag !== null)))].sort();
  if (tags.length === 0) throw new Failure('bad-input', 'No word has a tag, so there is nothing to learn from.', { hint: 'Check that the source is tagged and that the pairs have word links.' });
  const numbers = new Map(tags.map((tag, at) => [tag, at]));
  const frequencies = new Map<string, number>();
  for (const { words } of sentences) for (const word of words) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  let model = estimated(tags, knownCounts(sentences, numbers), frequencies, settings);
  for (let round = 0; round < (settings.rounds ?? usual.rounds); round += 1) model = estimated(tags, expectedCounts(model, sentences, numbers, settings.dictionary), frequencies, settings);
  return model;
};

/** What is known for sure: words with a tag, and transitions between two of them. */
const knownCounts = (sentences: readonly TaggedSentence[], numbers: ReadonlyMap<string, number>): Counts => {
  const counts = noCounts(numbers.size);
  for (const { words, tags } of sentences) {
    const row = tags.map((tag) => (tag === null ? null : (numbers.get(tag) ?? null)));
    for (let at = 0; at <= words.length; at += 1) {
      const before = at === 0 ? numbers.size : row[at - 1];
      const tag = at === words.length ? numbers.size : row[at];
      if (before !== null && before !== undefined && tag !== null && tag !== undefined) addTransition(counts, numbers.size, before, tag, 1);
      if (at < words.length && tag !== null && tag !== undefined) addWord(counts, numbers.size, words[at] ?? '', tag, 1);
    }
  }
  return counts;
};

const expectedCounts = (model: TagModel, sentences: readonly TaggedSentence[], numbers: ReadonlyMap<string, number>, dictionary?: TagDictionary): Counts => {
  const counts = noCounts(model.tags.length);
  for (const { words, tags } of sentences) {
    if (words.length === 0) continue;
    const lattice = latticeOf(model, words, dictionary);
    for (const [at, tag] of tags.entries()) {
      const known = tag === null ? undefined : numbers.get(tag);
      if (known === undefined) continue;
      for (let other = 0; other < lattice.tags; other += 1) lattice.scores[at * lattice.tags + other] = Number(other === known);
    }
    const { posteriors } = posteriorsOf(lattice, (from, to, expected) => { addTransition(counts, lattice.tags, from, to, expected); });
    for (const [at, word] of words.entries()) for (let tag = 0; tag < lattice.tags; tag += 1) addWord(counts, lattice.tags, word, tag, posteriors[at * lattice.tags + tag] ?? 0);
  }
  return counts;
};

/** The lattice of a sentence under a model; a word that none of its allowed tags explains is read as unknown. */
export const latticeOf = (model: TagModel, words: readonly string[], dictionary?: TagDictionary): Lattice => {
  const count = model.tags.length;
  const scores = new Float64Array(words.length * count);
  for (const [at, word] of words.entries()) {
    const allowed = dictionary?.get(word);
    const hasAny = allowed !== undefined && model.tags.some((tag) => allowed.has(tag));
    const fill = (chances: Float64Array | undefined): boolean => {
      let total = 0;
      for (let tag = 0; tag < count; tag += 1) {
        const value = hasAny && !allowed.has(model.tags[tag] ?? '') ? 0 : (chances?.[tag] ?? 0);
        scores[at * count + tag] = value;
        total += value;
      }
      return total > 0;
    };
    if (!fill(model.words.get(word))) fill(model.unknown.get(wordShape(word)));
  }
  return { words: words.length, tags: count, scores, transitions: model.transitions };
};

const noCounts = (tags: number): Counts => ({ transitions: new Float64Array((tags + 1) ** 2), words: new Map() });

const addTransition = ({ transitions }: Counts, tags: number, from: number, to: number, count: number): void => {
  const cell = from * (tags + 1) + to;
  transitions[cell] = (transitions[cell] ?? 0) + count;
};

const addWord = ({ words }: Counts, tags: number, word: string, tag: number, count: number): void => {
  const row = words.get(word) ?? new Float64Array(tags);
  row[tag] = (row[tag] ?? 0) + count;
  words.set(word, row);
};

const estimated = (tags: readonly string[], counts: Counts, frequencies: ReadonlyMap<string, number>, settings: TagModelSettings): TagModel => {
  const { added, unseen } = { added: settings.added ?? usual.added, unseen: settings.unseen ?? usual.unseen };
  const [totals, once] = [new Float64Array(tags.length), new Float64Array(tags.length)];
  const shapes = new Map(wordShapes.map((shape) => [shape, new Float64Array(tags.length)]));
  for (const [word, row] of counts.words) {
    const rare = (frequencies.get(word) ?? 0) === 1;
    for (const [tag, count] of row.entries()) {
      totals[tag] = (totals[tag] ?? 0) + count;
      if (!rare) continue;
      once[tag] = (once[tag] ?? 0) + count;
      const shape = shapes.get(wordShape(word));
      if (shape !== undefined) shape[tag] = (shape[tag] ?? 0) + count;
    }
  }
  const known = counts.words.size;
  const left = totals.map((total, tag) => (unseen === 'add-k' ? added / (total + added * (known + 1)) : ((once[tag] ?? 0) + added) / (total + 2 * added)));
  const words = new Map([...counts.words].map(([word, row]) => [word, row.map((count, tag) => {
    const total = totals[tag] ?? 0;
    if (unseen === 'add-k') return (count + added) / (total + added * (known + 1));
    return total === 0 ? 0 : (1 - (left[tag] ?? 0)) * (count / total);
  })]));
  const unknown = new Map([...shapes].map(([shape, row]) => [shape, row.map((count, tag) => (left[tag] ?? 0) * ((count + added) / ((once[tag] ?? 0) + added * shapes.size)))]));
  return { tags, transitions: transitionChances(counts.transitions, tags.length, added), words, unknown };
};

/** Rows that sum to 1. No sentence is empty, so the end never follows the start. */
const transitionChances = (counts: Float64Array, tags: number, added: number): Float64Array => {
  const chances = new Float64Array(counts.length);
  for (let from = 0; from <= tags; from += 1) {
    const columns = from === tags ? tags : tags + 1;
    const row = counts.subarray(from * (tags + 1), from * (tags + 1) + columns);
    const total = row.reduce((sum, count) => sum + count, 0) + added * columns;
    for (const [to, count] of row.entries()) chances[from * (tags + 1) + to] = (count + added) / total;
  }
  return chances;
};

import { likeliestPath, posteriorsOf } from './lattice.ts';
import { latticeOf, type TagDictionary, type TaggedSentence, type TagModel } from './tag-model.ts';

export type WordTags = {
  /** The likeliest row of tags (Viterbi). */
  readonly tags: readonly string[];
  /** Of each tag: its chance given the whole sentence, 0 .. 1. */
  readonly confidences: readonly number[];
  /** Natural logarithm of the chance of words and tags together. */
  readonly logProbability: number;
};

export const tagWords = (model: TagModel, words: readonly string[], dictionary?: TagDictionary): WordTags => {
  if (words.length === 0) return { tags: [], confidences: [], logProbability: 0 };
  const lattice = latticeOf(model, words, dictionary);
  const { path, logProbability } = likeliestPath(lattice);
  const { posteriors } = posteriorsOf(lattice);
  return {
    tags: path.map((tag) => model.tags[tag] ?? ''),
    confidences: path.map((tag, word) => Math.min(1, posteriors[word * lattice.tags + tag] ?? 0)),
    logProbability,
  };
};

/** The tags that a word has at least `leastShare` of the times that its tag is known: rarer ones are mostly wrong links. */
export const dictionaryOf = (sentences: readonly TaggedSentence[], leastShare = 0.1): TagDictionary => {
  const counts = new Map<string, Map<string, number>>();
  for (const { words, tags } of sentences) {
    for (const [at, tag] of tags.entries()) {
      if (tag === null) continue;
      const own = counts.get(words[at] ?? '') ?? new Map<string, number>();
      own.set(tag, (own.get(tag) ?? 0) + 1);
      counts.set(words[at] ?? '', own);
    }
  }
  return new Map([...counts].map(([word, own]) => {
    const total = [...own.values()].reduce((sum, count) => sum + count, 0);
    return [word, new Set([...own].filter(([, count]) => count / total >= leastShare).map(([tag]) => tag))];
  }));
};

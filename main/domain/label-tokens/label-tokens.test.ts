import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPharaoh } from '../label/alignment-error.ts';
import { seededRandom } from '../review/seeded-random.ts';
import { readConllu, writeConllu } from './conllu.ts';
import { likeliestPath, posteriorsOf, type Lattice } from './lattice.ts';
import { projectTags } from './project-tags.ts';
import { latticeOf, trainTagModel, type TaggedSentence } from './tag-model.ts';
import { dictionaryOf, tagWords } from './tag-words.ts';

/** What hmmlearn itself says (scripts/fixtures/tag_lattice.py). */
type Case = { readonly tags: number; readonly words: number; readonly transitions: readonly number[]; readonly scores: readonly number[]; readonly path: readonly number[]; readonly pathLogProbability: number; readonly posteriors: readonly number[]; readonly logProbability: number };
const { cases } = JSON.parse(readFileSync(new URL('./tag-lattice.fixture.json', import.meta.url), 'utf8')) as { readonly cases: readonly Case[] };
const latticeFrom = ({ tags, words, transitions, scores }: Case): Lattice => ({ tags, words, transitions: Float64Array.from(transitions), scores: Float64Array.from(scores) });

describe('projection', () => {
  it('copies tags along an alignment of every word with itself', () => {
    const tags = ['DET', 'NOUN', 'VERB', 'PUNCT'];
    expect(projectTags(tags, readPharaoh('0-0 1-1 2-2 3-3').possible, 4)).toEqual(tags);
  });
  it('leaves a word without a link apart, and takes the tag whose links weigh most', () => {
    expect(projectTags(['DET', 'NOUN', 'VERB'], [[0, 1], [1, 1], [2, 2, 0.2], [1, 2, 0.9]], 4)).toEqual([null, 'DET', 'NOUN', null]);
  });
});

describe.each(cases)('a lattice of $words words and $tags tags', (reference) => {
  const lattice = latticeFrom(reference);
  it('has the likeliest path and the posteriors of hmmlearn', () => {
    const { path, logProbability } = likeliestPath(lattice);
    expect(path).toEqual(reference.path);
    expect(logProbability).toBeCloseTo(reference.pathLogProbability, 9);
    const found = posteriorsOf(lattice);
    expect(found.logProbability).toBeCloseTo(reference.logProbability, 9);
    for (const [at, value] of found.posteriors.entries()) expect(value).toBeCloseTo(reference.posteriors[at] ?? Number.NaN, 9);
  });
});

describe.each([[1, 4], [3, 3], [6, 4]])('%i words and %i tags', (words, tags) => {
  it('give what trying every row of tags gives', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const lattice = randomLattice(words, tags, seed);
      const { best, total, posteriors, steps } = bruteForce(lattice);
      expect(likeliestPath(lattice)).toMatchObject({ path: best.path, logProbability: expect.closeTo(Math.log(best.chance), 9) });
      const counted = new Float64Array((tags + 1) ** 2);
      const found = posteriorsOf(lattice, (from, to, expected) => { counted[from * (tags + 1) + to] = (counted[from * (tags + 1) + to] ?? 0) + expected; });
      expect(found.logProbability).toBeCloseTo(Math.log(total), 9);
      for (const [at, value] of posteriors.entries()) expect(found.posteriors[at]).toBeCloseTo(value, 9);
      for (const [at, value] of steps.entries()) expect(counted[at]).toBeCloseTo(value, 9);
    }
  });
});

describe('the tag model', () => {
  const sentences = corpus(400, 1);
  const held = corpus(200, 2);
  it.each(['good-turing', 'add-k'] as const)('has chances that sum to 1 (%s)', (unseen) => {
    for (const model of [trainTagModel(sentences, { unseen }), trainTagModel([{ words: ['a', 'b'], tags: ['X', null] }], { unseen })]) {
      const width = model.tags.length + 1;
      for (let row = 0; row < width; row += 1) expect(model.transitions.subarray(row * width, row * width + width).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
      for (const [tag, name] of model.tags.entries()) {
        const sum = [...model.words.values(), ...model.unknown.values()].reduce((total, row) => total + (row[tag] ?? 0), 0);
        // A tag that no known word has keeps what is left for unknown ones only.
        if (unseen === 'add-k' || [...model.words.values()].some((row) => (row[tag] ?? 0) > 0)) expect(sum, name).toBeCloseTo(1, 12);
      }
    }
  });
  it('is not changed by filling in where every tag is known', () => {
    const [none, three] = [trainTagModel(sentences, { rounds: 0 }), trainTagModel(sentences, { rounds: 3 })];
    for (const [at, chance] of none.transitions.entries()) expect(three.transitions[at]).toBeCloseTo(chance, 12);
    for (const [word, row] of none.words) for (const [tag, chance] of row.entries()) expect(three.words.get(word)?.[tag]).toBeCloseTo(chance, 12);
  });
  it('tags better than the commonest tag of each word, though a third of its tags are missing and a tenth wrong', () => {
    const noisy = spoiled(sentences, 3);
    const model = trainTagModel(noisy, { dictionary: dictionaryOf(noisy) });
    const accuracy = share(held, (words) => tagWords(model, words, dictionaryOf(noisy)).tags);
    const baseline = share(held, commonestTags(noisy));
    expect(accuracy).toBeGreaterThan(baseline + 0.03);
    expect(accuracy).toBeGreaterThan(0.85);
  });
  it('keeps to the dictionary, and reads a word that it forbids every known tag as unknown', () => {
    const model = trainTagModel(sentences);
    const [word = ''] = [...model.words.keys()].filter((known) => (model.words.get(known)?.filter((chance) => chance > 0).length ?? 0) === 1);
    const [tag = ''] = tagWords(model, [word]).tags;
    const other = model.tags.find((name) => name !== tag) ?? '';
    expect(tagWords(model, [word], new Map([[word, new Set([other])]])).tags).toEqual([other]);
    expect(tagWords(model, [word], new Map([[word, new Set(['no such tag'])]])).tags).toEqual([tag]);
  });
  it('gives confidences that are those of the tags it chose', () => {
    const model = trainTagModel(sentences);
    const words = held[0]?.words ?? [];
    const { tags, confidences } = tagWords(model, words);
    const { posteriors } = posteriorsOf(latticeOf(model, words));
    for (const [at, tag] of tags.entries()) expect(confidences[at]).toBeCloseTo(posteriors[at * model.tags.length + model.tags.indexOf(tag)] ?? Number.NaN, 12);
    expect(Math.max(...confidences)).toBeLessThanOrEqual(1);
    expect(tagWords(model, [])).toEqual({ tags: [], confidences: [], logProbability: 0 });
  });
  it('says so where there is nothing to learn from', () => {
    expect(() => trainTagModel([{ words: ['a'], tags: [null] }])).toThrow('No word has a tag');
  });
});

describe('CoNLL-U', () => {
  const text = '# text = zum Bus.\n1-2\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n1\tzu\tzu\tADP\tAPPR\t_\t3\tcase\t_\t_\n2\tdem\tder\tDET\tART\t_\t3\tdet\t_\t_\n3\tBus\tBus\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\t_\t_\t_\t3\tpunct\t_\t_\n\n';
  it('gives words and tags, the parts of a split word as its words', () => {
    expect(readConllu({ name: 'a.conllu', text })).toEqual([{ words: ['zu', 'dem', 'Bus', '.'], tags: ['ADP', 'DET', 'NOUN', null], spaceAfter: [true, true, false, true] }]);
  });
  it('is written with confidences, and read again', () => {
    const sentence = { words: ['王小明', '来', '了', '。'], tags: ['PROPN', 'VERB', null, 'PUNCT'], spaceAfter: [false, false, false, true] };
    const written = writeConllu([{ ...sentence, confidences: [0.934, 1, 0.5, 1] }]);
    expect(written).toContain('# text = 王小明来了。\n1\t王小明\t_\tPROPN\t_\t_\t_\t_\t_\tConfidence=0.93|SpaceAfter=No\n');
    expect(readConllu({ name: 'a.conllu', text: written })).toEqual([sentence]);
  });
  it.each([
    ['1\tzu\tzu\tADP\n', 'line 1, column 12: this row has 4 columns'],
    ['# x\na\tzu\t_\t_\t_\t_\t_\t_\t_\t_\n', 'line 2, column 1: “a” is no number of a word'],
  ])('%j is told with its place', (broken, message) => {
    expect(() => readConllu({ name: 'a.conllu', text: broken })).toThrow(message);
  });
});

const randomLattice = (words: number, tags: number, seed: number): Lattice => {
  const random = seededRandom(1000 * words + 10 * tags + seed);
  return { words, tags, scores: Float64Array.from({ length: words * tags }, random), transitions: Float64Array.from({ length: (tags + 1) ** 2 }, random) };
};

const bruteForce = ({ words, tags, scores, transitions }: Lattice) => {
  let best: { readonly path: readonly number[]; readonly chance: number } = { path: [], chance: -1 };
  let total = 0;
  const [posteriors, steps] = [new Float64Array(words * tags), new Float64Array((tags + 1) ** 2)];
  for (let code = 0; code < tags ** words; code += 1) {
    const path = Array.from({ length: words }, (_, at) => Math.floor(code / tags ** at) % tags);
    const cells = [...path, tags].map((tag, at) => (at === 0 ? tags : (path[at - 1] ?? 0)) * (tags + 1) + tag);
    const chance = cells.reduce((product, cell) => product * (transitions[cell] ?? 0), path.reduce((product, tag, at) => product * (scores[at * tags + tag] ?? 0), 1));
    if (chance > best.chance) best = { path, chance };
    total += chance;
    for (const [at, tag] of path.entries()) posteriors[at * tags + tag] = (posteriors[at * tags + tag] ?? 0) + chance;
    for (const cell of cells) steps[cell] = (steps[cell] ?? 0) + chance;
  }
  return { best, total, posteriors: posteriors.map((value) => value / total), steps: steps.map((value) => value / total) };
};

/** A small language: articles before nouns, nouns before verbs, and words that are noun and verb alike. */
function corpus(count: number, seed: number): TaggedSentence[] {
  const random = seededRandom(seed);
  const next: Readonly<Record<string, readonly string[]>> = { start: ['DET', 'DET', 'PRON'], DET: ['NOUN', 'ADJ', 'NOUN'], ADJ: ['NOUN'], NOUN: ['VERB', 'VERB', 'end'], PRON: ['VERB'], VERB: ['DET', 'ADV', 'end', 'DET'], ADV: ['end'] };
  const pick = <Item>(items: readonly Item[], none: Item): Item => items[Math.floor(random() * items.length)] ?? none;
  const word = (tag: string): string => {
    const number = Math.floor(40 * random() ** 3);
    return tag === 'DET' ? pick(['the', 'a'], '') : tag === 'PRON' ? pick(['he', 'they'], '') : (tag === 'NOUN' || tag === 'VERB') && random() < 0.5 ? `both${number}` : `${tag.toLowerCase()}${number}`;
  };
  return Array.from({ length: count }, () => {
    const tags: string[] = [];
    for (let tag = pick(next['start'] ?? [], 'end'); tag !== 'end'; tag = pick(next[tag] ?? [], 'end')) tags.push(tag);
    return { words: tags.map(word), tags };
  });
}

const spoiled = (sentences: readonly TaggedSentence[], seed: number): TaggedSentence[] => {
  const random = seededRandom(seed);
  const all = [...new Set(sentences.flatMap(({ tags }) => tags))];
  return sentences.map(({ words, tags }) => ({ words, tags: tags.map((tag) => (random() < 1 / 3 ? null : random() < 0.1 ? (all[Math.floor(random() * all.length)] ?? null) : tag)) }));
};

const commonestTags = (sentences: readonly TaggedSentence[]) => {
  const counts = new Map<string, Map<string, number>>();
  for (const { words, tags } of sentences) for (const [at, tag] of tags.entries()) {
    const own = counts.get(words[at] ?? '') ?? new Map<string, number>();
    if (tag !== null) counts.set(words[at] ?? '', own.set(tag, (own.get(tag) ?? 0) + 1));
  }
  return (words: readonly string[]): string[] => words.map((word) => [...(counts.get(word) ?? [])].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 'NOUN');
};

const share = (sentences: readonly TaggedSentence[], tagger: (words: readonly string[]) => readonly string[]): number => {
  let [right, all] = [0, 0];
  for (const { words, tags } of sentences) for (const [at, tag] of tagger(words).entries()) {
    all += 1;
    right += Number(tag === tags[at]);
  }
  return right / all;
};

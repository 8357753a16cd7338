import { expect, it } from 'vitest';
import type { Frontier, Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';
import { toyScorer } from '../../domain/translate/toy-scorer.ts';
import { checkCache } from './self-test.ts';

const toy = (): Seq2SeqScorer => toyScorer({ seed: 3, vocabularySize: 20, end: 0, contrast: 5 });

/** A model whose cached branch forgets the token it was just given. */
const forgetful = (scorer: Seq2SeqScorer): Seq2SeqScorer => ({
  ...scorer,
  encode: async (sources) => {
    const encoded = await scorer.encode(sources);
    const stuck = (frontier: Frontier): Frontier => ({ ...frontier, advance: async () => stuck(frontier) });
    return { ...encoded, begin: async (rows) => stuck(await encoded.begin(rows)) };
  },
});

it('passes a model whose cache is right', async () => {
  await expect(checkCache(toy(), Int32Array.of(1, 7, 8, 9, 4, 0), 'here')).resolves.toBeUndefined();
});

it('refuses a model whose cache is wrong, and says so', async () => {
  await expect(checkCache(forgetful(toy()), Int32Array.of(1, 7, 8, 9, 4, 0), '/models/broken')).rejects.toThrow(/\/models\/broken gives other numbers with its cache/u);
});

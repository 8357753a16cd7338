import { availableParallelism } from 'node:os';
import { Failure } from '../contract/errors.ts';
import type { engineContract } from '../contract/engine.ts';
import { linkWords, type WordVectors } from '../domain/review/word-links.ts';
import type { Implementation } from '../rpc/server.ts';
import type { EncoderCache } from './encoder-cache.ts';
import type { RunQueue } from './run-queue.ts';
import type { WordTokens } from './tokenizer.ts';

export type WordLinksPart = Pick<Implementation<typeof engineContract>, 'engine.wordLinks'>;

/** Which words of two texts belong together, asked at every hover: interactive, both texts in one batch. */
export const createWordLinks = ({ queue, encoders }: { readonly queue: RunQueue; readonly encoders: EncoderCache }): WordLinksPart => ({
  'engine.wordLinks': async ({ encoder: description, source, target }, { signal }) => {
    const { encoder } = await encoders.open(description, 'cpu', availableParallelism());
    const [left, right] = [await encoder.tokeniseWords(source.text, source.words), await encoder.tokeniseWords(target.text, target.words)];
    const states = await queue.run('interactive', () => encoder.tokenStates([left.ids, right.ids]), signal, encoder);
    const width = Math.max(left.ids.length, right.ids.length);
    const hidden = states.length / 2 / width;
    if (!Number.isInteger(hidden)) throw new Failure('model-unsupported', `The states of single tokens that ${description.title} gives have no shape that could be read.`);
    return { links: linkWords(wordVectors(states.subarray(0, width * hidden), hidden, left), wordVectors(states.subarray(width * hidden), hidden, right)) };
  },
});

/** A word's vector is the mean of the states of its tokens; none where the text was cut before it. */
const wordVectors = (states: Float32Array, hidden: number, { tokens }: WordTokens): WordVectors => tokens.map((ofWord) => {
  if (ofWord.length === 0) return null;
  const vector = new Float32Array(hidden);
  for (const token of ofWord) for (let i = 0; i < hidden; i += 1) vector[i] = (vector[i] ?? 0) + (states[token * hidden + i] ?? 0) / ofWord.length;
  return vector;
});

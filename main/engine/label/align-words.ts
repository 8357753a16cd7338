import type { engineContract } from '../../contract/engine.ts';
import { Failure } from '../../contract/errors.ts';
import { linksOfStates, type StateLinkOptions, type SureLink, type TextStates } from '../../domain/label/state-links.ts';
import { batchTokensFor } from '../../domain/models/encode-effort.ts';
import type { Implementation } from '../../rpc/server.ts';
import type { EncoderCache } from '../encoder-cache.ts';
import type { Encoder } from '../encoder.ts';
import { throwIfCancelled, type RunQueue } from '../run-queue.ts';
import type { WordTokens } from '../tokenizer.ts';

export type AlignWordsPart = Pick<Implementation<typeof engineContract>, 'engine.alignWords'>;

type TextInWords = { readonly text: string; readonly words: readonly (readonly [number, number])[] };
export type PairInWords = { readonly source: TextInWords; readonly target: TextInWords };
type TokenPair = { readonly source: WordTokens; readonly target: WordTokens };

/** An encoder reads no more than some hundred words. */
const longestText = 8_000;

/** Word links of sentence pairs by the states of an encoder's middle layer. */
export const createAlignWords = ({ queue, encoders }: { readonly queue: RunQueue; readonly encoders: EncoderCache }): AlignWordsPart => ({
  'engine.alignWords': async ({ encoder: description, provider, threads, rule, unit, pairs }, { signal, item }) => {
    const { encoder, note } = await encoders.open(description, provider, threads, 'states');
    const tokens = await tokenise(encoder, pairs, signal);
    const links: SureLink[][] = pairs.map(() => []);
    const begun = performance.now();
    let done = 0;
    for await (const { batch, states } of statesInOrder(queue, encoder, tokens, signal)) {
      for (const [row, pair] of batch.entries()) links[pair] = [...linksOfStates(states.source(row), states.target(row), { rule, unit } satisfies StateLinkOptions)];
      done += batch.length;
      await item({ done, total: pairs.length, rate: (1000 * done) / (performance.now() - begun) });
    }
    const truncated = tokens.flatMap((pair, at) => ([pair.source, pair.target].some((side) => side.tokens.some((ofWord) => ofWord.length === 0)) ? [at] : []));
    return { links: links.map((ofPair) => ofPair.map(([from, to, share]): [number, number, number] => [from, to, share])), truncated, note };
  },
});

const tokenise = async (encoder: Encoder, pairs: readonly PairInWords[], signal: AbortSignal): Promise<TokenPair[]> => {
  const one = ({ text, words }: TextInWords): Promise<WordTokens> => encoder.tokeniseWords(text.slice(0, longestText), words);
  const all: TokenPair[] = [];
  for (let start = 0; start < pairs.length; start += 64) {
    throwIfCancelled(signal);
    all.push(...await Promise.all(pairs.slice(start, start + 64).map(async ({ source, target }) => ({ source: await one(source), target: await one(target) }))));
  }
  return all;
};

/** The states of a batch, by row. */
type BatchStates = { source(row: number): TextStates; target(row: number): TextStates };

/** Infers both sides of batches of pairs, a few batches ahead, and gives their states in the batches' order; those of one batch at a time are in memory. */
async function* statesInOrder(queue: RunQueue, encoder: Encoder, pairs: readonly TokenPair[], signal: AbortSignal): AsyncGenerator<{ readonly batch: readonly number[]; readonly states: BatchStates }, void> {
  const batches = planBatches(pairs, batchTokensFor(encoder.description, encoder.provider));
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const infer = (batch: readonly number[], side: keyof TokenPair): Promise<(row: number) => TextStates> => {
    const sentences = batch.flatMap((pair) => pairs[pair]?.[side] ?? []);
    const states = queue.run('batch', () => encoder.tokenStates(sentences.map(({ ids }) => ids)), ended, encoder);
    const rows = states.then((all) => rowsOf(all, sentences, encoder));
    rows.catch(() => undefined);
    return rows;
  };
  const ahead: { readonly batch: readonly number[]; readonly source: Promise<(row: number) => TextStates>; readonly target: Promise<(row: number) => TextStates> }[] = [];
  let next = 0;
  try {
    for (let number = 0; number < batches.length; number += 1) {
      for (const batch of batches.slice(next, number + 1 + encoder.lanes)) {
        ahead.push({ batch, source: infer(batch, 'source'), target: infer(batch, 'target') });
        next += 1;
      }
      const current = ahead.shift();
      if (current === undefined) return;
      const [source, target] = [await current.source, await current.target];
      throwIfCancelled(signal);
      yield { batch: current.batch, states: { source, target } };
    }
  } finally {
    stop.abort();
  }
}

const rowsOf = (states: Float32Array, sentences: readonly WordTokens[], { description }: Encoder): ((row: number) => TextStates) => {
  const width = sentences.reduce((most, { ids }) => Math.max(most, ids.length), 1);
  const dimension = states.length / sentences.length / width;
  if (!Number.isInteger(dimension)) throw new Failure('model-unsupported', `The states of single tokens that ${description.title} gives have no shape that could be read.`);
  return (row) => ({ states: states.subarray(row * width * dimension, (row + 1) * width * dimension), dimension, words: sentences[row]?.tokens ?? [] });
};

/** Pairs of nearly one length together; either side of a batch, padded, holds at most `budget` tokens. Follows from the pairs alone. */
const planBatches = (pairs: readonly TokenPair[], budget: number): number[][] => {
  const longer = pairs.map(({ source, target }) => Math.max(1, source.ids.length, target.ids.length));
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const pair of [...pairs.keys()].sort((left, right) => (longer[left] ?? 0) - (longer[right] ?? 0) || left - right)) {
    if (batch.length > 0 && (batch.length + 1) * (longer[pair] ?? 1) > budget) {
      batches.push(batch);
      batch = [];
    }
    batch.push(pair);
  }
  return batch.length === 0 ? batches : [...batches, batch];
};

import { availableParallelism } from 'node:os';
import type { engineContract } from '../contract/engine.ts';
import type { EncoderDescription } from '../contract/models.ts';
import type { Implementation } from '../rpc/server.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { openStoredVectors } from './knn/stored-vectors.ts';
import { breathe, type RunQueue } from './run-queue.ts';

export type SimilarPart = Pick<Implementation<typeof engineContract>, 'engine.similar'>;

const sliceRows = 4096;

/** An encoder reads no more than some hundred words. */
const longestText = 8_000;
/** Vectors of texts that were asked for last. */
const keptTexts = 64;

/** The nearest of all stored vectors to one of them, or to a text: dot products in float64, slice by slice. */
export const createSimilarVectors = ({ queue, encoders }: { readonly queue: RunQueue; readonly encoders: EncoderCache }): SimilarPart => {
  const known = new Map<string, Float32Array>();
  const vectorOf = async ({ encoder: description, text }: { readonly encoder: EncoderDescription; readonly text: string }, signal: AbortSignal): Promise<Float32Array> => {
    const key = `${description.hash} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { encoder } = await encoders.open(description, 'cpu', availableParallelism());
    const tokens = await encoder.tokenise([text.slice(0, longestText)], signal);
    const vector = await queue.run('interactive', () => encoder.infer(tokens, Uint32Array.of(0)), signal, encoder);
    known.set(key, vector);
    for (const oldest of known.keys()) { if (known.size <= keptTexts) break; known.delete(oldest); }
    return vector;
  };

  return { 'engine.similar': async ({ folder, rows, sentences, dimension, precision, of, count }, { signal }) => {
    const asked = 'text' in of ? await vectorOf(of, signal) : new Float32Array(dimension);
    const ordinal = 'text' in of ? -1 : of.ordinal;
    const vectors = openStoredVectors({ folder, rows, dimension, precision, sentences });
    try {
      if ('ordinal' in of) vectors.read(of.ordinal, 1, asked);
      const best = createBest(count);
      const slice = new Float32Array(Math.min(sliceRows, sentences) * dimension);
      for (let first = 0; first < sentences; first += sliceRows) {
        signal.throwIfAborted();
        const length = Math.min(sliceRows, sentences - first);
        vectors.read(first, length, slice);
        for (let row = 0; row < length; row += 1) if (first + row !== ordinal) best.offer(first + row, cosine(asked, slice, row * dimension));
        await breathe();
      }
      return best.taken();
    } finally {
      vectors.close();
    }
  } };
};

const cosine = (one: Float32Array, others: Float32Array, from: number): number => {
  let dot = 0;
  let left = 0;
  let right = 0;
  for (let i = 0; i < one.length; i += 1) {
    const [a, b] = [one[i] ?? 0, others[from + i] ?? 0];
    dot += a * b;
    left += a * a;
    right += b * b;
  }
  return left === 0 || right === 0 ? 0 : dot / Math.sqrt(left * right);
};

/** The `count` largest values offered, in order; offered by ascending ordinal, so that of two equal ones the first stays. */
const createBest = (count: number) => {
  const ordinals: number[] = [];
  const cosines: number[] = [];
  return {
    offer: (ordinal: number, value: number): void => {
      if (ordinals.length === count && !(value > (cosines.at(-1) ?? -1))) return;
      let low = 0;
      let high = cosines.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((cosines[middle] ?? 0) >= value) low = middle + 1; else high = middle;
      }
      ordinals.splice(low, 0, ordinal);
      cosines.splice(low, 0, value);
      ordinals.length = Math.min(ordinals.length, count);
      cosines.length = ordinals.length;
    },
    taken: () => ({ ordinals, cosines }),
  };
};

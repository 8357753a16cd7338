import type { engineContract } from '../contract/engine.ts';
import type { Implementation } from '../rpc/server.ts';
import { openStoredVectors } from './knn/stored-vectors.ts';
import { breathe } from './run-queue.ts';

export type SimilarPart = Pick<Implementation<typeof engineContract>, 'engine.similar'>;

const sliceRows = 4096;

/** The nearest of all stored vectors to one of them: dot products in float64, slice by slice. */
export const similarVectors: SimilarPart = {
  'engine.similar': async ({ folder, rows, sentences, dimension, precision, ordinal, count }, { signal }) => {
    const vectors = openStoredVectors({ folder, rows, dimension, precision, sentences });
    try {
      const asked = new Float32Array(dimension);
      vectors.read(ordinal, 1, asked);
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
  },
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

import type { engineContract } from '../../contract/engine.ts';
import { trainDiagonal, type DiagonalResult, type WordPairs } from '../../domain/label/diagonal-model.ts';
import { symmetrise } from '../../domain/label/symmetrise.ts';
import type { Implementation } from '../../rpc/server.ts';
import { breathe, throwIfCancelled } from '../run-queue.ts';

export type LearnLinksPart = Pick<Implementation<typeof engineContract>, 'engine.learnWordLinks'>;

/** Between two looks at the clock and at messages. */
const millisecondsAtOnce = 50;

/**
 * Word links by the statistical aligner: trained on the pairs that are given, from source to target and back, and joined.
 *
 * A link that both directions have is sure (1), one that only one direction has is half so.
 */
export const learnLinks: LearnLinksPart = {
  'engine.learnWordLinks': async ({ pairs }, { signal, item }) => {
    const [sources, targets] = [numbered(pairs.map(({ source }) => source)), numbered(pairs.map(({ target }) => target))];
    const total = 2 * pairs.length;
    const begun = performance.now();
    const train = async (words: WordPairs, before: number): Promise<DiagonalResult> => {
      const steps = trainDiagonal(words);
      for (let last = performance.now(); ;) {
        const { done, value } = steps.next();
        if (done === true) return value;
        if (performance.now() - last < millisecondsAtOnce) continue;
        const finished = before + Math.round(value * pairs.length);
        await item({ done: finished, total, rate: (1000 * finished) / (performance.now() - begun) });
        await breathe();
        throwIfCancelled(signal);
        last = performance.now();
      }
    };
    const empty = new Uint32Array();
    const forward = await train(sources.map((source, at) => ({ source, target: targets[at] ?? empty })), 0);
    const backward = await train(sources.map((source, at) => ({ source: targets[at] ?? empty, target: source })), pairs.length);
    return { links: pairs.map((_, at) => {
      const there = forward.links[at] ?? [];
      const back = (backward.links[at] ?? []).map(([target, source]) => [source, target] as const);
      const both = new Set(symmetrise(there, back, 'intersect').map((link) => link.join('-')));
      return symmetrise(there, back, 'grow-diag-final-and').map((link): [number, number, number] => [link[0], link[1], both.has(link.join('-')) ? 1 : 0.5]);
    }) };
  },
};

/** Words by number; letter case tells no two words apart, because the pairs are few. */
const numbered = (texts: readonly (readonly string[])[]): Uint32Array[] => {
  const known = new Map<string, number>();
  return texts.map((words) => Uint32Array.from(words, (word) => {
    const key = word.toLowerCase();
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number;
  }));
};

import type { EncodedSources, Frontier, Seq2SeqScorer } from '../../domain/translate/seq2seq-scorer.ts';
import type { Priority, RunQueue } from '../run-queue.ts';

/** A scorer each of whose questions waits its turn in the run queue, so that interactive work gets in between any two steps of a search. */
export const throughQueue = (scorer: Seq2SeqScorer, queue: RunQueue, priority: Priority, signal: AbortSignal): Seq2SeqScorer => {
  const turn = <T>(task: () => Promise<T>): Promise<T> => queue.run(priority, task, signal);
  const frontier = (inner: Frontier): Frontier => ({
    rows: inner.rows,
    scores: (ids) => inner.scores(ids),
    all: (row) => inner.all(row),
    advance: async (parents, tokens) => frontier(await turn(() => inner.advance(parents, tokens, signal))),
  });
  const encoded = (inner: EncodedSources): EncodedSources => ({
    count: inner.count,
    force: (rows) => turn(() => inner.force(rows, signal)),
    begin: async (sources) => frontier(await turn(() => inner.begin(sources, signal))),
  });
  return {
    vocabularySize: scorer.vocabularySize, end: scorer.end, effort: scorer.effort,
    encode: async (sources) => encoded(await turn(() => scorer.encode(sources, signal))),
  };
};

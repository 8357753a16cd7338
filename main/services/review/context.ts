import { Failure } from '../../contract/errors.ts';
import { knownFailure } from '../../contract/known-failures.ts';
import type { PairOrigin, PairRow } from '../../contract/pairs.ts';
import type { HistoryEntry } from '../../contract/project.ts';
import type { Project, Recorder } from '../../store/api.ts';
import type { StoredAnnotator } from '../../store/api-review.ts';
import { goneColumn } from '../../store/review-columns.ts';

export type ReviewContext = { readonly project: () => Project; readonly now: () => number };
export type Changed = { rows: PairRow[]; entry: HistoryEntry };
export type OnPairs = { readonly origin: PairOrigin; readonly pairs: readonly number[]; readonly annotator: number };

/** Pairs that are there, each once, in the order given. */
export const presentPairs = (project: Project, { origin, pairs }: Pick<OnPairs, 'origin' | 'pairs'>): Uint32Array => {
  const ids = Uint32Array.from(new Set(pairs));
  const { first, count } = project.pairs.range(origin);
  const stranger = ids.find((id) => id < first || id >= first + count);
  if (stranger !== undefined) throw new Failure('not-found', `Pair ${stranger} does not belong to these pairs.`, { hint: 'Open the list again.' });
  const gone = project.columns.find(origin, goneColumn);
  const hidden = gone === null ? -1 : project.columns.valuesOf(gone, ids).indexOf(1);
  if (hidden >= 0) throw knownFailure('pair-gone', { pair: ids[hidden] ?? 0 });
  return ids;
};

/** One entry in the history, committed at once: `change` must not wait. The answer's rows are those of `shown`. */
export const changePairs = async (
  { project }: ReviewContext, { origin, pairs }: Pick<OnPairs, 'origin' | 'pairs'>, about: { readonly title: string; readonly by: StoredAnnotator },
  change: (recorder: Recorder) => void, shown: () => ArrayLike<number> = () => pairs,
): Promise<Changed> => {
  const { operations } = project();
  const { entry } = await operations.run({ title: about.title, annotator: about.by.name, focusPair: pairs[0] ?? null }, (recorder) => { change(recorder); });
  return { rows: [...project().seenBy(about.by.id).pairs.rows(origin, shown())], entry };
};

/** "pair 12" or "3 pairs", for the words of the history. */
export const pairsInWords = (ids: ArrayLike<number>): string => (ids.length === 1 ? `pair ${ids[0] ?? 0}` : `${ids.length.toLocaleString('en')} pairs`);

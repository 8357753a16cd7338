import { createStore } from 'zustand/vanilla';
import type { MinePlan, MineSettings, Run } from '../../../../main/contract/mine.ts';
import type { Collection } from '../../../../main/contract/corpora.ts';
import type { App } from '../../../stores/app.ts';
import { mineState, type Draft } from '../state.ts';

/** The plan on the screen, and the question it answers: a run starts with the plan that was seen, or with none. */
export const planState = createStore<{ readonly key: string | undefined; readonly plan: MinePlan | undefined }>()(() => ({ key: undefined, plan: undefined }));

/** The form, with what it leaves open filled in from the collections there are. */
export const draftOf = (app: App): Draft => filledDraft(mineState.getState().draft, app.stores.collections.getState().value ?? [], mineState.getState().runs.value ?? []);

/** Finished runs in the same languages whose collections' files are all in the ones chosen now: what they compared need not be compared again. Newest first. */
export const earlierRuns = (runs: readonly Run[], collections: readonly Collection[], source: number | null, target: number | null): readonly Run[] => {
  const find = (id: number | null): Collection | undefined => collections.find((each) => each.id === id);
  const [left, right] = [find(source), find(target)];
  if (left === undefined || right === undefined) return [];
  return runs.filter((run) => run.kind === 'mine' && run.state === 'ready' && grown(find(run.source.collection), left) && grown(find(run.target.collection), right) && (run.source.collection !== left.id || run.target.collection !== right.id));
};

/** Settings under which neighbours of one run are neighbours of the other; the cut and what is only counted may differ. */
const isLike = (a: MineSettings, b: MineSettings): boolean => a.encoder === b.encoder && a.k === b.k && a.refine === b.refine && a.index === b.index && a.precision === b.precision && a.margin === b.margin && a.retrieval === b.retrieval;

/** Whether a collection holds the files of another one first, byte for byte; one holds its own. */
const grown = (before: Collection | undefined, now: Collection): boolean =>
  before !== undefined && before.language === now.language && before.files.length <= now.files.length && before.files.every((file, index) => file.sha256 === now.files[index]?.sha256);

/** First collection as source, the first of another language as target; a choice that is gone counts as none. */
export const filledDraft = (draft: Draft, collections: readonly Collection[], runs: readonly Run[] = []): Draft => {
  const sentences = collections.filter((each) => each.kind === 'monolingual' && each.state === 'ready');
  const bitexts = collections.filter((each) => each.kind === 'bitext' && each.state === 'ready');
  const has = (list: readonly Collection[], id: number | null): boolean => list.some((each) => each.id === id);
  const source = has(sentences, draft.source) ? draft.source : sentences[0]?.id ?? null;
  const language = sentences.find((each) => each.id === source)?.language;
  const other = sentences.find((each) => each.id !== source && each.language !== language) ?? sentences.find((each) => each.id !== source);
  const target = has(sentences, draft.target) && draft.target !== source ? draft.target : other?.id ?? null;
  const fitting = earlierRuns(runs, collections, source, target);
  const alike = fitting.find((run) => isLike(run.settings, draft.settings));
  return {
    ...draft,
    source,
    target,
    earlier: draft.earlier === null || fitting.some((run) => run.id === draft.earlier) ? draft.earlier : alike?.id ?? null,
    bitext: has(bitexts, draft.bitext) ? draft.bitext : bitexts[0]?.id ?? null,
  };
};

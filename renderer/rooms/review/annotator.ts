import { useSyncExternalStore } from 'react';
import { annotatorNow, annotators, setAnnotator } from '../../stores/annotator.ts';
import type { App } from '../../stores/app.ts';
import { useQuery, useSlice, type QueryState } from '../../stores/hooks.tsx';
import type { Output } from '../../link/link.ts';
import { reviewState, settleBar } from './state.ts';

export type Annotators = { readonly me: number | undefined; readonly all: Output<'review.annotators'>; readonly known: boolean; readonly state: QueryState<Output<'review.annotators'>> };

/** All annotators of the project, and which of them this browser is. A name that the project no longer has is nobody. */
export const useAnnotators = (): Annotators => {
  const path = useSlice('project', (slice) => slice.value?.path ?? null);
  const chosen = useSyncExternalStore(annotators.subscribe, annotators.read);
  const state = useQuery('review.annotators', path === null ? null : {}, { touches: ['project', 'pairs'] });
  const all = state.data ?? [];
  const mine = path === null ? undefined : chosen[path];
  const me = state.data === undefined || all.some((each) => each.id === mine) ? mine : undefined;
  return { me, all, known: state.data !== undefined, state };
};

export const becomeAnnotator = (app: App, id: number): void => {
  setAnnotator(app, id);
  settleBar();
};

let underWay: Promise<unknown> | undefined;

const behind = (step: () => unknown): Promise<unknown> => {
  const mine = (underWay ?? Promise.resolve()).then(step).finally(() => { if (underWay === mine) underWay = undefined; });
  underWay = mine;
  return mine;
};

/** Does what a key means at once; while a name is being written, behind it and the keys before: a hand that is quick loses none. */
export const whenNamed = (step: () => void | Promise<unknown>): void | Promise<unknown> => (underWay === undefined ? step() : behind(step));

/** Writes a new name into the project and judges under it from now on. */
export const addAnnotator = (app: App, name: string): Promise<unknown> => behind(() => app.attempt(async () => {
  const made = await app.link.call('review.addAnnotator', { name });
  becomeAnnotator(app, made.id);
}));

/** The annotator, or, where nobody has said who they are, the question in the bar's place. */
export const askWho = (app: App): number | undefined => {
  const me = annotatorNow(app);
  if (me === undefined) reviewState.setState({ bar: 'who' });
  return me;
};

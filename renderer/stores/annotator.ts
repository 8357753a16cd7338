import { useSyncExternalStore } from 'react';
import type { App } from './app.ts';
import { useSlice } from './hooks.tsx';
import { createKept, isRecord } from './kept.ts';

/** Whose judgements these are, by project: kept in this browser, so that two people on two machines are two. */
export const annotators = createKept<Readonly<Record<string, number>>>('dragoman.review.annotator', {}, (found) => (isRecord(found) ? Object.fromEntries(Object.entries(found).filter((entry): entry is [string, number] => typeof entry[1] === 'number')) : undefined));

/** The annotator of this browser in the open project; undefined until somebody has said who they are. */
export const annotatorNow = (app: App): number | undefined => {
  const path = app.stores.project.getState().value?.path;
  return typeof path === 'string' ? annotators.read()[path] : undefined;
};

/** From now on this browser judges as somebody else in the open project. */
export const setAnnotator = (app: App, id: number): void => {
  const path = app.stores.project.getState().value?.path;
  if (typeof path === 'string') annotators.write({ ...annotators.read(), [path]: id });
};

/** The part of a question about pairs that says who asks: what is blind for them is not told. */
export type Asker = { readonly annotator?: number };

export const askerOf = (app: App): Asker => asAsker(annotatorNow(app));

export const useAsker = (): Asker => {
  const path = useSlice('project', (slice) => slice.value?.path ?? null);
  const chosen = useSyncExternalStore(annotators.subscribe, annotators.read);
  return asAsker(path === null ? undefined : chosen[path]);
};

const asAsker = (annotator: number | undefined): Asker => (annotator === undefined ? {} : { annotator });

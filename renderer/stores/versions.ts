import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Touch } from '../../main/contract/method.ts';

/**
 * How often each kind of thing has changed since the page was opened.
 *
 * `project.touched` raises the numbers it names; whoever shows something keeps the number it was drawn from and asks again when it is no longer the same.
 */
export type Versions = Readonly<Record<Touch, number>> & {
  touch(names: readonly string[]): void;
  /** After a reconnection anything may have happened. */
  touchAll(): void;
};

const touches: readonly Touch[] = ['project', 'collections', 'pairs', 'runs', 'models', 'jobs', 'history', 'settings', 'labels'];

export const createVersions = (): StoreApi<Versions> => createStore<Versions>()((set, get) => ({
  project: 0, collections: 0, pairs: 0, runs: 0, models: 0, jobs: 0, history: 0, settings: 0, labels: 0,
  touch: (names) => {
    const raised = touches.filter((name) => names.includes(name)).map((name) => [name, get()[name] + 1] as const);
    if (raised.length > 0) set(Object.fromEntries(raised));
  },
  touchAll: () => get().touch(touches),
}));

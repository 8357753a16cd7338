import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Collection } from '../../main/contract/corpora.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { Model, Provider, ProviderMeasure } from '../../main/contract/models.ts';
import type { HostFacts, ProjectStatus } from '../../main/contract/project.ts';
import { toFailureData, type FailureData, type Link } from '../link/link.ts';
import { latest } from './latest.ts';

/** Something asked from the workbench: what is known, whether it may be old, and why it could not be had. */
export type Asked<T> = { readonly value: T | undefined; readonly stale: boolean; readonly failure: FailureData | undefined };
export const notAsked: Asked<never> = { value: undefined, stale: false, failure: undefined };

export type ProjectSlice = Asked<ProjectStatus> & { readonly host: HostFacts | undefined; reload(): Promise<void>; reloadHost(): Promise<void>; know(status: ProjectStatus): void };

export const createProjectSlice = (link: Link): StoreApi<ProjectSlice> => createStore<ProjectSlice>()((set) => {
  const ask = latest((signal) => link.call('project.status', {}, { signal }));
  const askHost = latest((signal) => link.call('project.hostFacts', {}, { signal }));
  return {
    ...notAsked,
    host: undefined,
    know: (value) => set({ value, stale: false, failure: undefined }),
    reload: () => keep(set, ask),
    reloadHost: async () => {
      const host = await askHost().catch(() => undefined);
      if (host !== undefined) set({ host });
    },
  };
});

export type CollectionsSlice = Asked<readonly Collection[]> & { reload(): Promise<void>; clear(): void };

export const createCollectionsSlice = (link: Link): StoreApi<CollectionsSlice> => createStore<CollectionsSlice>()((set) => {
  const ask = latest((signal) => link.call('corpora.list', {}, { signal }));
  return { ...notAsked, reload: () => keep(set, ask), clear: () => { ask.cancel(); set(notAsked); } };
});

export type JobsSlice = Asked<readonly Job[]> & { reload(): Promise<void>; changed(job: Job): void };

/** Newest first; a change replaces its job, and a job never seen before goes on top. */
export const createJobsSlice = (link: Link): StoreApi<JobsSlice> => createStore<JobsSlice>()((set, get) => {
  const ask = latest((signal) => link.call('jobs.list', {}, { signal }));
  return {
    ...notAsked,
    reload: () => keep(set, ask, (jobs) => jobs.toSorted((a, b) => b.id - a.id)),
    changed: (job) => {
      const jobs = get().value ?? [];
      set({ value: jobs.some((each) => each.id === job.id) ? jobs.map((each) => (each.id === job.id ? job : each)) : [job, ...jobs].toSorted((a, b) => b.id - a.id) });
    },
  };
});

export const isActive = (job: Job): boolean => ['queued', 'running', 'pausing', 'cancelling'].includes(job.state);
/** Stopped before it was done, and can go on: paused by somebody, or left by a program that ended. */
export const canResume = (job: Job): boolean => job.state === 'paused' || job.state === 'interrupted';
export const needsUser = (job: Job): boolean => ['failed', 'interrupted'].includes(job.state);

export type Probe = { readonly id: string; readonly running: boolean; readonly measures: readonly ProviderMeasure[]; readonly chosen: Provider | undefined; readonly failure: FailureData | undefined };
export type ModelsSlice = Asked<readonly Model[]> & { readonly probe: Probe | undefined; reload(): Promise<void>; startProbe(id: string): Promise<void>; stopProbe(): void };

/** The list, and the one probe that may run; its measures arrive one provider after the other. */
export const createModelsSlice = (link: Link): StoreApi<ModelsSlice> => createStore<ModelsSlice>()((set, get) => {
  const ask = latest((signal) => link.call('models.list', {}, { signal }));
  let controller: AbortController | undefined;
  return {
    ...notAsked,
    probe: undefined,
    reload: () => keep(set, ask),
    stopProbe: () => controller?.abort(),
    startProbe: async (id) => {
      controller?.abort();
      const mine = new AbortController();
      controller = mine;
      const show = (part: Partial<Probe>): void => { if (controller === mine) set({ probe: { ...(get().probe ?? { id, running: true, measures: [], chosen: undefined, failure: undefined }), ...part } }); };
      set({ probe: { id, running: true, measures: [], chosen: undefined, failure: undefined } });
      try {
        const result = await link.stream('models.probe', { id, providers: null }, {
          signal: mine.signal,
          onItem: (measure) => show({ measures: [...(get().probe?.measures ?? []).filter((each) => each.provider !== measure.provider), measure] }),
        });
        show({ running: false, chosen: result.chosen, measures: result.measures });
        await get().reload();
      } catch (error) {
        const failure = toFailureData(error);
        show({ running: false, failure: failure.code === 'cancelled' ? undefined : failure });
      }
    },
  };
});

/** Asks, keeps the old value (as stale) until the new one is there, and tells a failure beside it. */
const keep = async <T>(set: (part: Partial<Asked<T>>) => void, ask: () => Promise<T | undefined>, change: (value: T) => T = (value) => value): Promise<void> => {
  set({ stale: true } as Partial<Asked<T>>);
  try {
    const value = await ask();
    if (value !== undefined) set({ value: change(value), stale: false, failure: undefined } as Partial<Asked<T>>);
  } catch (error) {
    set({ stale: true, failure: toFailureData(error) } as Partial<Asked<T>>);
  }
};

import { createStore, type StoreApi } from 'zustand/vanilla';
import { toFailureData, type Link, type LinkState } from '../link/link.ts';
import type { Shell } from '../link/shell.ts';
import { createAddressSlice, type Address, type AddressBar, type AddressSlice } from './address.ts';
import { createCollectionsSlice, createJobsSlice, createModelsSlice, createProjectSlice, type CollectionsSlice, type JobsSlice, type ModelsSlice, type ProjectSlice } from './slices.ts';
import { createUiSlice, type PreferenceStorage, type UiSlice } from './ui.ts';
import { createVersions, type Versions } from './versions.ts';

export type Stores = {
  readonly address: StoreApi<AddressSlice>;
  readonly connection: StoreApi<{ readonly state: LinkState }>;
  readonly project: StoreApi<ProjectSlice>;
  readonly jobs: StoreApi<JobsSlice>;
  readonly collections: StoreApi<CollectionsSlice>;
  readonly models: StoreApi<ModelsSlice>;
  readonly ui: StoreApi<UiSlice>;
  readonly versions: StoreApi<Versions>;
};

/** The page without its drawing: everything an action, a room or a test needs. */
export type App = {
  readonly link: Link;
  /** The window's shell; a served page has none. */
  readonly shell?: Shell | undefined;
  readonly stores: Stores;
  go(address: Address): void;
  /** Runs a command; a failure is told to the user and answered with undefined. */
  attempt<T>(work: () => Promise<T>): Promise<T | undefined>;
  now(): number;
};

export type AppParts = { readonly link: Link; readonly shell?: Shell | undefined; readonly storage: PreferenceStorage; readonly bar: AddressBar; readonly now: () => number };

/** Makes the stores and keeps them true: what was touched is asked again, after a reconnection everything is. */
export const createApp = ({ link, shell, storage, bar, now }: AppParts): App => {
  const stores: Stores = {
    address: createAddressSlice(bar),
    connection: createStore<{ readonly state: LinkState }>()(() => ({ state: { name: 'connecting' } })),
    project: createProjectSlice(link),
    jobs: createJobsSlice(link),
    collections: createCollectionsSlice(link),
    models: createModelsSlice(link),
    ui: createUiSlice(storage),
    versions: createVersions(),
  };

  const loadCollections = (): void => {
    const { collections, project } = stores;
    if (project.getState().value?.path === null) collections.getState().clear(); else void collections.getState().reload();
  };
  const loadProject = (): Promise<void> => stores.project.getState().reload();

  const reload = (touched: readonly string[]): void => {
    const has = (...names: readonly string[]): boolean => names.some((name) => touched.includes(name));
    if (has('project', 'collections', 'pairs', 'runs', 'history')) void loadProject().then(() => { if (has('project', 'collections')) loadCollections(); });
    if (has('project', 'jobs')) void stores.jobs.getState().reload();
    if (has('models')) void stores.models.getState().reload();
    if (has('engine')) void stores.project.getState().reloadHost();
  };

  link.onState((state) => {
    stores.connection.setState({ state });
    if (state.name !== 'open') return;
    stores.versions.getState().touchAll();
    reload(['project', 'models']);
    void stores.project.getState().reloadHost();
  });
  link.on('project.touched', ({ touches }) => {
    stores.versions.getState().touch(touches);
    reload(touches);
  });
  link.on('jobs.changed', (job) => stores.jobs.getState().changed(job));

  return {
    link,
    shell,
    stores,
    now,
    go: (address) => stores.address.getState().go(address),
    attempt: async (work) => {
      try {
        return await work();
      } catch (error) {
        stores.ui.getState().fail(toFailureData(error));
        return undefined;
      }
    },
  };
};

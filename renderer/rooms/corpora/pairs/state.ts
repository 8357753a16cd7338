import { createStore } from 'zustand/vanilla';
import { createGridStore } from '../../../grid/grid-store.ts';
import type { Filter } from './filter.ts';

export type Order = { readonly column: string; readonly descending: boolean };

export type PairsState = {
  /** Whose filters and order these are. */
  readonly collection: number | undefined;
  readonly filters: readonly Filter[];
  /** Null: as in the files. */
  readonly order: Order | null;
  /** The line that writes a filter is open. */
  readonly adding: boolean;
  /** The frozen order that is on the screen. */
  readonly view: string | undefined;
};

const fresh: Omit<PairsState, 'collection'> = { filters: [], order: null, adding: false, view: undefined };

/** What the table of an imported bitext remembers while other rooms are open. */
export const bitextState = createStore<PairsState>()(() => ({ collection: undefined, ...fresh }));

/** Another collection starts without filters; the same one keeps them. */
export const enterBitext = (collection: number): void => { if (bitextState.getState().collection !== collection) bitextState.setState({ collection, ...fresh }); };

export const bitextGrid = createGridStore();

export const addFilter = (filter: Filter): void => bitextState.setState(({ filters }) => ({ filters: [...filters, filter], adding: false }));
export const removeFilter = (index: number): void => bitextState.setState(({ filters }) => ({ filters: filters.filter((_, at) => at !== index) }));

import { createStore } from 'zustand/vanilla';
import type { PairRow } from '../../../main/contract/pairs.ts';

/** The rows that are on the screen, for actions: the frozen order they are pages of, and the rows that are here. */
export const openPairs = createStore<{ readonly view: string | undefined; row(position: number): PairRow | undefined }>()(() => ({ view: undefined, row: () => undefined }));

import { createStore } from 'zustand/vanilla';

/** What the room itself remembers: the row chosen in the list, and whether its name is being written. */
export const corporaState = createStore<{ readonly chosen: number | undefined; readonly renaming: boolean }>()(() => ({ chosen: undefined, renaming: false }));

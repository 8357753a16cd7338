import { useSyncExternalStore } from 'react';

/** Windows lower than this give the desk room at the instrument's cost; the style sheets use the same number. */
const short = matchMedia('(max-height: 860px)');
const subscribe = (listener: () => void): (() => void) => { short.addEventListener('change', listener); return () => short.removeEventListener('change', listener); };

/** Whether the window is too low for everything at its full height. */
export const useShortWindow = (): boolean => useSyncExternalStore(subscribe, () => short.matches);

import { useSyncExternalStore } from 'react';
import { useZoom } from './zoom.ts';

/** Windows lower than this give the desk room at the instrument's cost; the style sheets use the same number. */
const shortest = 860;
const subscribe = (listener: () => void): (() => void) => { window.addEventListener('resize', listener); return () => window.removeEventListener('resize', listener); };

/** Whether the window is too low for everything at its full height. */
export const useShortWindow = (): boolean => {
  const zoom = useZoom();
  return useSyncExternalStore(subscribe, () => window.innerHeight <= shortest * zoom);
};

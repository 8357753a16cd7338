import { useSlice } from '../stores/hooks.tsx';

/** A length of the unzoomed page, px, as one that follows the zoom. Style sheets need it not: the build does it for them. */
export const rem = (pixels: number): string => `${pixels / 16}rem`;

/** What lengths of the unzoomed page are multiplied by: for what is measured or placed in px. */
export const useZoom = (): number => useSlice('ui', (ui) => ui.zoom);

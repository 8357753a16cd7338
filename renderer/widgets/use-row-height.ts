import { useSlice } from '../stores/hooks.tsx';
import { rowHeights } from '../stores/ui.ts';

/** Height of a row in px at the chosen density and zoom: whole, so that rows lie where the windowing reckons them. The page sets `--row` to the same. */
export const useRowHeight = (): number => useSlice('ui', (ui) => Math.round(rowHeights[ui.density] * ui.zoom));

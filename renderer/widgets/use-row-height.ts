import { useSlice } from '../stores/hooks.tsx';

const heights = { compact: 24, standard: 30, roomy: 40 } as const;

/** Height of a row in px at the chosen density; the same numbers as `--row` in tokens.css. */
export const useRowHeight = (): number => heights[useSlice('ui', (ui) => ui.density)];

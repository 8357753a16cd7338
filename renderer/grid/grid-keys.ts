import type { GridStore } from './grid-store.ts';

type Press = { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean };

/** Answers a key pressed in the table. True: it was one of its keys. */
export const pressInGrid = (store: GridStore, press: Press, page: number, onCopy: (() => void) | undefined): boolean => {
  const { focus, rows, goTo, toggle, selectAll } = store.getState();
  const control = press.ctrlKey || press.metaKey;
  if (press.altKey) return false;
  if (control && press.key.toLowerCase() === 'a') { selectAll(); return true; }
  if (control && press.key.toLowerCase() === 'c') { onCopy?.(); return onCopy !== undefined; }
  const how = press.shiftKey ? 'extend' : control ? 'keep' : 'only';
  switch (press.key) {
    case 'ArrowDown': goTo(focus + 1, how); return true;
    case 'ArrowUp': goTo(focus - 1, how); return true;
    case 'PageDown': goTo(focus + page, how); return true;
    case 'PageUp': goTo(focus - page, how); return true;
    case 'Home': goTo(0, how === 'keep' ? 'only' : how); return true;
    case 'End': goTo(rows - 1, how === 'keep' ? 'only' : how); return true;
    case ' ': toggle(focus); return true;
    default: return false;
  }
};

import { createStore, type StoreApi } from 'zustand/vanilla';
import { between, nothingSelected, toggled, withRange, within, type Selection } from './selection.ts';

/** What the drawn grid lets others do with it; there while it is on the page. */
export type GridHandle = {
  reveal(row: number, place?: 'nearest' | 'centre'): void;
  /** Puts the keyboard into the table, on its row. */
  takeFocus(): void;
};

export type GridState = {
  /** Rows in the list. */
  readonly rows: number;
  /** The row the keyboard is on (roving), from 0; -1 while the list is empty. */
  readonly focus: number;
  /** Where a range that is being extended began. */
  readonly anchor: number;
  readonly selection: Selection;
  readonly handle: GridHandle | undefined;
  setRows(rows: number): void;
  /** Goes to a row; `extend` selects from the anchor to it, `keep` leaves the selection as it is. */
  goTo(row: number, how?: 'only' | 'extend' | 'keep'): void;
  toggle(row: number): void;
  selectAll(): void;
  attach(handle: GridHandle | undefined): void;
};

export type GridStore = StoreApi<GridState>;

/** Focus and selection of one table. Outside of React, so that actions and the desk can read and move them. */
export const createGridStore = (): GridStore => createStore<GridState>()((set, get) => ({
  rows: 0,
  focus: -1,
  anchor: 0,
  selection: nothingSelected,
  handle: undefined,
  setRows: (rows) => {
    const { focus, anchor, selection } = get();
    if (rows === get().rows) return;
    const inside = Math.min(focus, rows - 1);
    set({ rows, focus: inside, anchor: Math.max(0, Math.min(anchor, rows - 1)), selection: within(selection, rows) });
  },
  goTo: (row, how = 'only') => {
    const { rows, anchor, selection } = get();
    if (rows === 0) return;
    const focus = Math.min(rows - 1, Math.max(0, row));
    if (how === 'only') set({ focus, anchor: focus, selection: between(focus, focus) });
    else set({ focus, selection: how === 'extend' ? between(anchor, focus) : selection });
    get().handle?.reveal(focus);
  },
  toggle: (row) => set({ focus: row, anchor: row, selection: toggled(get().selection, row) }),
  selectAll: () => set({ selection: withRange(nothingSelected, [0, get().rows]) }),
  attach: (handle) => set({ handle }),
}));

import { createStore, type StoreApi } from 'zustand/vanilla';

/** What is known of a long list: its length, and the rows of the pages that were looked at last. */
export type Pages<Row> = {
  /** Rows in all; undefined until the first page has come. */
  readonly total: number | undefined;
  /** Changes whenever rows have come or were dropped. */
  readonly version: number;
  readonly failure: unknown;
  row(index: number): Row | undefined;
  /** Makes sure that the rows from..to (exclusive) are there or under way. */
  want(from: number, to: number): void;
  /** The list has changed: every page is asked for again when it is next wanted; until then the old rows stay in sight. */
  drop(): void;
  /** Puts changed rows in the place of those that are here: what was just done shows at once. */
  replace(change: (row: Row) => Row): void;
};

/** A list that has nothing yet. */
export const noPages: StoreApi<Pages<never>> = createStore<Pages<never>>()(() => ({ total: 0, version: 0, failure: undefined, row: () => undefined, want: () => undefined, drop: () => undefined, replace: () => undefined }));

type Load<Row> = (from: number, count: number) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>;

/**
 * Rows of a long list, fetched in pages as they come into sight.
 *
 * A bounded number of pages is kept (the ones used last), so that scrolling through a million rows costs the memory of a few thousand.
 */
export const createPages = <Row>(load: Load<Row>, pageSize = 100, keep = 40): StoreApi<Pages<Row>> => createStore<Pages<Row>>()((set, get) => {
  const pages = new Map<number, readonly Row[]>();
  let asked = new Set<number>();
  let old = new Set<number>();
  let generation = 0;

  const fetchPage = async (page: number): Promise<void> => {
    const mine = generation;
    asked.add(page);
    try {
      const answer = await load(page * pageSize, pageSize);
      if (mine !== generation) return;
      pages.delete(page);
      pages.set(page, answer.rows);
      old.delete(page);
      for (const oldest of pages.keys()) {
        if (pages.size <= keep) break;
        pages.delete(oldest);
      }
      set({ total: answer.total, version: get().version + 1, failure: undefined });
    } catch (failure) {
      if (mine === generation) set({ failure });
    } finally {
      if (mine === generation) asked.delete(page);
    }
  };

  return {
    total: undefined,
    version: 0,
    failure: undefined,
    row: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    want: (from, to) => {
      const end = Math.max(from + 1, to);
      for (let page = Math.floor(Math.max(0, from) / pageSize); page * pageSize < end; page += 1) {
        const known = pages.get(page);
        if (known !== undefined) { pages.delete(page); pages.set(page, known); }
        if ((known === undefined || old.has(page)) && !asked.has(page)) void fetchPage(page);
      }
    },
    drop: () => {
      generation += 1;
      old = new Set(pages.keys());
      asked = new Set();
      set({ version: get().version + 1, failure: undefined });
    },
    replace: (change) => {
      for (const [page, rows] of pages) {
        const changed = rows.map(change);
        if (changed.some((row, index) => row !== rows[index])) pages.set(page, changed);
      }
      set({ version: get().version + 1 });
    },
  };
});

import { useMemo } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { Run } from '../../../../main/contract/mine.ts';
import type { RowSource } from '../../../grid/columns.ts';
import { toFailureData, type FailureData } from '../../../link/link.ts';
import { createPages, noPages, type Pages } from '../../../stores/pages.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';

export type PairRows = {
  readonly rows: RowSource<PairRow>;
  /** The frozen order the rows are pages of; undefined until it is there. */
  readonly view: string | undefined;
  readonly failure: FailureData | undefined;
  readonly reload: () => void;
};

const byMargin = { column: 'margin', descending: true } as const;

/** The pairs of a run in the order of their margin. A cut changes none of it, so the order is asked only once a run. */
export const usePairRows = (run: Run): PairRows => {
  const { link } = useApp();
  const asked = useQuery('pairs.view', { origin: { run: run.id }, predicate: null, sort: byMargin }, { touches: ['project'] });
  const view = asked.stale && asked.data === undefined ? undefined : asked.data;
  const store = useMemo((): StoreApi<Pages<PairRow>> => (view === undefined ? noPages : createPages<PairRow>(async (from, count) => {
    const page = await link.call('pairs.page', { view: view.view, from, count });
    return { rows: page.rows, total: page.count };
  })), [link, view?.view]);
  const pages = useStore(store);
  const rows = useMemo(() => ({ count: view?.count ?? 0, version: pages.version, row: pages.row, want: pages.want }), [view?.count, pages]);
  return {
    rows,
    view: view?.view,
    failure: asked.failure ?? (pages.failure === undefined ? undefined : toFailureData(pages.failure)),
    reload: asked.reload,
  };
};

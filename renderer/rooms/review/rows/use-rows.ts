import { useEffect, useMemo } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { PairOrigin, PairRow, Predicate } from '../../../../main/contract/pairs.ts';
import type { Queue } from '../../../../main/contract/review-queues.ts';
import type { Order, RowSource } from '../../../grid/columns.ts';
import { toFailureData, type FailureData } from '../../../link/link.ts';
import { useApp, useQuery, useSlice } from '../../../stores/hooks.tsx';
import { createPages, noPages, type Pages } from '../../../stores/pages.ts';
import { predicateOf, type Filter } from '../filters/filter.ts';
import { reviewState } from '../state.ts';

/** The pairs on the screen: a frozen order, and the rows of it that are here. */
export type OpenPairs = {
  readonly origin: PairOrigin | undefined;
  readonly queue: Queue | undefined;
  /** What the rows match; null: all pairs. */
  readonly predicate: Predicate | null;
  readonly order: Order | null;
  readonly view: string | undefined;
  /** Rows of the order; undefined until it is there. */
  readonly count: number | undefined;
  readonly rows: RowSource<PairRow>;
  readonly replace: (change: (row: PairRow) => PairRow) => void;
  /** The order on the screen belongs to an older question. */
  readonly stale: boolean;
  readonly failure: FailureData | undefined;
  readonly reload: () => void;
};

/** Pairs behind filters. Judging changes none of the order: what no longer matches stays until it is frozen anew. */
export const useOriginPairs = (origin: PairOrigin, filter: Filter, order: Order | null): OpenPairs => {
  const predicate = predicateOf(filter);
  const epoch = useStore(reviewState, (state) => state.epoch);
  const asked = useQuery('pairs.view', { origin, predicate, sort: order });
  const { data } = asked;
  useEffect(() => { if (epoch > 0) asked.reload(); }, [epoch]);
  useEffect(() => reviewState.setState({ changed: new Set() }), [data?.view]);
  const pages = usePages(data?.view, data?.count ?? 0, asked.reload);
  return { origin, queue: undefined, predicate, order, view: data?.view, count: data === undefined ? undefined : pages.rows.count, stale: asked.stale, reload: asked.reload, ...pages, failure: asked.failure ?? pages.failure };
};

/** The pairs of a queue, in the order it was opened with. */
export const useQueuePairs = (id: number, annotator: number | undefined): OpenPairs => {
  const asked = useQuery('review.queue', annotator === undefined ? null : { queue: id, annotator }, { touches: ['project', 'pairs'] });
  const queue = asked.data?.id === id ? asked.data : undefined;
  const pages = usePages(queue?.view, queue?.pairs ?? 0, asked.reload);
  useEffect(() => reviewState.setState({ changed: new Set() }), [queue?.view]);
  return {
    origin: queue?.origin, queue, predicate: queue?.predicate ?? null, order: queue?.sampling.kind === 'all' ? queue.sampling.sort : null, view: queue?.view, count: queue === undefined ? undefined : pages.rows.count,
    stale: asked.stale && queue === undefined, reload: asked.reload, ...pages, failure: asked.failure ?? pages.failure,
  };
};

/** Rows of a frozen order; asked again, in their places, when something has changed pairs. An order that the workbench has forgotten (it was started again) is frozen anew. */
const usePages = (view: string | undefined, count: number, forgotten: () => void): Pick<OpenPairs, 'rows' | 'replace' | 'failure'> => {
  const { link } = useApp();
  const store = useMemo((): StoreApi<Pages<PairRow>> => (view === undefined ? noPages : createPages<PairRow>(async (from, wanted) => {
    const page = await link.call('pairs.page', { view, from, count: wanted });
    return { rows: page.rows, total: page.count };
  })), [link, view]);
  const version = useSlice('versions', (versions) => versions.pairs + versions.project);
  useEffect(() => store.getState().drop(), [store, version]);
  const pages = useStore(store);
  const failure = pages.failure === undefined ? undefined : toFailureData(pages.failure);
  const isForgotten = failure?.code === 'not-found';
  useEffect(() => { if (isForgotten) forgotten(); }, [isForgotten]);
  // A pair that was split or merged since makes the order longer or shorter.
  const now = pages.total ?? count;
  const rows = useMemo(() => ({ count: now, version: pages.version, row: pages.row, want: pages.want }), [now, pages]);
  return { rows, replace: pages.replace, failure: isForgotten ? undefined : failure };
};

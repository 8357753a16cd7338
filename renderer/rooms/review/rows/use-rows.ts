import { useEffect, useMemo } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { PairOrigin, PairRow, Predicate } from '../../../../main/contract/pairs.ts';
import type { Queue } from '../../../../main/contract/review-queues.ts';
import type { Order, RowSource } from '../../../grid/columns.ts';
import { toFailureData, type FailureData } from '../../../link/link.ts';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp, useQuery, useSlice } from '../../../stores/hooks.tsx';
import { createPages, noPages, type Pages } from '../../../stores/pages.ts';
import { predicateOf, predicateWithin, type Filter } from '../filters/filter.ts';
import { reviewState } from '../state.ts';

/** The pairs on the screen: a frozen order, and the rows of it that are here. */
export type OpenPairs = {
  readonly origin: PairOrigin | undefined;
  readonly queue: Queue | undefined;
  /** What the rows match, the open queue included; null: all pairs. */
  readonly predicate: Predicate | null;
  /** Filters or another order lie over the queue. */
  readonly narrowed: boolean;
  readonly order: Order | null;
  readonly view: string | undefined;
  /** Rows of the order; undefined until it is there. */
  readonly count: number | undefined;
  /** The rows that are here. Whoever draws rows listens to it (`useRowSource`); the room itself is not drawn again for every page that comes. */
  readonly pages: StoreApi<Pages<PairRow>>;
  /** The order on the screen belongs to an older question. */
  readonly stale: boolean;
  readonly failure: FailureData | undefined;
  readonly reload: () => void;
};

/** Pairs behind filters. Judging changes none of the order: what no longer matches stays until it is frozen anew. */
export const useOriginPairs = (origin: PairOrigin, filter: Filter, order: Order | null): OpenPairs => {
  const predicate = predicateOf(filter);
  const epoch = useStore(reviewState, (state) => state.epoch);
  const asker = useAsker();
  const asked = useQuery('pairs.view', { origin, predicate, sort: order, ...asker });
  const { data } = asked;
  useEffect(() => { if (epoch > 0) asked.reload(); }, [epoch]);
  useEffect(() => reviewState.setState({ changed: new Set() }), [data?.view]);
  const pages = usePages(data, asked.reload);
  return { origin, queue: undefined, predicate, narrowed: false, order, view: data?.view, stale: asked.stale, reload: asked.reload, ...pages, failure: asked.failure ?? pages.failure };
};

/** The pairs of a queue, in the order it was opened with. Filters and another order narrow what is shown of it; the queue itself stays as it was frozen. */
export const useQueuePairs = (id: number, filter: Filter, order: Order | null, annotator: number | undefined): OpenPairs => {
  const asked = useQuery('review.queue', annotator === undefined ? null : { queue: id, annotator }, { touches: ['project', 'pairs'] });
  const queue = asked.data?.id === id ? asked.data : undefined;
  const narrowed = queue !== undefined && (filter.of.length > 0 || order !== null);
  const predicate = queue === undefined ? null : predicateWithin({ kind: 'queue', view: queue.view }, filter);
  const epoch = useStore(reviewState, (state) => state.epoch);
  const asker = useAsker();
  const within = useQuery('pairs.view', narrowed ? { origin: queue.origin, predicate, sort: order, ...asker } : null);
  useEffect(() => { if (epoch > 0 && narrowed) within.reload(); }, [epoch]);
  const shown = within.data ?? (queue === undefined ? undefined : { view: queue.view, count: queue.pairs });
  const { reload } = narrowed ? within : asked;
  useEffect(() => reviewState.setState({ changed: new Set() }), [shown?.view]);
  const pages = usePages(shown, reload);
  return {
    origin: queue?.origin, queue, predicate, narrowed, order: order ?? (queue?.sampling.kind === 'all' ? queue.sampling.sort : null), view: shown?.view,
    stale: (asked.stale && queue === undefined) || within.stale, reload, ...pages, failure: asked.failure ?? within.failure ?? pages.failure,
  };
};

/** The rows for a table, which is drawn again when rows have come. */
export const useRowSource = ({ pages, count = 0 }: OpenPairs): RowSource<PairRow> => {
  const { version, row, want } = useStore(pages);
  return useMemo(() => ({ count, version, row, want }), [count, version, row, want]);
};

/** Rows of a frozen order; asked again, in their places, when something has changed pairs. An order that the workbench has forgotten (it was started again) is frozen anew. */
const usePages = (order: { readonly view: string; readonly count: number } | undefined, forgotten: () => void): Pick<OpenPairs, 'pages' | 'count' | 'failure'> => {
  const { link } = useApp();
  const view = order?.view;
  const { annotator } = useAsker();
  const pages = useMemo((): StoreApi<Pages<PairRow>> => (view === undefined ? noPages : createPages<PairRow>(async (from, wanted) => {
    const page = await link.call('pairs.page', { view, from, count: wanted, ...(annotator === undefined ? {} : { annotator }) });
    return { rows: page.rows, total: page.count };
  })), [link, view, annotator]);
  const version = useSlice('versions', (versions) => versions.pairs + versions.project);
  useEffect(() => pages.getState().drop(), [pages, version]);
  const failed = useStore(pages, (known) => known.failure);
  const total = useStore(pages, (known) => known.total);
  const failure = failed === undefined ? undefined : toFailureData(failed);
  const isForgotten = failure?.code === 'not-found';
  useEffect(() => { if (isForgotten) forgotten(); }, [isForgotten]);
  // A pair that was split or merged since makes the order longer or shorter.
  return { pages, count: order === undefined ? undefined : total ?? order.count, failure: isForgotten ? undefined : failure };
};

import { useEffect, useMemo, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { PairOrigin, PairRow, Predicate } from '../../../../main/contract/pairs.ts';
import type { Queue } from '../../../../main/contract/review-queues.ts';
import type { Order, RowSource } from '../../../grid/columns.ts';
import { toFailureData, type FailureData } from '../../../link/link.ts';
import { useAsker } from '../../../stores/annotator.ts';
import { useApp, useQuery, useSlice } from '../../../stores/hooks.tsx';
import { createPages, noPages, type Pages } from '../../../stores/pages.ts';
import { predicateOf, predicateWithin, type Filter } from '../filters/filter.ts';
import { reviewGrid, reviewState } from '../state.ts';

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
  const shown = useShownRows(data, asked.reload);
  return { origin, queue: undefined, predicate, narrowed: false, order, reload: asked.reload, ...shown, stale: asked.stale || shown.stale, failure: asked.failure ?? shown.failure };
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
  const { reload } = narrowed ? within : asked;
  const shown = useShownRows(within.data ?? (queue === undefined ? undefined : { view: queue.view, count: queue.pairs }), reload);
  return {
    origin: queue?.origin, queue, predicate, narrowed, order: order ?? (queue?.sampling.kind === 'all' ? queue.sampling.sort : null),
    reload, ...shown, stale: (asked.stale && queue === undefined) || within.stale || shown.stale, failure: asked.failure ?? within.failure ?? shown.failure,
  };
};

/** The rows for a table, which is drawn again when rows have come. */
export const useRowSource = ({ pages, count = 0 }: OpenPairs): RowSource<PairRow> => {
  const { version, row, want } = useStore(pages);
  return useMemo(() => ({ count, version, row, want }), [count, version, row, want]);
};

type Frozen = { readonly view: string; readonly count: number };
type Rows = { readonly order: Frozen | undefined; readonly pages: StoreApi<Pages<PairRow>> };

/** Rows of a frozen order; asked again, in their places, when something has changed pairs. An order that the workbench has forgotten (it was started again) is frozen anew. */
const useShownRows = (order: Frozen | undefined, forgotten: () => void): Pick<OpenPairs, 'view' | 'pages' | 'count' | 'stale' | 'failure'> => {
  const { link } = useApp();
  const view = order?.view;
  const { annotator } = useAsker();
  const wanted = useMemo((): Rows => ({
    order,
    pages: view === undefined ? noPages : createPages<PairRow>(async (from, count) => {
      const page = await link.call('pairs.page', { view, from, count, ...(annotator === undefined ? {} : { annotator }) });
      return { rows: page.rows, total: page.count };
    }),
  }), [link, view, annotator]);
  const version = useSlice('versions', (versions) => versions.pairs + versions.project);
  useEffect(() => wanted.pages.getState().drop(), [wanted, version]);
  const shown = useUntilHere(wanted);
  useEffect(() => reviewState.setState({ changed: new Set() }), [shown.order?.view]);
  const failed = useStore(shown.pages, (known) => known.failure);
  const total = useStore(shown.pages, (known) => known.total);
  const failure = failed === undefined ? undefined : toFailureData(failed);
  const isForgotten = failure?.code === 'not-found';
  useEffect(() => { if (isForgotten) forgotten(); }, [isForgotten]);
  // A pair that was split or merged since makes the order longer or shorter.
  return { view: shown.order?.view, pages: shown.pages, count: shown.order === undefined ? undefined : total ?? shown.order.count, stale: shown !== wanted, failure: isForgotten ? undefined : failure };
};

/**
 * The rows before, until those around the open row of the wanted order are here.
 *
 * A key that is pressed in between finds its pair, and a text that is being written stays open: so it is for whoever has just said who they are, who is
 * told of other judgements than nobody is.
 */
const useUntilHere = (wanted: Rows): Rows => {
  const [shown, setShown] = useState(wanted);
  useEffect(() => {
    if (shown === wanted) return undefined;
    const look = (): void => {
      const { total, failure, want } = wanted.pages.getState();
      const open = Math.min(Math.max(0, reviewGrid.getState().focus), Math.max(0, (wanted.order?.count ?? 1) - 1));
      if (total !== undefined || failure !== undefined || shown.order === undefined) setShown(wanted); else want(open, open + 1);
    };
    const stop = wanted.pages.subscribe(look);
    look();
    return stop;
  }, [wanted, shown]);
  return shown;
};

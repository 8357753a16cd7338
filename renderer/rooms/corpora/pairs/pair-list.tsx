import { useEffect, useMemo } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { Collection } from '../../../../main/contract/corpora.ts';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import { copySelected } from '../../../grid/copy-rows.ts';
import { Grid } from '../../../grid/grid.tsx';
import { toFailureData } from '../../../link/link.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { createPages, noPages, type Pages } from '../../../stores/pages.ts';
import { t } from '../../../strings/catalogue.ts';
import { useLocale } from '../../../strings/use-locale.ts';
import { Notice } from '../../../widgets/notice.tsx';
import { bitextColumns } from './columns.tsx';
import { FilterLine } from './filter-line.tsx';
import { predicateOfAll } from './filter.ts';
import { PairDesk } from './pair-desk.tsx';
import { pairsAsTsv } from './pairs-as-tsv.ts';
import { bitextGrid, bitextState } from './state.ts';

/** How many pairs of the collection match, of how many: for the same predicate as the rows. */
export const useBitextView = (collection: Collection) => {
  const filters = useStore(bitextState, (state) => state.filters);
  const order = useStore(bitextState, (state) => state.order);
  return useQuery('pairs.view', { origin: { collection: collection.id }, predicate: predicateOfAll(filters), sort: order }, { touches: ['collections'] });
};

/** Pairs of an imported bitext on both sides of the spine, in the order and behind the filters that were chosen. */
export const PairList = ({ collection, view }: { readonly collection: Collection; readonly view: ReturnType<typeof useBitextView> }) => {
  const app = useApp();
  const order = useStore(bitextState, (state) => state.order);
  const focus = useStore(bitextGrid, (grid) => grid.focus);
  const key = view.data?.view;
  const store = useMemo((): StoreApi<Pages<PairRow>> => (key === undefined ? noPages : createPages<PairRow>(async (from, count) => {
    const page = await app.link.call('pairs.page', { view: key, from, count });
    return { rows: page.rows, total: page.count };
  })), [app, key]);
  const pages = useStore(store);
  const rows = useMemo(() => ({ count: view.data?.count ?? 0, version: pages.version, row: pages.row, want: pages.want }), [view.data?.count, pages]);
  const names = collection.columns.map((column) => column.name);
  const spine = order?.column ?? collection.columns.find((column) => column.kind === 'score')?.name;
  const locale = useLocale();
  const columns = useMemo(() => bitextColumns(collection, spine), [collection, spine, locale]);
  // A new order or a new filter begins at its top.
  useEffect(() => {
    bitextState.setState({ view: key });
    if (key !== undefined) bitextGrid.getState().goTo(0);
  }, [key]);
  const failure = view.failure ?? (pages.failure === undefined ? undefined : toFailureData(pages.failure));
  const row = rows.row(Math.max(0, focus));
  return (
    <>
      <FilterLine collection={collection} />
      {failure === undefined ? null : <Notice framed failure={failure} />}
      <Grid label={t('corpora.pairs')} columns={columns} rows={rows} store={bitextGrid} empty={key === undefined ? undefined : t('corpora.filter.none')}
        {...(key === undefined ? {} : { onCopy: () => void copySelected(app, { selection: bitextGrid.getState().selection, load: async (from, count) => (await app.link.call('pairs.page', { view: key, from, count })).rows, write: (some) => pairsAsTsv(names, some) }) })} />
      {row === undefined ? null : <PairDesk collection={collection} row={row} spine={spine} />}
    </>
  );
};

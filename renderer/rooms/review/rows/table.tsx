import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { PairRow } from '../../../../main/contract/pairs.ts';
import type { RowSource } from '../../../grid/columns.ts';
import { GoToRow } from '../../../grid/go-to-row.tsx';
import { Grid } from '../../../grid/grid.tsx';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { useLocale } from '../../../strings/use-locale.ts';
import { TextButton } from '../../../widgets/button.tsx';
import { reviewAction } from '../actions.ts';
import { copyRows } from '../actions/look.ts';
import { askWho } from '../annotator.ts';
import type { Known } from '../filters/filter-editor.tsx';
import { useSought } from '../filters/text-hits.ts';
import { goOrder, nextOrder } from '../filters/going.ts';
import { isJudged, reviewGrid, reviewState } from '../state.ts';
import { ColumnChooser } from './column-chooser.tsx';
import type { ColumnChoosing } from './column-choice.ts';
import { reviewColumns } from './columns.tsx';
import { RowEditor } from './row-editor.tsx';
import { useRowSource, type OpenPairs } from './use-rows.ts';

type Props = { readonly pairs: OpenPairs; readonly known: Known; readonly spine: string | undefined; readonly choosing: ColumnChoosing };

/** The rows, in their frozen order; what is judged steps back and stays in its place. */
export const Table = ({ pairs, known, spine, choosing }: Props) => {
  const app = useApp();
  const goingToRow = useStore(reviewState, (state) => state.goingToRow);
  const editing = useStore(reviewState, (state) => state.editing);
  const { choice, change } = choosing;
  const [source, target] = known.languages;
  const sought = useSought(pairs.predicate, pairs.queue);
  const locale = useLocale();
  const columns = useMemo(() => reviewColumns({ source, target, spine, choice, name: known.annotator, sought }), [source, target, spine, choice, known.annotator, sought, locale]);
  const rows = useRowSource(pairs);
  const { order, view } = pairs;
  const onEdit = (position: number, column: string | undefined): void => {
    const row = rows.row(position);
    if (row === undefined || askWho(app) === undefined) return;
    reviewGrid.getState().goTo(position);
    reviewState.setState({ editing: { pair: row.id, side: column === 'source' ? 'source' : 'target', place: 'row' } });
  };
  return (
    <>
      <Grid label={t('review.grid')} columns={columns} rows={rows} store={reviewGrid} order={order} onSort={(column) => goOrder(app, nextOrder(order, column))}
        onResize={(column, width) => change({ widths: { ...choice.widths, [column]: width } })} onEdit={onEdit} editor={useEditor(rows, editing)}
        isQuiet={(position) => { const row = rows.row(position); return row !== undefined && isJudged(row.review.decision) ? 'judged' : row?.kept === false; }}
        {...(view === undefined ? {} : { onCopy: () => void copyRows(app) })}
        empty={view === undefined ? undefined : <Nothing filtered={pairs.queue === undefined ? pairs.predicate !== null : pairs.narrowed} />} />
      <ColumnChooser choosing={choosing} scores={known.scores} labels={known.labels.map((label) => label.column)} spine={spine} />
      {goingToRow ? <GoToRow store={reviewGrid} count={rows.count} onClose={() => reviewState.setState({ goingToRow: false })} /> : null}
    </>
  );
};

const useEditor = (rows: RowSource<PairRow>, editing: ReturnType<typeof reviewState.getState>['editing']) => {
  const focus = useStore(reviewGrid, (grid) => grid.focus);
  const row = rows.row(Math.max(0, focus));
  const open = editing?.place === 'row' && row?.id === editing.pair;
  return useMemo(() => (open && row !== undefined && editing !== undefined ? { position: Math.max(0, focus), column: editing.side, content: <RowEditor key={`${row.id}-${editing.side}`} row={row} side={editing.side} /> } : undefined), [open, row, focus, editing]);
};

const Nothing = ({ filtered }: { readonly filtered: boolean }) => {
  const app = useApp();
  return filtered ? <span className="line">{t('review.noneMatch')} <TextButton onPress={() => void reviewAction('review.clearFilters').run(app)}>{t('review.action.clearFilters')}</TextButton></span> : <>{t('review.noPairs')}</>;
};

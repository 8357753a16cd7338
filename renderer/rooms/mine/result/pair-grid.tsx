import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Run } from '../../../../main/contract/mine.ts';
import { GoToRow } from '../../../grid/go-to-row.tsx';
import { Grid } from '../../../grid/grid.tsx';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, margin } from '../../../strings/numbers.ts';
import { useLocale } from '../../../strings/use-locale.ts';
import { mineState, pairsGrid } from '../state.ts';
import { copyRows } from './copy-rows.ts';
import type { CutNow } from './cut-now.ts';
import { pairColumns } from './pair-columns.tsx';
import type { PairRows } from './pair-rows.ts';
import css from './cut-line.module.css';

type Props = { readonly run: Run; readonly pairs: PairRows; readonly cut: CutNow };

/** All pairs in the order of their margin, with the cut drawn through them. */
export const PairGrid = ({ run, pairs, cut }: Props) => {
  const app = useApp();
  const goingToRow = useStore(mineState, (state) => state.goingToRow);
  const locale = useLocale();
  const columns = useMemo(() => pairColumns(run.source.language, run.target.language), [run.source.language, run.target.language, locale]);
  const { rows, view } = pairs;
  const line = cut.at === null || rows.count === 0 ? undefined : Math.min(rows.count, cut.kept);
  useStartAtCut(run, rows.count, line);
  return (
    <>
      <Grid label={t('mine.grid.label')} columns={columns} rows={rows} store={pairsGrid} empty={view === undefined ? undefined : t('mine.grid.none')}
        {...(line === undefined ? {} : { isQuiet: (position: number) => position >= line })}
        {...(view === undefined ? {} : { onCopy: () => void copyRows(app, view, pairsGrid.getState().selection) })}
        band={line === undefined ? undefined : { before: line, height: 22, content: <CutLine at={cut.at ?? 0} kept={line} dropped={rows.count - line} /> }} />
      {goingToRow ? <GoToRow store={pairsGrid} count={rows.count} onClose={() => mineState.setState({ goingToRow: false })} /> : null}
    </>
  );
};

const CutLine = ({ at, kept, dropped }: { readonly at: number; readonly kept: number; readonly dropped: number }) => (
  <div className={css['line']}>
    <span className={css['note']}>{t('mine.grid.keptAbove', { count: count(kept) })}</span>
    <span className={css['label']}>{margin(at)}</span>
    <span className={`${css['note']} ${css['end']}`}>{t('mine.grid.droppedBelow', { count: count(dropped) })}</span>
  </div>
);

/** A run that was just opened shows the pairs around its cut: they teach most. */
const useStartAtCut = (run: Run, rows: number, line: number | undefined): void => {
  const first = line === undefined ? 0 : Math.min(rows - 1, line);
  useEffect(() => {
    if (rows === 0) return;
    const grid = pairsGrid.getState();
    grid.setRows(rows);
    grid.goTo(first);
    grid.handle?.reveal(first, 'centre');
    // Only when another run is opened: afterwards the table belongs to the user.
  }, [run.id, rows > 0]);
};

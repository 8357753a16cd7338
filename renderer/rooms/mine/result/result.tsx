import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Run } from '../../../../main/contract/mine.ts';
import { ActionButton } from '../../../actions/action-button.tsx';
import { selectedCount } from '../../../grid/selection.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { rich } from '../../../strings/rich.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count } from '../../../strings/numbers.ts';
import { Button } from '../../../widgets/button.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { RoomFrame } from '../../../widgets/room-frame.tsx';
import { mineAction } from '../actions.ts';
import { openPairs } from '../open-pairs.ts';
import { PairFacts, RowsPanel, RunMargin } from '../run-facts.tsx';
import { RunStrip } from '../run-strip.tsx';
import { providerName } from '../run-words.ts';
import { pairsGrid } from '../state.ts';
import { useCutNow, type CutNow } from './cut-now.ts';
import { Desk, Teaching, useWhy } from './desk.tsx';
import { Instrument } from './instrument.tsx';
import { PairGrid } from './pair-grid.tsx';
import { usePairRows } from './pair-rows.ts';
import { Warnings } from './warnings.tsx';

/** What a run has found: its margins with the cut, the pairs in their order, and one of them open. */
export const Result = ({ run }: { readonly run: Run }) => {
  const app = useApp();
  const pairs = usePairRows(run);
  const gold = useQuery('mine.gold', { run: run.id, gold: null, ignore: null }, { touches: ['project', 'runs'] }).data;
  const all = run.counts?.candidates ?? pairs.rows.count;
  const cut = useCutNow(run, all, gold);
  const focus = useStore(pairsGrid, (grid) => grid.focus);
  const row = pairs.rows.row(focus);
  const why = useWhy(run, row);
  useEffect(() => openPairs.setState({ view: pairs.view, row: pairs.rows.row }), [pairs.view, pairs.rows]);
  return (
    <RoomFrame name={t('room.mine')}
      margin={<RunMargin run={run} below={<PairFacts run={run} row={row} why={why.data} />}><RowsPanel run={run} kept={cut.kept} stale={cut.stale} /></RunMargin>}
      strip={(
        <RunStrip run={run}>
          <ActionButton action={mineAction('mine.again')} quiet />
          <span className="grow" />
          <ActionButton action={mineAction('mine.sample')} quiet withIcon={false} />
          <ActionButton action={mineAction('mine.review')} withIcon={false} />
          <Button primary small onPress={() => void mineAction('mine.export').run(app)}>{t('mine.strip.export', { kept: count(run.cut === null ? all : run.counts?.kept ?? 0) })}</Button>
        </RunStrip>
      )}
      statusStart={<ResultStatus all={all} cut={cut} run={run} focus={focus} />}
      statusEnd={<><span>{t('mine.status.languages', { source: run.source.language, target: run.target.language })}</span><span>{t('mine.status.encoder', { encoder: run.plan.encoders.map((encoder) => encoder.id).join(' + '), provider: providerName(run.plan.provider) })}</span></>}
    >
      <Instrument run={run} all={all} cut={cut} gold={gold} />
      <Warnings run={run} />
      {pairs.failure === undefined ? null : <Notice framed failure={pairs.failure}><Button small onPress={pairs.reload}>{t('again')}</Button></Notice>}
      <PairGrid run={run} pairs={pairs} cut={cut} />
      <Teaching />
      <Desk run={run} row={row} why={why} />
    </RoomFrame>
  );
};

const ResultStatus = ({ run, all, cut, focus }: { readonly run: Run; readonly all: number; readonly cut: CutNow; readonly focus: number }) => {
  const selected = useStore(pairsGrid, (grid) => selectedCount(grid.selection));
  const kept = cut.at === null ? all : cut.kept;
  const candidates = run.counts?.candidates ?? all;
  const dropped = cut.at === null ? 0 : cut.dropped;
  return (
    <>
      <span>{focus < 0 ? '' : rich('mine.status.pair', { at: count(focus + 1), count: all })}</span>
      <span className={cut.stale ? 'is-stale' : undefined}>{rich('mine.status.kept', { kept: count(kept), dropped: count(dropped), unexplained: count(Math.max(0, candidates - kept - dropped)) })}</span>
      {selected > 1 ? <span>{t('mine.status.selected', { count: selected })}</span> : null}
    </>
  );
};

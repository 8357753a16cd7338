import { useMemo } from 'react';
import type { Job } from '../../../../main/contract/jobs.ts';
import type { Run } from '../../../../main/contract/mine.ts';
import { ActionButton } from '../../../actions/action-button.tsx';
import { Histogram } from '../../../charts/histogram.tsx';
import { rowsAtHand, type Column } from '../../../grid/columns.ts';
import { Grid } from '../../../grid/grid.tsx';
import { useApp, useSlice } from '../../../stores/hooks.tsx';
import { rich } from '../../../strings/rich.tsx';
import { t } from '../../../strings/catalogue.ts';
import { decimal, margin, percent } from '../../../strings/numbers.ts';
import { useLocale } from '../../../strings/use-locale.ts';
import { Text } from '../../../text/text.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { Ruler } from '../../../widgets/progress.tsx';
import { RoomFrame } from '../../../widgets/room-frame.tsx';
import { mineAction } from '../actions.ts';
import { LanguageHeading } from '../../../text/language-heading.tsx';
import { PlanPanel, RunMargin } from '../run-facts.tsx';
import { RunStrip } from '../run-strip.tsx';
import { providerWords } from '../run-words.ts';
import { partialGrid } from '../state.ts';
import { clockWords, headline, placeWords, rulerStages } from './job-progress.ts';
import { RunLog } from './run-log.tsx';
import { usePartial, type Partial } from './use-partial.ts';
import css from './running.module.css';

const active = ['queued', 'running', 'pausing', 'cancelling'];

/** A run that goes on, is paused or was stopped: how far it is, what it has found so far, what it says. */
export const Running = ({ run }: { readonly run: Run }) => {
  const job = useSlice('jobs', (slice) => slice.value?.find((each) => each.id === run.job));
  const goesOn = job === undefined || active.includes(job.state);
  const partial = usePartial(run, goesOn);
  return (
    <RoomFrame name={t('room.mine')}
      margin={<RunMargin run={run} below={<><h3 className="small strong dim" style={{ marginBlockEnd: 6 }}>{t('mine.running.ifHeading')}</h3><p className="small dim" style={{ lineHeight: 1.45 }}>{t('mine.running.ifStops')}</p></>}><PlanPanel run={run} /></RunMargin>}
      strip={<RunStrip run={run}><span className="grow" /><RunButtons job={job} /></RunStrip>}
      statusStart={<><span>{rich('mine.status.progress', { id: String(run.id), share: percent(job?.progress ?? 0) })}</span>{partial === undefined ? null : <span>{t('mine.status.soFar', { count: partial.pairs })}</span>}</>}
      statusEnd={<><span>{t('mine.status.languages', { source: run.source.language, target: run.target.language })}</span><span>{providerWords(run)}</span></>}
    >
      <ProgressPart run={run} job={job} />
      <MarginsSoFar partial={partial} />
      <BestSoFar run={run} partial={partial} />
      {job === undefined ? null : <RunLog job={job} active={goesOn} />}
    </RoomFrame>
  );
};

const RunButtons = ({ job }: { readonly job: Job | undefined }) => (
  <>
    {job?.state === 'cancelled' || job?.state === 'failed' ? <ActionButton action={mineAction('mine.again')} /> : null}
    {job?.state === 'cancelled' ? null : ['paused', 'interrupted', 'failed'].includes(job?.state ?? '') ? <ActionButton action={mineAction('mine.resume')} /> : <ActionButton action={mineAction('mine.pause')} />}
    {job?.state === 'cancelled' || job?.state === 'failed' ? null : <ActionButton action={mineAction('mine.cancel')} />}
  </>
);

const ProgressPart = ({ run, job }: { readonly run: Run; readonly job: Job | undefined }) => {
  const app = useApp();
  return (
    <section className={css['progress']} aria-label={t('mine.running.progress')}>
      <div className={css['headline']}>
        <span className="figure">{headline(job)}</span>
        <span className="dim ellipsis">{job === undefined ? '' : placeWords(job)}</span>
        <span className="grow" />
        <span className="small dim">{job === undefined ? '' : clockWords(job, app.now())}</span>
      </div>
      {job === undefined ? null : <Ruler stages={rulerStages(job, run.plan.seconds)} label={t('mine.running.ruler')} />}
      {job === undefined || job.failure === null ? null : (
        <div className={css['kept']}><Notice failure={job.failure}><ActionButton action={mineAction('mine.resume')} /><ActionButton action={mineAction('mine.again')} quiet /></Notice></div>
      )}
      {job?.state === 'cancelled' ? <p className="small dim" style={{ marginBlockStart: 12 }}>{t('mine.running.keptVectors')}</p> : null}
      {job?.state === 'interrupted' && job.failure === null ? <p className="small dim" style={{ marginBlockStart: 12 }}>{t('mine.running.wasInterrupted')}</p> : null}
    </section>
  );
};

const MarginsSoFar = ({ partial }: { readonly partial: Partial | undefined }) => (
  <section className={css['margins']} aria-label={t('mine.running.margins')}>
    <div className={css['marginsHead']}>
      <span className="strong">{t('mine.running.margins')}</span>
      <span>{partial === undefined || partial.pairs === 0 ? '' : t('mine.running.soFar', { note: partial.note, pairs: partial.pairs })}</span>
    </div>
    {partial === undefined || partial.pairs === 0 || partial.edges.length < 2 ? <div className={css['nothing']}>{t('mine.running.nothing')}</div> : (
      <Histogram bins={partial} height={150} caption={t('mine.chart.caption')} says={t('mine.chart.saysNoCut', { all: partial.pairs, low: margin(partial.edges[0] ?? 0), high: margin(partial.edges.at(-1) ?? 0) })} />
    )}
  </section>
);

type PartialRow = Partial['rows'][number];

const BestSoFar = ({ run, partial }: { readonly run: Run; readonly partial: Partial | undefined }) => {
  const { source: { language: source }, target: { language: target } } = run;
  const locale = useLocale();
  const columns = useMemo((): readonly Column<PartialRow>[] => [
    { key: 'source', role: 'text', language: source, heading: <LanguageHeading language={source} />, render: (row) => <Text language={source}>{row.source}</Text> },
    { key: 'margin', role: 'spine', heading: t('mine.grid.margin'), render: (row) => margin(row.margin) },
    { key: 'target', role: 'text', language: target, heading: <LanguageHeading language={target} />, render: (row) => <Text language={target}>{row.target}</Text> },
    { key: 'meta', role: 'meta', heading: <><span /><span>{t('mine.grid.cosine')}</span></>, render: (row) => <><span /><span>{decimal(row.cosine)}</span></> },
  ], [source, target, locale]);
  const rows = useMemo(() => rowsAtHand(partial?.rows ?? [], partial?.pairs ?? 0), [partial]);
  return <Grid label={t('mine.running.best')} columns={columns} rows={rows} store={partialGrid} empty={t('mine.running.noBest')} />;
};

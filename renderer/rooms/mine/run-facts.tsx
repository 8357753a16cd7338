import type { ReactNode } from 'react';
import type { Run } from '../../../main/contract/mine.ts';
import type { PairRow } from '../../../main/contract/pairs.ts';
import type { Why } from '../../../main/contract/mine.ts';
import { useApp, useSlice } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { bytes, count, decimal } from '../../strings/numbers.ts';
import { duration } from '../../strings/times.ts';
import { TextButton } from '../../widgets/button.tsx';
import { Facts, Panel, type Fact } from '../../widgets/facts.tsx';
import { isRunning } from './place.ts';
import { encoderWords, indexWords, momentWords, providerWords, recallWords, refinementWords } from './run-words.ts';
import css from './run-facts.module.css';

/** The left margin of a run: what it is above, facts of the open thing below the desk's line. */
export const RunMargin = ({ run, children, below }: { readonly run: Run; readonly children?: ReactNode; readonly below: ReactNode }) => (
  <>
    <div className={css['above']} tabIndex={0} role="group" aria-label={t('mine.run', { id: String(run.id) })}>
      <RunPanel run={run} />
      <MethodPanel run={run} />
      {children}
    </div>
    <div className={css['below']}>{below}</div>
  </>
);

const RunPanel = ({ run }: { readonly run: Run }) => {
  const app = useApp();
  const sideWords = (side: Run['source'], tone: string): ReactNode => <><bdi>{side.name}</bdi> <span className={tone}>{side.language}</span></>;
  const sentences = (side: Run['source']): ReactNode => <span className="dimmer">{t('mine.facts.sentences', { count: side.sentences })}</span>;
  return (
    <Panel heading={t('mine.run', { id: String(run.id) })} aside={isRunning(run) ? t('mine.runningWord') : momentWords(app, run.endedAt ?? run.createdAt)}>
      <Facts facts={[
        [t('mine.facts.source'), sideWords(run.source, 'is-source')], ['', sentences(run.source)],
        [t('mine.facts.target'), sideWords(run.target, 'is-target')], ['', sentences(run.target)],
      ]} />
    </Panel>
  );
};

const MethodPanel = ({ run }: { readonly run: Run }) => (
  <Panel heading={t('mine.facts.method')}>
    <Facts facts={[
      [t('mine.facts.encoder'), <bdi key="encoder" title={encoderWords(run)}>{encoderWords(run)}</bdi>],
      [t('mine.facts.refinement'), refinementWords(run)],
      [t('mine.facts.index'), indexWords(run)],
      [t('mine.facts.recall'), recallWords(run)],
      [t('mine.facts.neighbours'), t('mine.facts.k', { k: run.settings.k })],
      [t('mine.facts.margin'), t(`mine.margin.${run.settings.margin}`)],
      [t('mine.facts.retrieval'), t(`mine.retrieval.${run.settings.retrieval}`)],
      [t('mine.facts.floor'), run.settings.cosineFloor === null ? null : decimal(run.settings.cosineFloor)],
      [t('mine.facts.provider'), providerWords(run)],
    ]} />
  </Panel>
);

/** What became of every row: nothing is lost, nothing is silent. */
export const RowsPanel = ({ run, kept, stale }: { readonly run: Run; readonly kept: number; readonly stale: boolean }) => {
  const app = useApp();
  const all = useSlice('collections', (slice) => slice.value);
  const { counts } = run;
  if (counts === null) return null;
  const mine = (all ?? []).filter((each) => each.id === run.source.collection || each.id === run.target.collection);
  const sum = (field: 'lines' | 'empty' | 'malformed'): number => mine.reduce((total, each) => total + each[field], 0);
  const faulty = mine.find((each) => each.malformed > 0);
  const some = (value: number): ReactNode => (value === 0 ? null : count(value));
  const facts: readonly Fact[] = [
    [t('mine.facts.read'), mine.length === 0 ? null : count(sum('lines'))],
    [t('mine.facts.empty'), some(sum('empty'))],
    [t('mine.facts.malformed'), faulty === undefined ? count(counts.malformed) : <>{count(sum('malformed'))} <TextButton onPress={() => app.go({ room: 'corpora', path: [String(faulty.id), 'malformed'] })}>{t('mine.facts.listed')}</TextButton></>],
    [t('mine.facts.merged'), count(counts.merged)],
    [t('mine.facts.shortened'), some(counts.truncated)],
    [t('mine.facts.reused'), some(counts.reused)],
    [t('mine.facts.scored'), count(counts.candidates)],
    [t('mine.facts.mutual'), count(counts.mutualBest)],
    [t('mine.facts.belowFloor'), some(counts.belowFloor)],
    [t('mine.facts.aboveBound'), some(counts.aboveUpperBound)],
    [t('mine.facts.kept'), <strong key="kept" className={stale ? 'is-stale' : undefined}>{count(kept)}</strong>],
    [t('mine.facts.dropped'), <span key="dropped" className={stale ? 'is-stale' : undefined}>{count(Math.max(0, counts.candidates - kept))}</span>],
  ];
  return <Panel heading={t('mine.facts.rows')}><Facts facts={facts} /></Panel>;
};

/** What was planned, while it is done. */
export const PlanPanel = ({ run }: { readonly run: Run }) => (
  <Panel heading={t('mine.plan.heading')}>
    <Facts facts={[[t('mine.plan.time'), duration(run.plan.seconds)], [t('mine.plan.memory'), bytes(run.plan.memoryBytes)], [t('mine.plan.disk'), bytes(run.plan.diskBytes)]]} />
  </Panel>
);

/** Below the desk's line: how the run can be named, and the facts of the open pair. */
export const PairFacts = ({ run, row, why }: { readonly run: Run; readonly row: PairRow | undefined; readonly why: Why | undefined }) => {
  const parts = why?.pair === row?.id ? why : undefined;
  const cosine = row?.values['cosine'];
  const rank = (value: number | null): string => (value === null ? t('mine.facts.beyond') : count(value));
  const at = (side: PairRow['source']): ReactNode => <bdi title={`${side.file} : ${side.line}`}>{t('mine.facts.line', { file: side.file.split(/[\\/]/u).at(-1) ?? side.file, line: side.line })}</bdi>;
  return (
    <>
      <h3 className={css['heading']}>{t('mine.facts.signature')}</h3>
      <p className={`mono dim ${css['signature']}`}>{run.signature}</p>
      {row === undefined ? null : (
        <>
          <h3 className={css['heading']}>{t('mine.facts.pair', { source: run.source.language, sourceNo: row.source.ordinal + 1, target: run.target.language, targetNo: row.target.ordinal + 1 })}</h3>
          <Facts facts={[
            [t('mine.facts.cosine'), typeof cosine === 'number' ? decimal(cosine) : ''],
            [t('mine.facts.rank'), parts === undefined ? '' : t('mine.facts.ranks', { forward: rank(parts.forwardRank), backward: rank(parts.backwardRank) })],
            [t('mine.facts.nearOf'), parts === undefined ? '' : t('mine.facts.occurrences', { source: parts.sourceOccurrence, target: parts.targetOccurrence })],
            [t('mine.facts.source'), at(row.source)],
            [t('mine.facts.target'), at(row.target)],
            [t('mine.facts.counts'), row.source.count === 1 && row.target.count === 1 ? null : t('mine.facts.bothCounts', { source: row.source.count, target: row.target.count })],
          ]} />
        </>
      )}
    </>
  );
};

import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Run } from '../../../../main/contract/mine.ts';
import { ActionButton } from '../../../actions/action-button.tsx';
import type { Column } from '../../../grid/columns.ts';
import { Grid } from '../../../grid/grid.tsx';
import { toFailureData, type Output } from '../../../link/link.ts';
import { createPages } from '../../../stores/pages.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { count, margin, signed } from '../../../strings/numbers.ts';
import { useLocale } from '../../../strings/use-locale.ts';
import { Text } from '../../../text/text.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { RoomFrame } from '../../../widgets/room-frame.tsx';
import { Segmented } from '../../../widgets/segmented.tsx';
import { Select } from '../../../widgets/select.tsx';
import { mineAction } from '../actions.ts';
import { LanguageHeading } from '../../../text/language-heading.tsx';
import { RunMargin } from '../run-facts.tsx';
import { RunStrip } from '../run-strip.tsx';
import { runName } from '../run-words.ts';
import { compareGrid, mineState } from '../state.ts';
import css from './lists.module.css';

type Kind = 'gained' | 'lost' | 'moved';
type Row = Output<'mine.compare'>['rows'][number];

/** Runs in the same languages are the ones to compare with first. */
const sameSides = (a: Run, b: Run): boolean => a.kind === b.kind && a.source.language === b.source.language && a.target.language === b.target.language;

/** Two runs side by side: pairs that only one of them keeps, and those whose margin has moved. The other run is the earlier state. */
export const Compare = ({ run, other }: { readonly run: Run; readonly other: number | undefined }) => {
  const app = useApp();
  const others = (useStore(mineState, (state) => state.runs.value) ?? []).filter((each) => each.id !== run.id && each.state === 'ready');
  const left = others.find((each) => each.id === other) ?? others.find((each) => sameSides(each, run)) ?? others[0];
  return (
    <RoomFrame name={t('room.mine')}
      margin={<RunMargin run={run} below={<p className="small dim" style={{ lineHeight: 1.45 }}>{t('mine.compare.words')}</p>} />}
      strip={(
        <RunStrip run={run}>
          <span className="small dim nowrap">{t('mine.compare.with')}</span>
          <div style={{ inlineSize: 260 }}><Select label={t('mine.compare.with')} bare value={left === undefined ? null : String(left.id)} options={others.map((each) => ({ value: String(each.id), label: runName(each) }))} onChange={(id) => app.go({ room: 'mine', path: [String(run.id), 'compare', id] })} /></div>
          <span className="grow" />
          <ActionButton action={mineAction('mine.back')} />
        </RunStrip>
      )}
    >
      {left === undefined ? <p className={css['nothing']}>{t('mine.why.oneRun')}</p> : <Differences key={`${left.id}-${run.id}`} left={left} right={run} />}
    </RoomFrame>
  );
};

const Differences = ({ left, right }: { readonly left: Run; readonly right: Run }) => {
  const { link } = useApp();
  const [kind, setKind] = useState<Kind>('gained');
  const sums = useQuery('mine.compare', { left: left.id, right: right.id, kind: 'gained', from: 0, count: 1 }, { touches: ['runs'] });
  const version = `${left.cut}-${right.cut}`;
  const store = useMemo(() => createPages<Row>(async (from, size) => {
    const page = await link.call('mine.compare', { left: left.id, right: right.id, kind, from, count: size });
    return { rows: page.rows, total: page[kind] };
  }), [link, left.id, right.id, kind, version]);
  const pages = useStore(store);
  const total = pages.total ?? sums.data?.[kind] ?? 0;
  const rows = useMemo(() => ({ count: total, version: pages.version, row: pages.row, want: pages.want }), [total, pages]);
  const locale = useLocale();
  const columns = useMemo(() => compareColumns(left, right), [left, right, locale]);
  const failure = sums.failure ?? (pages.failure === undefined ? undefined : toFailureData(pages.failure));
  const label = (each: Kind): string => { const number = sums.data?.[each]; return number === undefined ? t(`mine.compare.${each}`) : t('mine.compare.counted', { word: t(`mine.compare.${each}`), number: count(number) }); };
  return (
    <>
      <div className={css['head']}>
        <Segmented label={t('mine.compare.kind')} value={kind} onChange={setKind} options={(['gained', 'lost', 'moved'] as const).map((each) => ({ value: each, label: label(each) }))} />
        <span className="small dim">{t(`mine.compare.${kind}Words`)}</span>
        <span className="grow" />
        <span className="small dim">{sums.data === undefined ? '' : t('mine.compare.same', { count: sums.data.same })}</span>
      </div>
      {failure === undefined ? null : <Notice framed failure={failure} />}
      <Grid key={kind} label={t(`mine.compare.${kind}`)} columns={columns} rows={rows} store={compareGrid} empty={t('mine.compare.none')} />
    </>
  );
};

const compareColumns = (left: Run, right: Run): readonly Column<Row>[] => [
  { key: 'source', role: 'text', language: right.source.language, heading: <LanguageHeading language={right.source.language} />, render: (row) => <Text language={right.source.language}>{row.source}</Text> },
  { key: 'margin', role: 'spine', heading: t('mine.grid.margin'), render: (row) => (row.right === null ? '–' : margin(row.right)) },
  { key: 'target', role: 'text', language: right.target.language, heading: <LanguageHeading language={right.target.language} />, render: (row) => <Text language={right.target.language}>{row.target}</Text> },
  {
    key: 'meta', role: 'meta', heading: <><span>{t('mine.run', { id: String(left.id) })}</span><span>{t('mine.compare.change')}</span></>,
    render: (row) => <><span>{row.left === null ? '–' : margin(row.left)}</span><span>{row.left === null || row.right === null ? '' : signed(row.right - row.left)}</span></>,
  },
];

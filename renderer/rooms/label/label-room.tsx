import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Labelling, SpanFilter } from '../../../main/contract/label.ts';
import { ActionButton } from '../../actions/action-button.tsx';
import { formatAddress } from '../../stores/address.ts';
import { useAddress, useQuery, useSlice } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { count, decimal } from '../../strings/numbers.ts';
import { rich } from '../../strings/rich.tsx';
import { languageName } from '../../text/languages.ts';
import { Facts, Panel } from '../../widgets/facts.tsx';
import { Empty, Notice } from '../../widgets/notice.tsx';
import { RoomFrame } from '../../widgets/room-frame.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { labelAction } from './actions.ts';
import { Bar } from './bar.tsx';
import { Agreement, Queue } from './queue.tsx';
import { SpanTable } from './span-table.tsx';
import { Stage } from './stage.tsx';
import { closeLabelling, labelState, openFilter, spanNow } from './state.ts';
import css from './label.module.css';

/** Labels carried to translations: where two methods differ, a person decides. */
export const LabelRoom = () => {
  const { path } = useAddress();
  const project = useSlice('project', (slice) => slice.value?.path ?? null);
  const id = Number(path[0]);
  useEffect(() => closeLabelling, [project, id]);
  return path[0] === undefined || !Number.isInteger(id) ? <Start /> : <Open key={`${project ?? ''} ${id}`} id={id} />;
};

/** All labellings of the project. */
const Start = () => {
  const { data, failure } = useQuery('label.list', {}, { touches: ['labels', 'project'] });
  return (
    <RoomFrame name={t('room.label')} margin={<Panel heading={t('label.margin')}><p className="small dim" style={{ lineHeight: 1.45 }}>{t('label.words')}</p></Panel>} strip={<><h2 className="strong">{t('room.label')}</h2><span className="grow" /><ActionButton action={labelAction('label.carry')} /></>}>
      {failure === undefined ? null : <Notice framed failure={failure} />}
      {data?.length === 0 ? <Empty heading={t('label.nothingHeading')}><p>{t('label.nothingWords')}</p><div className="line"><ActionButton action={labelAction('label.carry')} primary small={false} /></div></Empty> : (
        <div className={css['list']}>{data?.map((each) => (
          <a key={each.id} href={formatAddress({ room: 'label', path: [String(each.id)] })}>
            <bdi className="ellipsis strong">{each.name}</bdi>
            <span className="small dim nowrap">{t('review.languages', { source: languageName(each.sourceLanguage), target: languageName(each.targetLanguage) })}</span>
            <span className="small dim nowrap">{t('label.openOf', { open: each.open, count: each.spans })}</span>
          </a>
        ))}</div>
      )}
    </RoomFrame>
  );
};

const Open = ({ id }: { readonly id: number }) => {
  const { data: labelling, failure } = useQuery('label.get', { labelling: id }, { touches: ['labels', 'project'] });
  if (failure !== undefined) return <RoomFrame name={t('room.label')} margin={null} strip={<h2 className="strong">{t('room.label')}</h2>}><Notice framed failure={failure} /></RoomFrame>;
  return labelling === undefined ? <main aria-busy="true" aria-label={t('room.label')} /> : <OpenLabelling labelling={labelling} />;
};

const OpenLabelling = ({ labelling }: { readonly labelling: Labelling }) => {
  const { filter, ids, at, round } = useStore(labelState);
  // The order is frozen: asked for anew by a filter or on request, never by a decision.
  const order = useQuery('label.order', { labelling: labelling.id, filter }, { touches: [] });
  const { reload } = order;
  useEffect(() => { if (round > 0) reload(); }, [round]);
  useEffect(() => { labelState.setState({ labelling }); }, [labelling]);
  useEffect(() => { if (order.data !== undefined && !order.stale) labelState.setState((state) => ({ ids: order.data?.ids ?? [], at: state.ids === order.data?.ids ? state.at : 0, choice: undefined })); }, [order.data, order.stale]);
  const current = ids[at];
  // The sentence before stays in sight until the next one is here.
  const { data: sentence } = useQuery('label.sentence', current === undefined ? null : { labelling: labelling.id, span: current }, { touches: ['labels'] });
  useEffect(() => { labelState.setState({ sentence }); }, [sentence]);
  const span = sentence === undefined ? undefined : spanNow({ ids, at, sentence });
  return (
    <RoomFrame name={t('room.label')}
      margin={<><Queue labelling={labelling} /><Agreement labelling={labelling} />{sentence === undefined || span === undefined ? null : <SpanFacts labelling={labelling} no={sentence.no} scores={span.found.map(({ method, best }) => [t(`label.method.${method}`), best[0] === undefined ? t('label.abstains') : decimal(best[0].score, 2)])} />}</>}
      strip={(
        <>
          <h2 className="strong nowrap"><bdi>{labelling.name}</bdi></h2>
          <Segmented label={t('label.show')} value={shownBy(filter)} options={shows.map((value) => ({ value, label: t(`label.show.${value}`) }))} onChange={(value) => labelState.setState({ filter: filters[value], at: 0, choice: undefined })} />
          <ActionButton action={labelAction('label.refresh')} quiet />
          <ActionButton action={labelAction('label.export.target')} quiet />
          <span className={css['count']} role="status">{order.data === undefined ? '' : rich('label.shown', { shown: count(order.data.total), count: order.data.all, hidden: count(order.data.all - order.data.total) })}</span>
        </>
      )}
      statusStart={<><span>{ids.length === 0 ? t('label.noneOpen') : rich('label.position', { at: count(at + 1), count: count(ids.length) })}</span><span>{t('label.keptByAgreement', { count: keptOf(labelling) })}</span></>}
      statusEnd={<span>{`${labelling.sourceLanguage} → ${labelling.targetLanguage}`}</span>}
    >
      <div className={css['field']}>
        {sentence === undefined ? (ids.length === 0 && order.data !== undefined ? <Empty heading={t('label.doneHeading')}><p>{t('label.doneWords')}</p></Empty> : <div className={css['rest']} aria-busy="true" />) : (
          <><Stage labelling={labelling} sentence={sentence} span={span} /><SpanTable labelling={labelling} sentence={sentence} span={span} /></>
        )}
        <div className={css['rest']} />
        <Bar span={span} />
      </div>
    </RoomFrame>
  );
};

const shows = ['differ', 'open', 'all'] as const;
type Shown = (typeof shows)[number];
const filters: Readonly<Record<Shown, SpanFilter>> = { differ: openFilter, open: { order: 'sureness', decisions: ['open'] }, all: { order: 'text' } };
const shownBy = (filter: SpanFilter): Shown => shows.find((name) => filters[name] === filter) ?? 'differ';

/** Spans that nobody has to look at: the methods agree about them, or somebody has judged them. */
const keptOf = ({ spans, open }: Labelling): number => spans - open;

const SpanFacts = ({ labelling, no, scores }: { readonly labelling: Labelling; readonly no: number; readonly scores: readonly (readonly [string, string])[] }) => (
  <Panel heading={t('label.sentenceOf', { no: count(no + 1), count: count(labelling.sentences) })}><Facts facts={[[t('label.translation'), t('label.fixed')], ...scores]} /></Panel>
);

import { ArrowLeftRight, Combine, FileDown, Flag, MessageSquare, Pencil, Pickaxe, Replace, ScissorsLineDashed, Tags, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { PairOrigin, PairRow } from '../../../../main/contract/pairs.ts';
import type { PairEvent } from '../../../../main/contract/review.ts';
import { useApp, useQuery } from '../../../stores/hooks.tsx';
import { t, tIfAny } from '../../../strings/catalogue.ts';
import { clock, day } from '../../../strings/times.ts';
import { DiffText } from '../../../text/diff-text.tsx';
import { Text } from '../../../text/text.tsx';
import { TextButton } from '../../../widgets/button.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { Notice } from '../../../widgets/notice.tsx';
import { restore } from '../doing.ts';
import { decisionGlyphs } from '../glyphs.ts';
import { draftKey, reviewState } from '../state.ts';
import css from './desk.module.css';

type Props = { readonly origin: PairOrigin; readonly row: PairRow; readonly me: number | undefined };

const glyphs: Readonly<Record<PairEvent['kind'], LucideIcon>> = {
  imported: FileDown, mined: Pickaxe, decision: Tags, label: Tags, flag: Flag, edit: Pencil, comment: MessageSquare, split: ScissorsLineDashed, merge: Combine, swap: ArrowLeftRight, bulk: Replace,
};
/** After these the texts read otherwise than before. */
const changesText: readonly PairEvent['kind'][] = ['edit', 'split', 'merge', 'swap', 'bulk', 'imported', 'mined'];

/** All that happened to the open pair, the newest first; a text can be brought back as it read then. */
export const History = ({ origin, row, me }: Props) => {
  const { data, stale, failure } = useQuery('review.history', me === undefined ? null : { origin, pair: row.id, annotator: me }, { touches: ['pairs', 'history'] });
  const events = data ?? [];
  return (
    <div className={css['right']} id="review-history" tabIndex={0} role="region" aria-label={t('review.history')}>
      <h2>{t('review.history')}</h2>
      {failure === undefined ? null : <Notice failure={failure} />}
      <ul className={`${css['history']} ${stale ? 'is-stale' : ''}`} aria-busy={stale}>
        <Drafts row={row} />
        {events.map((event, index) => <Event key={event.id} event={event} row={row} me={me} newest={index === 0} />)}
      </ul>
      {data !== undefined && events.length === 0 ? <p className="small dim">{t('review.noHistory')}</p> : null}
    </div>
  );
};

/** What was typed and not saved: it becomes the text when the pair is judged. */
const Drafts = ({ row }: { readonly row: PairRow }) => {
  const drafts = useStore(reviewState, (state) => state.drafts);
  return (['source', 'target'] as const).map((side) => {
    const draft = drafts.get(draftKey(row.id, side));
    return draft === undefined ? null : (
      <li key={side}>
        <span className="dim"><Icon of={Pencil} size={13} /></span><b>{t('review.you')}</b><span className={css['time']}>{t('review.history.now')}</span>
        <div className={css['what']}>{t(`review.history.${side}`)} <Text as="span" language={row[side].language}><DiffText before={row[side].text} after={draft} language={row[side].language} brief /></Text> {t('review.history.kept')}</div>
      </li>
    );
  });
};

const Event = ({ event, row, me, newest }: { readonly event: PairEvent; readonly row: PairRow; readonly me: number | undefined; readonly newest: boolean }) => {
  const app = useApp();
  const glyph = event.kind === 'decision' ? decisionGlyphs[decisionOf(event.after)] : undefined;
  const today = day(event.at, app.now());
  return (
    <li className={event.undone ? css['undone'] : undefined}>
      <span className={glyph?.tone ?? 'dim'}><Icon of={glyph?.icon ?? glyphs[event.kind]} size={13} /></span>
      <b className="ellipsis"><bdi>{event.annotator !== null && event.annotator === me ? t('review.you') : event.name}</bdi></b>
      <time className={css['time']} dateTime={new Date(event.at).toISOString()}>{today === t('time.today') ? clock(event.at) : t('review.history.at', { day: today, time: clock(event.at) })}</time>
      <div className={css['what']}>
        {event.undone ? <><s>{whatOf(event, row)}</s> {t('review.history.undone')}</> : whatOf(event, row)}
        {!event.undone && !newest && changesText.includes(event.kind) ? <> <TextButton label={t('review.restoreAt', { time: clock(event.at) })} onPress={() => void restore(app, row, event.id)}>{t('review.restore')}</TextButton></> : null}
      </div>
    </li>
  );
};

const decisionOf = (name: string | null): keyof typeof decisionGlyphs => (['accept', 'reject', 'unsure', 'conflict', 'none'] as const).find((each) => each === name?.split(/[\s:,]/u)[0]) ?? 'none';

/** What an event did, in a line. */
const whatOf = ({ kind, side, before, after, title }: PairEvent, row: PairRow): ReactNode => {
  switch (kind) {
    case 'edit': return <>{t(`review.history.${side ?? 'target'}`)} <Text as="span" language={row[side ?? 'target'].language}><DiffText before={before ?? ''} after={after ?? ''} language={row[side ?? 'target'].language} brief /></Text></>;
    case 'comment': return t('review.history.said', { text: after ?? '' });
    case 'decision': return tIfAny(`review.did.${after ?? 'none'}`, after ?? t('review.did.none'));
    case 'flag': return after === null ? t('review.history.unflagged', { flag: tIfAny(`review.flag.${before ?? ''}`, before ?? '') }) : t('review.history.flagged', { flag: tIfAny(`review.flag.${after}`, after) });
    case 'label': return after ?? t('review.did.none');
    default: return title ?? after ?? t(`review.history.${kind}`);
  }
};

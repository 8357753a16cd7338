import type { CSSProperties, ReactNode } from 'react';
import { useSlice } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { StoppedJobs } from './stopped-jobs.tsx';
import { rem } from './zoom.ts';
import css from './room-frame.module.css';

type Props = {
  readonly name: string;
  /** The left margin: what is open, its facts. */
  readonly margin: ReactNode;
  readonly strip: ReactNode;
  readonly children: ReactNode;
  /** Left end of the status line: position and counts. */
  readonly statusStart?: ReactNode;
  /** Whether all is saved, before what undo would undo. */
  readonly statusSaved?: ReactNode;
  /** Right end, after what undo would undo. */
  readonly statusEnd?: ReactNode;
};

/** The drawn height, never more than leaves room for rows in the window of today. */
const deskStyle = (desk: number): CSSProperties => ({ '--desk': `min(${rem(desk)}, 100vh - ${rem(420)})` } as CSSProperties);

/** What never moves: margin at the left, strip above the field, status line below. */
export const RoomFrame = ({ name, margin, strip, children, statusStart, statusSaved, statusEnd }: Props) => {
  const marginOpen = useSlice('ui', (ui) => ui.marginOpen);
  const desk = useSlice('ui', (ui) => ui.desk);
  return (
    <main className={css['room']} data-margin={marginOpen ? 'open' : 'closed'} aria-label={name} style={desk === null ? undefined : deskStyle(desk)}>
      <h1 className="only-read-aloud">{name}</h1>
      <aside className={css['margin']} aria-label={t('frame.margin', { room: name })}>{margin}</aside>
      <div className={css['field']}>
        <div className={css['strip']} role="group" aria-label={t('frame.strip')}>{strip}</div>
        <div className={css['content']}>{children}</div>
      </div>
      <StatusLine start={statusStart} saved={statusSaved} end={statusEnd} />
    </main>
  );
};

/** Left: position and counts; right: whether all is saved, and what undo would undo. */
export const StatusLine = ({ start, saved, end }: { readonly start?: ReactNode; readonly saved?: ReactNode; readonly end?: ReactNode }) => {
  const project = useSlice('project', (slice) => slice.value);
  const link = useSlice('connection', (slice) => slice.state);
  const engine = useSlice('project', (slice) => slice.host?.engine);
  return (
    <footer className={css['status']}>
      {start}
      <StoppedJobs />
      <div className={css['end']}>
        {link.name === 'lost' ? <span className="is-warn" role="status">{t('link.lost')}</span> : null}
        {engine !== undefined && (engine.state === 'restarting' || engine.state === 'stopped') ? <span className="is-warn">{engine.note ?? t(`engine.${engine.state}`)}</span> : null}
        {saved}
        {project?.undo == null ? null : <span>{t('status.undo', { title: project.undo.title })}</span>}
        {end}
      </div>
    </footer>
  );
};

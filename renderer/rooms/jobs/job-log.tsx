import { useEffect, useRef } from 'react';
import type { Job } from '../../../main/contract/jobs.ts';
import { useQuery } from '../../stores/hooks.tsx';
import { t } from '../../strings/catalogue.ts';
import { jobTitle } from '../../strings/job-title.ts';
import { clockSeconds } from '../../strings/times.ts';
import css from './jobs-sheet.module.css';

const tail = 200;

/** The last lines of a job's log, the engine's stderr among them. Follows the end. */
export const JobLog = ({ job }: { readonly job: Job }) => {
  const stage = job.stages.find((each) => each.state === 'running');
  const first = useQuery('jobs.log', { job: job.id, after: 0, count: 1 }, { touches: ['jobs'] });
  const total = first.data?.total ?? 0;
  const log = useQuery('jobs.log', { job: job.id, after: Math.max(0, total - tail), count: tail }, { touches: ['jobs'] });
  const lines = log.data?.lines ?? [];
  const list = useRef<HTMLOListElement>(null);
  const reload = useRef(first.reload);
  reload.current = first.reload;
  // Progress tells that something may have been written; the state and the stage say when it matters.
  useEffect(() => { reload.current(); }, [job.state, stage?.name, stage?.note, Math.floor(job.progress * 50)]);
  useEffect(() => { list.current?.scrollTo({ top: list.current.scrollHeight }); }, [lines.length]);
  if (lines.length === 0) return null;
  return (
    <section className={css['log']}>
      <h3><span>{t('jobs.logOf')} <bdi>{jobTitle(job)}</bdi></span><span className="dimmer" style={{ fontWeight: 400 }}>{t('jobs.lines', { count: total })}</span></h3>
      <ol ref={list} className="mono" tabIndex={0} aria-label={t('jobs.log')}>
        {lines.map((line) => <li key={line.no} className={line.level === 'info' ? undefined : css[line.level]}><time className="dimmer">{clockSeconds(line.at)}</time><span dir="auto">{line.text}</span></li>)}
      </ol>
    </section>
  );
};

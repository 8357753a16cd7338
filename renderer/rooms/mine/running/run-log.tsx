import { useEffect, useMemo, useRef, useState } from 'react';
import type { Job, LogLine } from '../../../../main/contract/jobs.ts';
import { useApp } from '../../../stores/hooks.tsx';
import { latest } from '../../../stores/latest.ts';
import { t } from '../../../strings/catalogue.ts';
import { clockSeconds } from '../../../strings/times.ts';
import css from './running.module.css';

const tail = 200;
const every = 1000;

/** The end of the job's log, the engine's stderr among it. Follows the end, unless somebody has scrolled up to read. */
export const RunLog = ({ job, active }: { readonly job: Job; readonly active: boolean }) => {
  const { link } = useApp();
  const [log, setLog] = useState<{ readonly lines: readonly LogLine[]; readonly total: number }>({ lines: [], total: 0 });
  const ask = useMemo(() => latest(async (signal, id: number) => {
    const { total } = await link.call('jobs.log', { job: id, after: 0, count: 1 }, { signal });
    return link.call('jobs.log', { job: id, after: Math.max(0, total - tail), count: tail }, { signal });
  }), [link]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const again = async (): Promise<void> => {
      const found = await ask(job.id).catch(() => undefined);
      if (over) return;
      if (found !== undefined) setLog(found);
      if (active) timer = setTimeout(() => void again(), every);
    };
    void again();
    return () => { over = true; clearTimeout(timer); ask.cancel(); };
  }, [ask, job.id, job.state, active]);

  const list = useRef<HTMLOListElement>(null);
  const following = useRef(true);
  useEffect(() => { if (following.current) list.current?.scrollTo({ top: list.current.scrollHeight }); }, [log]);
  return (
    <section className={css['log']} aria-label={t('mine.running.log')}>
      <h2><span>{t('mine.running.log')}</span><span className="dimmer">{t('mine.running.lines', { shown: log.lines.length, count: log.total })}</span></h2>
      <ol ref={list} className="mono" tabIndex={0} aria-label={t('mine.running.log')}
        onScroll={(event) => { const { scrollTop, scrollHeight, clientHeight } = event.currentTarget; following.current = scrollHeight - scrollTop - clientHeight < 30; }}>
        {log.lines.map((line) => <li key={line.no} className={line.level === 'info' ? undefined : css[line.level]}><time className="dimmer">{clockSeconds(line.at)}</time><span dir="auto">{line.text}</span></li>)}
      </ol>
    </section>
  );
};

import { Box, FileDown, FileUp, Gauge, Languages, Pickaxe, RotateCcw, Tags, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Job } from '../../../main/contract/jobs.ts';
import { useApp, useQuery, useSlice } from '../../stores/hooks.tsx';
import { isActive, needsUser } from '../../stores/slices.ts';
import { listed, t } from '../../strings/catalogue.ts';
import { jobTitle } from '../../strings/job-title.ts';
import { bytes } from '../../strings/numbers.ts';
import { TextButton } from '../../widgets/button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { Notice } from '../../widgets/notice.tsx';
import { Progress } from '../../widgets/progress.tsx';
import { CornerSheet } from '../../widgets/sheet.tsx';
import { JobLog } from './job-log.tsx';
import { detailWords, stateWord } from './job-words.ts';
import css from './jobs-sheet.module.css';

const icons: Readonly<Record<Job['kind'], LucideIcon>> = { import: FileDown, mine: Pickaxe, 'score-bitext': Languages, embed: Box, export: FileUp, probe: Gauge, replay: RotateCcw, check: TriangleAlert, 'detect-languages': Languages, translate: Languages, label: Tags };

/** Everything that takes longer than a second. Lies over the room without a scrim: the room stays usable. */
export const JobsSheet = ({ onClose, focus }: { readonly onClose: () => void; readonly focus?: number }) => {
  const app = useApp();
  const jobs = useSlice('jobs', (slice) => slice.value) ?? [];
  const [chosen, setChosen] = useState(focus);
  const open = jobs.find((job) => job.id === chosen) ?? jobs.find((job) => isActive(job)) ?? jobs[0];
  const parts = [['jobs.running', jobs.filter(isActive).length], ['jobs.paused', jobs.filter((job) => job.state === 'paused').length], ['jobs.needYou', jobs.filter(needsUser).length]] as const;
  const ended = jobs.some((job) => !isActive(job) && job.state !== 'paused');
  return (
    <CornerSheet title={t('jobs.title')} width={612} onClose={onClose} pinned={open === undefined ? null : <JobLog key={open.id} job={open} />} note={listed(parts.filter(([, count]) => count > 0).map(([key, count]) => t(key, { count })))}
      {...(ended ? { foot: <><span className="grow" /><TextButton onPress={() => void app.attempt(() => app.link.call('jobs.clear', {}))}>{t('jobs.clear')}</TextButton></> } : {})}>
      {jobs.length === 0 ? <p className={css['empty']}>{t('jobs.none')}</p> : null}
      <ul>{jobs.map((job) => <JobRow key={job.id} job={job} open={job.id === open?.id} onOpen={() => setChosen(job.id)} />)}</ul>
    </CornerSheet>
  );
};

const JobRow = ({ job, open, onOpen }: { readonly job: Job; readonly open: boolean; readonly onOpen: () => void }) => {
  const halted = ['paused', 'pausing', 'interrupted', 'cancelled', 'failed'].includes(job.state);
  return (
    <li className={css['job']} data-open={open ? '' : undefined}>
      <span className={css['icon']}><Icon of={icons[job.kind]} /></span>
      <div className="grow">
        <div className={css['first']}>
          <Button className={`${css['title']} ellipsis`} onPress={onOpen} aria-expanded={open}><bdi>{jobTitle(job)}</bdi></Button>
          <span className="grow" />
          <span className={`small nowrap ${needsUser(job) ? 'is-warn' : 'dim'}`}>{stateWord(job)}</span>
        </div>
        <div className={css['bar']}><Progress share={job.progress} label={jobTitle(job)} state={job.state === 'done' ? 'done' : halted ? 'paused' : 'running'} /></div>
        <div className={css['second']}><span className="ellipsis" title={detailWords(job)}>{detailWords(job)}</span><span className="grow" /><JobActions job={job} /></div>
        {open && job.kind === 'export' && job.state === 'done' ? <ExportedFiles job={job.id} /> : null}
        {job.failure === null ? null : <div className={css['failure']}><Notice failure={job.failure} /></div>}
      </div>
    </li>
  );
};

/** What an export wrote, with its manifest. */
const ExportedFiles = ({ job }: { readonly job: number }) => {
  const result = useQuery('export.result', { job }).data;
  if (result === undefined) return null;
  return (
    <ul className={css['files']} aria-label={t('jobs.files')}>
      {result.files.map((file) => <li key={file.path}><bdi>{file.path}</bdi><span className="dimmer nowrap">{bytes(file.bytes)}</span></li>)}
      <li><bdi>{result.manifest}</bdi><span className="dimmer nowrap">{t('jobs.manifest')}</span></li>
    </ul>
  );
};

const JobActions = ({ job }: { readonly job: Job }) => {
  const app = useApp();
  const tell = (name: 'jobs.pause' | 'jobs.resume' | 'jobs.cancel') => () => void app.attempt(async () => app.stores.jobs.getState().changed(await app.link.call(name, { job: job.id })));
  const go = (room: 'mine' | 'corpora', id: number) => () => { app.stores.ui.getState().close(); app.go({ room, path: [String(id)] }); };
  return (
    <>
      {job.run !== null ? <TextButton onPress={go('mine', job.run)}>{job.state === 'done' ? t('job.open') : t('job.soFar')}</TextButton> : null}
      {job.run === null && job.collection !== null && job.state === 'done' ? <TextButton onPress={go('corpora', job.collection)}>{t('job.open')}</TextButton> : null}
      {job.pausable && (job.state === 'running' || job.state === 'queued') ? <TextButton onPress={tell('jobs.pause')}>{t('job.pause')}</TextButton> : null}
      {job.state === 'paused' || job.state === 'interrupted' || job.state === 'failed' ? <TextButton onPress={tell('jobs.resume')}>{t('job.resume')}</TextButton> : null}
      {job.state === 'running' || job.state === 'queued' || job.state === 'paused' || job.state === 'interrupted' ? <TextButton onPress={tell('jobs.cancel')}>{t('job.cancel')}</TextButton> : null}
    </>
  );
};

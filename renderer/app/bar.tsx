import { Box, Check, ChevronDown, Pause, Search, Settings2, TriangleAlert } from 'lucide-react';
import { Button } from 'react-aria-components';
import { everywhereAction, everywhereActions } from '../actions/everywhere.ts';
import { availabilityOf } from '../actions/action-button.tsx';
import { keysOf, useChord, useOwnKeys } from '../actions/own-keys.ts';
import { openPath } from '../actions/project-steps.ts';
import { formatAddress } from '../stores/address.ts';
import { useAddress, useApp, useQuery, useSlice } from '../stores/hooks.tsx';
import { isActive, needsUser } from '../stores/slices.ts';
import { t, tIfAny } from '../strings/catalogue.ts';
import { jobTitle } from '../strings/job-title.ts';
import { count } from '../strings/numbers.ts';
import { IconButton } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { KeyCap, saysKey } from '../widgets/key-cap.tsx';
import { Menu, type MenuEntry } from '../widgets/menu.tsx';
import { Ring } from '../widgets/progress.tsx';
import { rem } from '../widgets/zoom.ts';
import { timeLeft } from '../rooms/jobs/index.ts';
import { useWaiting } from '../rooms/review/index.ts';
import { rooms } from './rooms.ts';
import css from './bar.module.css';

/** The bar: project, rooms in the order of the work, the job in progress, find an action, models, settings. It never moves. */
export const Bar = () => (
  <header className={css['bar']}>
    <ProjectMenu />
    <Rooms />
    <div className={css['end']}>
      <JobPill />
      <FindButton />
      <ModelsButton />
      <SettingsButton />
    </div>
  </header>
);

const Mark = () => (
  <svg width={rem(18)} height={rem(16)} viewBox="0 0 18 16" aria-hidden="true" style={{ flex: 'none' }}>
    <g fill="none" strokeWidth="1.6" strokeLinecap="round">
      <path d="M1 3h5M3 8h3M1 13h5" stroke="var(--source)" /><path d="M12 3h5M12 8h3M12 13h5" stroke="var(--target)" /><path d="M9 1v14" stroke="var(--ink)" />
    </g>
  </svg>
);

const menuIds = [['project.openSample', 'project.open', 'project.create'], ['project.import', 'project.saveCopy', 'project.close'], ['app.start']] as const;

const ProjectMenu = () => {
  const app = useApp();
  const project = useSlice('project', (slice) => slice.value);
  const own = useOwnKeys();
  const recent = useQuery('project.recent', {}, { touches: ['project'] }).data ?? [];
  const entries: MenuEntry[] = menuIds.flatMap((ids, index) => [
    ...(index === 0 ? [] : ['line' as const]),
    ...ids.flatMap((id): MenuEntry[] => {
      const action = everywhereActions.find((each) => each.id === id);
      if (action === undefined) return [];
      const available = availabilityOf(action, app);
      return [{ id, label: t(action.label), icon: action.icon, chord: keysOf(action, own)[0], why: available === 'yes' || available === 'hidden' ? undefined : t(available), run: () => void action.run(app) }];
    }),
  ]);
  const others = recent.filter((each) => each.path !== project?.path && !each.missing).slice(0, 5);
  if (others.length > 0) entries.push('line', ...others.map((each): MenuEntry => ({ id: each.path, label: each.name, run: () => void openPath(app, each.path) })));
  return (
    <Menu label={t('bar.project')} entries={entries} trigger={(
      <Button className={css['project'] ?? ''}>
        <Mark /><span className="ellipsis"><bdi>{project?.name ?? t('bar.noProject')}</bdi></span><Icon of={ChevronDown} size={13} />
      </Button>
    )} />
  );
};

const Rooms = () => {
  const app = useApp();
  const address = useAddress();
  const open = useSlice('project', (slice) => slice.value?.path != null);
  const waiting = useWaiting();
  return (
    <nav className={css['rooms']} aria-label={t('bar.rooms')}>
      {rooms.map((room) => {
        if (!room.exists) return <span key={room.name} role="link" aria-disabled="true" title={t('why.notInThisVersion')}>{t(room.label)}</span>;
        if (!open) return <span key={room.name} role="link" aria-disabled="true" title={t('why.noProject')}>{t(room.label)}</span>;
        if (room.name === 'export') return <Button key={room.name} onPress={() => app.stores.ui.getState().open({ kind: 'export', origin: null })}>{t(room.label)}</Button>;
        return <a key={room.name} href={formatAddress({ room: room.name, path: [] })} aria-current={address.room === room.name ? 'page' : undefined}>{t(room.label)}{room.name === 'review' && waiting !== undefined && waiting > 0 ? <small title={t('bar.waiting', { count: waiting })}>{count(waiting)}</small> : null}</a>;
      })}
    </nav>
  );
};

const JobPill = () => {
  const app = useApp();
  const jobs = useSlice('jobs', (slice) => slice.value) ?? [];
  const shown = useSlice('ui', (ui) => ui.sheet?.kind === 'jobs');
  const running = jobs.find((job) => isActive(job));
  const stopped = jobs.filter(needsUser).length;
  const paused = jobs.filter((job) => job.state === 'paused').length;
  const stage = running?.stages.find((each) => each.state === 'running');
  const left = running === undefined ? '' : timeLeft(running);
  const name = stage === undefined ? running && jobTitle(running) : tIfAny(`stage.${stage.name}`, stage.name, { subject: stage.subject ?? '' }).trim();
  return (
    <Button className={css['job'] ?? ''} aria-expanded={shown} onPress={() => (shown ? app.stores.ui.getState().close() : app.stores.ui.getState().open({ kind: 'jobs' }))}>
      {running !== undefined ? <><Ring share={running.progress} /><span>{left === '' ? name : t('bar.job', { name: name ?? '', left })}</span></>
        : stopped > 0 ? <><span className="is-warn"><Icon of={TriangleAlert} size={13} /></span><span>{t('bar.jobsStopped', { count: stopped })}</span></>
          : paused > 0 ? <><Icon of={Pause} size={13} /><span>{t('bar.jobsPaused', { count: paused })}</span></>
            : <><Icon of={Check} size={13} /><span className={css['idle']}>{t('bar.noJobs')}</span></>}
    </Button>
  );
};

const FindButton = () => {
  const app = useApp();
  const chord = useChord(everywhereAction('app.palette'));
  return (
    <Button className={css['search'] ?? ''} {...saysKey(chord)} onPress={() => app.stores.ui.getState().open({ kind: 'palette' })}>
      <Icon of={Search} size={13} /><span>{t('bar.find')}</span>{chord === undefined ? null : <KeyCap chord={chord} />}
    </Button>
  );
};

const ModelsButton = () => {
  const app = useApp();
  return <IconButton icon={Box} label={t('bar.models')} onPress={() => app.go({ room: 'models', path: [] })} />;
};

const SettingsButton = () => {
  const app = useApp();
  return <IconButton icon={Settings2} label={t('bar.settings')} onPress={() => app.stores.ui.getState().open({ kind: 'settings' })} />;
};

import { BookOpen, FileDown, FolderOpen, type LucideIcon } from 'lucide-react';
import type { Output } from '../link/link.ts';
import { Button } from 'react-aria-components';
import { everywhereAction } from '../actions/everywhere.ts';
import { keysOf, useOwnKeys } from '../actions/own-keys.ts';
import { importFiles, openPath, openProject, openSample } from '../actions/project-steps.ts';
import { useApp, useQuery, useSlice } from '../stores/hooks.tsx';
import { rich } from '../strings/rich.tsx';
import { t } from '../strings/catalogue.ts';
import { margin } from '../strings/numbers.ts';
import { day } from '../strings/times.ts';
import { Text } from '../text/text.tsx';
import { Icon } from '../widgets/icon.tsx';
import { KeyCap, saysKey } from '../widgets/key-cap.tsx';
import { StatusLine } from '../widgets/room-frame.tsx';
import css from './start-page.module.css';

/** The first minute: three ways in, recent projects, and what the product is about: pairs on both sides of a spine, and a cut. */
export const StartPage = () => {
  const project = useSlice('project', (slice) => slice.value);
  const host = useSlice('project', (slice) => slice.host);
  const encoders = useSlice('models', (slice) => slice.value?.filter((model) => model.state !== 'missing' && model.state !== 'corrupt').length);
  return (
    <div className={css['frame']}>
      <main className={css['home']}>
        <Start />
        <Specimen />
      </main>
      <StatusLine
        start={<><span>{project?.name ?? t('bar.noProject')}</span><span>{t('start.dropHint')}</span></>}
        end={<>{encoders === undefined ? null : <span>{t('start.encoders', { count: encoders })}</span>}{host === undefined ? null : <span>{t('status.cores', { count: host.cores })}</span>}</>}
      />
    </div>
  );
};

const Start = () => {
  const app = useApp();
  return (
    <section className={css['start']} aria-labelledby="start-heading">
      <h1 id="start-heading">{t('start.heading')}</h1>
      <div className={css['acts']}>
        <Act first icon={BookOpen} title={t('action.openSample')} words={t('start.sampleWords')} run={() => void openSample(app)} />
        <Act icon={FileDown} action="project.import" title={t('action.import')} words={t('start.importWords')} run={() => void importFiles(app)} />
        <Act icon={FolderOpen} action="project.open" title={t('action.openProject')} words={t('start.openWords')} run={() => void openProject(app)} />
      </div>
      <Recent />
      <p className={`small dim ${css['foot']}`}>{t('start.offline')}</p>
    </section>
  );
};

type ActProps = { readonly first?: boolean; readonly icon: LucideIcon; /** Whose key works here; the first one has the keyboard and needs none. */ readonly action?: string; readonly title: string; readonly words: string; readonly run: () => void };

const Act = ({ first = false, icon, action, title, words, run }: ActProps) => {
  const own = useOwnKeys();
  const chord = action === undefined ? 'Enter' : keysOf(everywhereAction(action), own)[0];
  return (
    <Button className={css['act'] ?? ''} autoFocus={first} onPress={run} {...saysKey(first ? undefined : chord)}>
      <Icon of={icon} /><span className="grow"><span className={css['title']}>{title}</span><span className="small dim">{words}</span></span>{chord === undefined ? null : <KeyCap chord={chord} />}
    </Button>
  );
};

const Recent = () => {
  const app = useApp();
  const recent = useQuery('project.recent', {}, { touches: ['project'] }).data ?? [];
  if (recent.length === 0) return null;
  return (
    <>
      <h2 className={css['heading']}>{t('start.recent')}</h2>
      <ul className={css['recent']}>
        {recent.slice(0, 6).map((project) => (
          <li key={project.path}>
            <Button onPress={() => void openPath(app, project.path)} isDisabled={project.missing}>
              <span className={project.missing ? 'dimmer' : 'strong'}><bdi>{project.name}</bdi></span>
              <span className="dim small"><bdi>{project.languages.slice(0, 5).join(', ')}</bdi></span>
              <span className="dim small">{project.missing ? t('start.missing') : project.pairs > 0 ? t('start.pairs', { count: project.pairs }) : t('start.sentences', { count: project.sentences })}</span>
              <time className="dimmer small" dateTime={new Date(project.openedAt).toISOString()}>{day(project.openedAt, app.now())}</time>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
};

type Row = Output<'project.specimen'>['rows'][number];

const Specimen = () => {
  const specimen = useQuery('project.specimen', {}).data;
  const above = specimen?.rows.filter((row) => row.kept) ?? [];
  const below = specimen?.rows.filter((row) => !row.kept) ?? [];
  return (
    <section className={css['specimen']} aria-label={t('start.specimen')}>
      <div className={`${css['row']} ${css['caption']} small dim`}><span>{t('start.specimenSource')}</span><span>{t('start.specimenMargin')}</span><span>{t('start.specimenTarget')}</span></div>
      {above.map((row) => <SpecimenRow key={row.source.text} row={row} />)}
      {below.length === 0 ? null : <div className={css['cut']}><span>{t('start.cut')}</span>{specimen?.cut == null ? <i /> : <b>{margin(specimen.cut)}</b>}<i /></div>}
      {below.map((row) => <SpecimenRow key={row.source.text} row={row} low />)}
      <div className={css['tail']} />
      <p className={css['lesson']}>{rich('start.lesson')}</p>
    </section>
  );
};

const SpecimenRow = ({ row, low = false }: { readonly row: Row; readonly low?: boolean }) => (
  <div className={`${css['row']} ${low ? css['low'] : ''}`}>
    <div><Text language={row.source.language} read>{row.source.text}</Text></div>
    <span>{row.margin === null ? '' : margin(row.margin)}</span>
    <div><Text language={row.target.language} read>{row.target.text}</Text></div>
  </div>
);

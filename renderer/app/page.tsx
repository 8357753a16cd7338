import { useEffect, useLayoutEffect } from 'react';
import { useAddress, useApp, useQuery, useSlice } from '../stores/hooks.tsx';
import { rowHeights, themeOf } from '../stores/ui.ts';
import { useKeyed } from '../actions/own-keys.ts';
import { useShortcuts } from '../actions/use-shortcuts.ts';
import { t } from '../strings/catalogue.ts';
import { CorporaRoom } from '../rooms/corpora/index.ts';
import { LabelRoom } from '../rooms/label/index.ts';
import { MineRoom } from '../rooms/mine/index.ts';
import { ModelsRoom } from '../rooms/models/index.ts';
import { ReviewRoom } from '../rooms/review/index.ts';
import { allActions } from './all-actions.ts';
import { Bar } from './bar.tsx';
import { useFileDrop } from './file-drop.ts';
import { FaultBoundary } from './fault-boundary.tsx';
import { Sheets } from './sheets.tsx';
import { ShellBanner } from './shell-banner.tsx';
import { StartPage } from './start-page.tsx';
import { Toasts } from './toasts.tsx';
import { wearOwnFaces } from '../text/own-faces.ts';
import css from './page.module.css';

/** The whole page: bar, the open room, what lies over it. */
export const Page = () => {
  const { room } = useAddress();
  useShortcuts(useKeyed(allActions));
  useTheme();
  useZoomedPage();
  useOwnFaces();
  useSettingsProblem();
  const dropping = useFileDrop();
  return (
    <div className={css['page']}>
      <Bar />
      <FaultBoundary key={room}><Room /></FaultBoundary>
      <ShellBanner />
      <Sheets />
      <Toasts />
      {dropping ? <div className={css['dropping']}>{t('start.drop')}</div> : null}
    </div>
  );
};

const Room = () => {
  const { room } = useAddress();
  const known = useSlice('project', (slice) => slice.value !== undefined || slice.failure !== undefined);
  if (!known && room === 'start') return <main aria-busy="true" aria-label={t('start.loading')} />;
  switch (room) {
    case 'corpora': return <CorporaRoom />;
    case 'mine': return <MineRoom />;
    case 'review': return <ReviewRoom />;
    case 'label': return <LabelRoom />;
    case 'models': return <ModelsRoom />;
    default: return <StartPage />;
  }
};

/** Puts theme and density where the tokens look for them, and listens to the system's wishes. */
const useTheme = (): void => {
  const app = useApp();
  const theme = useSlice('ui', themeOf);
  const density = useSlice('ui', (ui) => ui.density);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const more = matchMedia('(prefers-contrast: more)');
    const tell = (): void => app.stores.ui.getState().setSystemTheme(more.matches ? 'contrast' : dark.matches ? 'dark' : 'light');
    tell();
    dark.addEventListener('change', tell);
    more.addEventListener('change', tell);
    return () => { dark.removeEventListener('change', tell); more.removeEventListener('change', tell); };
  }, [app]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.dataset['density'] = density;
  }, [theme, density]);
};

/** Multiplies every length that style sheets give; rows get whole px, as their windowing reckons them. Before anything is painted or measured. */
const useZoomedPage = (): void => {
  const zoom = useSlice('ui', (ui) => ui.zoom);
  const density = useSlice('ui', (ui) => ui.density);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const size = `${16 * zoom}px`;
    // Chromium answers the container queries of elements that are new by the old size, unless they were laid out by it before it changes.
    if ((style.fontSize === '' ? '16px' : style.fontSize) !== size) document.body.getBoundingClientRect();
    style.fontSize = size;
    style.setProperty('--row', `${Math.round(rowHeights[density] * zoom)}px`);
  }, [zoom, density]);
};

const useOwnFaces = (): void => {
  const faces = useSlice('ui', (ui) => ui.faces);
  useLayoutEffect(() => wearOwnFaces(faces), [faces]);
};

/** Settings that could not be read are said at once, wherever the page is. */
const useSettingsProblem = (): void => {
  const app = useApp();
  const problem = useQuery('settings.read', {}).data?.problem ?? null;
  useEffect(() => { if (problem !== null) app.stores.ui.getState().fail({ code: 'malformed-input', message: problem }); }, [app, problem]);
};

import { useEffect } from 'react';
import { useAddress, useApp, useSlice } from '../stores/hooks.tsx';
import { themeOf } from '../stores/ui.ts';
import { useKeyed } from '../actions/own-keys.ts';
import { useShortcuts } from '../actions/use-shortcuts.ts';
import { t } from '../strings/catalogue.ts';
import { CorporaRoom } from '../rooms/corpora/index.ts';
import { MineRoom } from '../rooms/mine/index.ts';
import { ModelsRoom } from '../rooms/models/index.ts';
import { ReviewRoom } from '../rooms/review/index.ts';
import { allActions } from './all-actions.ts';
import { Bar } from './bar.tsx';
import { useFileDrop } from './file-drop.ts';
import { FaultBoundary } from './fault-boundary.tsx';
import { Sheets } from './sheets.tsx';
import { StartPage } from './start-page.tsx';
import { Toasts } from './toasts.tsx';
import css from './page.module.css';

/** The whole page: bar, the open room, what lies over it. */
export const Page = () => {
  const { room } = useAddress();
  useShortcuts(useKeyed(allActions));
  useTheme();
  const dropping = useFileDrop();
  return (
    <div className={css['page']}>
      <Bar />
      <FaultBoundary key={room}><Room /></FaultBoundary>
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

import type { ReactNode } from 'react';
import { useApp, useSlice } from '../stores/hooks.tsx';
import { densities, themes } from '../stores/ui.ts';
import { t } from '../strings/catalogue.ts';
import { bytes } from '../strings/numbers.ts';
import { Button } from '../widgets/button.tsx';
import { Facts } from '../widgets/facts.tsx';
import { Segmented } from '../widgets/segmented.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { FacesOfProject } from './faces-of-project.tsx';
import css from './settings-sheet.module.css';

/** How the page looks, and what it runs on. Kept in this browser profile, not in the project. */
export const SettingsSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const app = useApp();
  const theme = useSlice('ui', (ui) => ui.theme);
  const density = useSlice('ui', (ui) => ui.density);
  const host = useSlice('project', (slice) => slice.host);
  const project = useSlice('project', (slice) => slice.value);
  const ui = app.stores.ui.getState();
  return (
    <Sheet title={t('settings.title')} note={t('settings.note')} width={620} onClose={onClose}>
      <div className={css['body']}>
        <Setting label={t('settings.theme')} words={t('settings.themeWords')}>
          <Segmented label={t('settings.theme')} value={theme} onChange={ui.setTheme} options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))} />
        </Setting>
        <Setting label={t('settings.density')} words={t('settings.densityWords')}>
          <Segmented label={t('settings.density')} value={density} onChange={ui.setDensity} options={densities.map((value) => ({ value, label: t(`density.${value}`) }))} />
        </Setting>
        <Setting label={t('settings.keys')} words={t('settings.keysWords')}>
          <Button onPress={() => ui.open({ kind: 'remap' })}>{t('keys.change')}</Button>
        </Setting>
        <section className={css['faces']}>
          <h3 className="strong">{t('settings.faces')}</h3>
          <p className="small dim">{t('settings.facesWords')}</p>
          <FacesOfProject />
        </section>
        <section style={{ paddingBlockStart: 16 }}>
          <Facts wide facts={[
            [t('settings.project'), project?.path == null ? null : <bdi>{project.path}</bdi>],
            [t('settings.version'), host?.version],
            [t('settings.host'), host === undefined ? null : t(`host.${host.host}`)],
            [t('settings.machine'), host === undefined ? null : t('settings.machineWords', { cores: host.cores, memory: bytes(host.memoryBytes), platform: host.platform })],
            [t('settings.engine'), host === undefined ? null : t(`engine.${host.engine.state}`)],
          ]} />
        </section>
      </div>
    </Sheet>
  );
};

const Setting = ({ label, words, children }: { readonly label: string; readonly words: string; readonly children: ReactNode }) => (
  <section className={css['setting']}><h3 className="strong">{label}</h3><p className="small dim">{words}</p><div>{children}</div></section>
);

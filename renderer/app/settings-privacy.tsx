import { useApp } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { HelpSettings } from './settings-help.tsx';
import { Statement } from './settings-parts.tsx';
import css from './settings-sheet.module.css';

/** What the program does not do. */
export const PrivacySettings = () => {
  const { open } = useApp().stores.ui.getState();
  return (
    <>
      <Statement label={t('settings.telemetry')} words={t('settings.telemetryNone')} />
      <Statement label={t('settings.network')} words={t('settings.networkNone')} />
      <Statement label={t('settings.updates')} words={t('settings.updatesNone')} />
      <HelpSettings />
      <div className={css['foot']}><Button onPress={() => open({ kind: 'about' })}>{t('settings.about')}</Button></div>
    </>
  );
};

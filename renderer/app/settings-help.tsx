import { useStore } from 'zustand';
import { saveDiagnostics } from '../actions/project-steps.ts';
import { useApp } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { Checkbox } from '../widgets/checkbox.tsx';
import { shellNow } from './follow-shell.ts';
import { Setting } from './settings-parts.tsx';

/** What can be written down for help: a diagnostic bundle in every host, memory dumps of crashes in the window, with consent. */
export const HelpSettings = () => {
  const app = useApp();
  const keepsDumps = useStore(shellNow, (now) => now.keepsDumps);
  const { shell } = app;
  const keep = async (wanted: boolean): Promise<void> => {
    if (await app.attempt(async () => { await shell?.call('shell.keepDumps', { keep: wanted }); return true; }) === true) shellNow.setState({ keepsDumps: wanted });
  };
  return (
    <>
      <Setting label={t('settings.diagnostics')} words={t('settings.diagnosticsWords')}><Button onPress={() => void saveDiagnostics(app)}>{t('action.saveDiagnostics')}</Button></Setting>
      {shell === undefined ? null : <Setting label={t('settings.dumps')} words={t('settings.dumpsWords')}><Checkbox checked={keepsDumps} onChange={(wanted) => void keep(wanted)}>{t('settings.dumpsKeep')}</Checkbox></Setting>}
    </>
  );
};

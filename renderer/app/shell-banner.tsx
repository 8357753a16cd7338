import { useStore } from 'zustand';
import { useApp } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { Notice } from '../widgets/notice.tsx';
import { lossWords, shellNow } from './follow-shell.ts';
import css from './shell-banner.module.css';

/** Over the room while the workbench does not run: why, what is kept, and what to do once it is not started again by itself. */
export const ShellBanner = () => {
  const { shell, ...app } = useApp();
  const workbench = useStore(shellNow, (now) => now.workbench);
  if (shell === undefined || workbench === undefined || workbench.loss === null || workbench.state === 'running') return null;
  const saveReport = async (): Promise<void> => {
    const saved = await app.attempt(() => shell.call('shell.saveReport', {}));
    if (saved?.path != null) app.stores.ui.getState().say({ text: t('toast.reportSaved', { path: saved.path }) });
  };
  return (
    <div className={css['banner']}>
      <Notice failure={{ code: 'link-lost', message: lossWords(workbench.loss), detail: t(workbench.state === 'stopped' ? 'shell.stopped' : 'shell.restarting') }}>
        {workbench.state === 'stopped' ? (
          <>
            <Button primary onPress={() => void app.attempt(() => shell.call('shell.restartWorkbench', {}))}>{t('shell.startAgain')}</Button>
            <Button onPress={() => void saveReport()}>{t('shell.saveReport')}</Button>
          </>
        ) : undefined}
      </Notice>
    </div>
  );
};

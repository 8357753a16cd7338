import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { ActionKey } from '../actions/action-button.tsx';
import { everywhereAction } from '../actions/everywhere.ts';
import { undo } from '../actions/project-steps.ts';
import { useApp, useSlice } from '../stores/hooks.tsx';
import type { Toast } from '../stores/ui.ts';
import { t } from '../strings/catalogue.ts';
import { Notice } from '../widgets/notice.tsx';
import css from './toasts.module.css';

const shownFor = 8_000;

/** For effects one cannot see, at the foot of the field: 8 seconds with Undo; a failure stays until it is closed. */
export const Toasts = () => {
  const toasts = useSlice('ui', (ui) => ui.toasts);
  return <div className={css['stack']} role="region" aria-label={t('toast.region')} aria-live="polite">{toasts.map((toast) => <OneToast key={toast.id} toast={toast} />)}</div>;
};

const OneToast = ({ toast }: { readonly toast: Toast }) => {
  const app = useApp();
  const dismiss = (): void => app.stores.ui.getState().dismiss(toast.id);
  const stays = toast.failure !== undefined || toast.cancel !== undefined;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(dismiss, shownFor);
    return () => clearTimeout(timer);
  }, [toast.id, stays]);
  if (toast.failure !== undefined) {
    return <div className={`${css['toast']} ${css['failure']}`}><Notice failure={toast.failure} /><Button onPress={dismiss}>{t('toast.close')}</Button></div>;
  }
  return (
    <div className={css['toast']}>
      <span>{toast.text}</span>
      {toast.cancel === undefined ? null : <Button onPress={toast.cancel}>{t('choose.cancel')}</Button>}
      {toast.undo ? <Button onPress={() => { dismiss(); void undo(app); }}>{t('action.undo')}<ActionKey action={everywhereAction('project.undo')} /></Button> : null}
    </div>
  );
};

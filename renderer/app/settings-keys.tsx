import { useOwnKeys } from '../actions/own-keys.ts';
import { useApp } from '../stores/hooks.tsx';
import { t } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { Setting } from './settings-parts.tsx';
import css from './settings-sheet.module.css';

/** The way to the sheets of keys. */
export const KeySettings = () => {
  const { open } = useApp().stores.ui.getState();
  const own = Object.keys(useOwnKeys()).length;
  return (
    <>
      <Setting label={t('settings.keys')} words={t('settings.keysWords')}>
        <Button onPress={() => open({ kind: 'keys' })}>{t('action.keys')}</Button>
        <Button onPress={() => open({ kind: 'remap' })}>{t('keys.change')}</Button>
      </Setting>
      <p className={css['aside']}>{own === 0 ? t('settings.keysUsual') : t('settings.keysOwn', { count: own })} {t('settings.keptHere')}</p>
    </>
  );
};

import { useKeyed } from '../actions/own-keys.ts';
import { useAddress, useApp } from '../stores/hooks.tsx';
import { t, tIfAny } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { KeyCap } from '../widgets/key-cap.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { allActions } from './all-actions.ts';
import css from './keys-sheet.module.css';

/** All keys, by place. Made from the actions, so it cannot be wrong. */
export const KeysSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const app = useApp();
  const withKeys = useKeyed(allActions).filter((action) => action.keys.length > 0);
  const { room } = useAddress();
  // What acts here comes first.
  const rank = (scope: string): number => (scope === room ? 0 : scope === 'everywhere' ? 1 : 2);
  const scopes = [...new Set(withKeys.map((action) => action.scope))].toSorted((a, b) => rank(a) - rank(b));
  return (
    <Sheet title={t('keys.title')} note={t('keys.note')} width={720} onClose={onClose} foot={<><span className="grow" /><Button onPress={() => app.stores.ui.getState().open({ kind: 'remap' })}>{t('keys.change')}</Button></>}>
      <div className={css['groups']} tabIndex={0} role="region" aria-label={t('keys.title')}>
        {scopes.map((scope) => (
          <section key={scope} className={css['group']}>
            <h3>{tIfAny(`room.${scope}`, t('palette.everywhere'))}</h3>
            <ul>{withKeys.filter((action) => action.scope === scope).map((action) => (
              <li key={action.id}><span className="grow">{t(action.label)}</span>{action.keys.map((chord) => <KeyCap key={chord} chord={chord} />)}</li>
            ))}</ul>
          </section>
        ))}
      </div>
    </Sheet>
  );
};

import { useSyncExternalStore } from 'react';
import { useApp } from '../stores/hooks.tsx';
import type { App } from '../stores/app.ts';
import { t, type PlainKey } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { KeyCap } from '../widgets/key-cap.tsx';
import type { Action } from './action.ts';
import { useChord } from './own-keys.ts';

const subscribeToAll = (app: App) => (listener: () => void): (() => void) => {
  const leave = Object.values(app.stores).map((store) => store.subscribe(listener));
  return () => { for (const each of leave) each(); };
};

/** Whether an action can be done, kept true while anything in the stores changes: `yes`, `hidden`, or the key of the reason. */
export const useAvailability = (action: Action): 'yes' | 'hidden' | PlainKey => {
  const app = useApp();
  return useSyncExternalStore(subscribeToAll(app), () => availabilityOf(action, app));
};

export const availabilityOf = (action: Action, app: App): 'yes' | 'hidden' | PlainKey => {
  const available = action.when(app);
  return available === true ? 'yes' : available === false ? 'hidden' : available.why;
};

type Props = { readonly action: Action; readonly primary?: boolean; readonly quiet?: boolean; readonly small?: boolean; readonly withIcon?: boolean };

/** The key of an action, as a cap. */
export const ActionKey = ({ action }: { readonly action: Pick<Action, 'id' | 'keys'> }) => {
  const chord = useChord(action);
  return chord === undefined ? null : <KeyCap chord={chord} />;
};

/** An action as a button, with its key. What cannot be done now is dimmed, with the reason as its title. */
export const ActionButton = ({ action, primary = false, quiet = false, small = true, withIcon = true }: Props) => {
  const app = useApp();
  const available = useAvailability(action);
  const chord = useChord(action);
  if (available === 'hidden') return null;
  const button = (
    <Button chord={chord} onPress={() => void action.run(app)} primary={primary} quiet={quiet} small={small} disabled={available !== 'yes'} {...(withIcon ? { icon: action.icon } : {})}>
      {t(action.label)}{primary || chord === undefined ? null : <KeyCap chord={chord} />}
    </Button>
  );
  return available === 'yes' ? button : <span title={t(available)}>{button}</span>;
};

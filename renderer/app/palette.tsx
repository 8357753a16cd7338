import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Action } from '../actions/action.ts';
import { ActionKey, availabilityOf } from '../actions/action-button.tsx';
import { everywhereAction } from '../actions/everywhere.ts';
import type { App } from '../stores/app.ts';
import { useAddress, useApp } from '../stores/hooks.tsx';
import { listed, t, tIfAny } from '../strings/catalogue.ts';
import { Icon } from '../widgets/icon.tsx';
import { KeyCap } from '../widgets/key-cap.tsx';
import { allActions } from './all-actions.ts';
import { matchAction } from './match-action.ts';
import css from './palette.module.css';

type Props = { readonly onClose: () => void; /** What is typed already. */ readonly question?: string };

/** Everything that can be done, by its name. The open room's actions come first; what cannot be done now is dimmed and says why. */
export const Palette = ({ onClose, question: first = '' }: Props) => {
  const app = useApp();
  const { room } = useAddress();
  const [question, setQuestion] = useState(first);
  const [onlyRoom, setOnlyRoom] = useState(false);
  const asking = allActions.filter((action) => action.ask !== undefined && availabilityOf(action, app) === 'yes');
  const asked = asking.find((action) => action.ask?.sign === question.trim()[0]);
  const shown = asked !== undefined ? [asked] : sorted(allActions.filter((action) => availabilityOf(action, app) !== 'hidden' && (!onlyRoom || action.scope === room) && matchAction(t(action.label), question) !== undefined), question, app);
  const scopes = [...new Set(shown.map((action) => action.scope))].sort((a, b) => rank(a, room) - rank(b, room));
  const run = (action: Action): void => {
    const words = question.trim().slice(1).trim();
    if (action === asked && words === '') return;
    onClose();
    void (action === asked ? action.ask?.run(app, words) : action.run(app));
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => { if (!open) onClose(); }} className={css['scrim'] ?? ''}>
      <Modal className={css['palette'] ?? ''}>
        <Dialog aria-label={t('palette.title')}>
          <Command label={t('palette.title')} shouldFilter={false} loop onKeyDown={(event) => { if (event.key === 'Tab' && !event.shiftKey) { event.preventDefault(); setOnlyRoom(!onlyRoom); } }}>
            <div className={css['question']}>
              <Icon of={Search} />
              <Command.Input autoFocus value={question} onValueChange={setQuestion} placeholder={t('palette.placeholder')} />
              <span className="small dim nowrap">{t('palette.count', { shown: shown.length, count: allActions.length })}</span>
            </div>
            <Command.Empty className={css['empty']}>{t('palette.none')}</Command.Empty>
            <Command.List className={css['list']} label={t('palette.list')}>
              {scopes.map((scope) => (
                <Command.Group key={scope} heading={tIfAny(`room.${scope}`, t('palette.everywhere'))}>
                  {shown.filter((action) => action.scope === scope).map((action) => <Entry key={action.id} action={action} question={question} onRun={run} />)}
                </Command.Group>
              ))}
            </Command.List>
            <div className={css['foot']}>
              <span><KeyCap chord="Enter" />{t('palette.run')}</span>
              <span><KeyCap chord="Tab" />{onlyRoom ? t('palette.allRooms') : t('palette.onlyRoom')}</span>
              <span className="grow" />
              {asking.length === 0 ? null : <span>{t('palette.also', { signs: listed(asking.map((action) => `${action.ask?.sign ?? ''} ${t(action.ask?.words ?? 'palette.run')}`)) })}</span>}
              <span><ActionKey action={everywhereAction('app.keys')} />{t('palette.keys')}</span>
            </div>
          </Command>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};

/** What can be done before what cannot, what begins with the letters before what has them later. */
const sorted = (actions: readonly Action[], question: string, app: App): readonly Action[] => {
  const place = (action: Action): number => (availabilityOf(action, app) === 'yes' ? 0 : 2) + (matchAction(t(action.label), question) === 0 ? 0 : 1);
  return question.trim() === '' ? actions : actions.toSorted((a, b) => place(a) - place(b));
};

const rank = (scope: string, room: string): number => (scope === room ? 0 : scope === 'everywhere' ? 2 : 1);

const Entry = ({ action, question, onRun }: { readonly action: Action; readonly question: string; readonly onRun: (action: Action) => void }) => {
  const app = useApp();
  const available = availabilityOf(action, app);
  return (
    <Command.Item value={action.id} disabled={available !== 'yes'} onSelect={() => onRun(action)} className={css['item']}>
      <Icon of={action.icon} />
      <span className="grow">{marked(t(action.label), question)}</span>
      {available === 'yes' || available === 'hidden' ? null : <span className="small dimmer">{t(available)}</span>}
      <ActionKey action={action} />
    </Command.Item>
  );
};

/** The letters that were typed are underlined where they stand. */
const marked = (label: string, question: string): ReactNode => {
  const at = matchAction(label, question);
  if (at === undefined || question.trim() === '') return label;
  const end = at + question.trim().length;
  return <>{label.slice(0, at)}<u>{label.slice(at, end)}</u>{label.slice(end)}</>;
};

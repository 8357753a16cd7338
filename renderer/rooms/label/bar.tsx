import { Check, CircleQuestionMark, Flag, MoveHorizontal, Undo2, X, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Toolbar } from 'react-aria-components';
import { useStore } from 'zustand';
import type { LabelSpan } from '../../../main/contract/label.ts';
import type { Action } from '../../actions/action.ts';
import { useAvailability } from '../../actions/action-button.tsx';
import { everywhereActions } from '../../actions/everywhere.ts';
import { useChord } from '../../actions/own-keys.ts';
import { setAnnotator } from '../../stores/annotator.ts';
import { useApp, useQuery } from '../../stores/hooks.tsx';
import type { App } from '../../stores/app.ts';
import { t } from '../../strings/catalogue.ts';
import { Button } from '../../widgets/button.tsx';
import { Field } from '../../widgets/field.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { KeyCap, saysKey } from '../../widgets/key-cap.tsx';
import { labelAction } from './actions.ts';
import { labelState } from './state.ts';
import css from './label.module.css';

/** Glyph, word, key: the word is the button; the question whose judgements these are comes in its place. */
export const Bar = ({ span }: { readonly span: LabelSpan | undefined }) => {
  const asks = useStore(labelState, (state) => state.asksWho);
  return asks ? <Who /> : <Keys span={span} />;
};

const undo = everywhereActions.find((each) => each.id === 'project.undo');

const Keys = ({ span }: { readonly span: LabelSpan | undefined }) => (
  <Toolbar aria-label={t('label.bar')} className={css['bar'] ?? ''}>
    <span className={css['still']}><Icon of={MoveHorizontal} />{t('label.moveEdge')}<KeyCap chord="ArrowLeft" /><KeyCap chord="ArrowRight" /></span>
    <span className="grow" />
    <Key action={labelAction('label.accept')} icon={Check} tone="is-accept" on={span?.decision === 'accepted'} />
    <Key action={labelAction('label.unsure')} icon={CircleQuestionMark} tone="is-unsure" on={span?.decision === 'unsure'} />
    <Key action={labelAction('label.reject')} icon={X} tone="is-reject" on={span?.decision === 'rejected'} />
    <span className="grow" />
    <Key action={labelAction('label.flag')} icon={Flag} tone="is-flag" on={span?.flagged === true} />
    {undo === undefined ? null : <Key action={undo} icon={Undo2} />}
  </Toolbar>
);

const Key = ({ action, icon, tone, on }: { readonly action: Action; readonly icon: LucideIcon; readonly tone?: string; readonly on?: boolean }) => {
  const app = useApp();
  // What can be done follows from the open span.
  useStore(labelState);
  const available = useAvailability(action);
  const chord = useChord(action);
  return (
    <AriaButton className={css['key'] ?? ''} isDisabled={available !== 'yes'} {...(on === undefined ? {} : { 'aria-pressed': on })} {...saysKey(chord)} onPress={() => void action.run(app)}>
      <span className={tone}><Icon of={icon} /></span>{t(action.label)}{chord === undefined ? null : <KeyCap chord={chord} />}
    </AriaButton>
  );
};

const become = (app: App, id: number): void => {
  setAnnotator(app, id);
  labelState.setState({ asksWho: false });
};

/** Asked once, then kept in this browser; a name may be a pseudonym. */
const Who = () => {
  const app = useApp();
  const { data = [] } = useQuery('review.annotators', {}, { touches: ['project'] });
  const [name, setName] = useState('');
  const taken = data.find((each) => each.name.toLocaleLowerCase() === name.trim().toLocaleLowerCase());
  const start = (): Promise<unknown> => app.attempt(async () => {
    if (name.trim() === '') return;
    become(app, taken?.id ?? (await app.link.call('review.addAnnotator', { name: name.trim() })).id);
  });
  return (
    <div className={css['ask']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); labelState.setState({ asksWho: false }); } }}>
      <strong className="small nowrap">{t('review.who')}</strong>
      <div className={css['who']}><Field label={t('review.who.name')} bare autoFocus value={name} onChange={setName} onEnter={() => void start()} /></div>
      <Button small primary onPress={() => void start()} disabled={name.trim() === ''}>{t(taken === undefined ? 'review.who.start' : 'review.who.goOn')}</Button>
      {data.slice(0, 5).map((each) => <Button key={each.id} small quiet onPress={() => become(app, each.id)}><bdi>{each.name}</bdi></Button>)}
      <span className="grow" />
      <span className="small dimmer ellipsis">{t('review.who.note')}</span>
    </div>
  );
};

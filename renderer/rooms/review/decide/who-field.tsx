import { useState } from 'react';
import { useApp } from '../../../stores/hooks.tsx';
import { t } from '../../../strings/catalogue.ts';
import { Button } from '../../../widgets/button.tsx';
import { Field } from '../../../widgets/field.tsx';
import { addAnnotator, becomeAnnotator, type Annotators } from '../annotator.ts';
import { reviewGrid, settleBar } from '../state.ts';
import css from './decide.module.css';

/** Whose judgements these are: asked once, in the bar's place, then kept in this browser. A name may be a pseudonym. */
export const WhoField = ({ people, asked }: { readonly people: Annotators; /** By a key that needs the answer: the field takes the keyboard. */ readonly asked: boolean }) => {
  const app = useApp();
  const [name, setName] = useState('');
  const taken = people.all.find((each) => each.name.toLocaleLowerCase() === name.trim().toLocaleLowerCase());
  const leave = (): void => { settleBar(); reviewGrid.getState().handle?.takeFocus(); };
  const start = async (): Promise<void> => {
    if (name.trim() === '') return;
    // The next key is about the pair already.
    reviewGrid.getState().handle?.takeFocus();
    if (taken === undefined) await addAnnotator(app, name.trim()); else becomeAnnotator(app, taken.id);
  };
  return (
    <div className={css['line']} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      <strong className="small nowrap">{t('review.who')}</strong>
      <div className={css['name']}><Field key={String(asked)} label={t('review.who.name')} bare autoFocus={asked} value={name} onChange={setName} onEnter={() => void start()} /></div>
      <Button small primary onPress={() => void start()} disabled={name.trim() === ''}>{t(taken === undefined ? 'review.who.start' : 'review.who.goOn')}</Button>
      {people.all.slice(0, 5).map((each) => <Button key={each.id} small quiet onPress={() => { becomeAnnotator(app, each.id); reviewGrid.getState().handle?.takeFocus(); }}><bdi>{each.name}</bdi></Button>)}
      <span className="grow" />
      <span className="small dimmer ellipsis">{t('review.who.note')}</span>
    </div>
  );
};
